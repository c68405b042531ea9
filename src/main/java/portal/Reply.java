package portal;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A response of the portal, complete by its declared length.
 *
 * @param status HTTP status, any
 * @param headers by lower-case name
 * @param body the body, if it was held in memory; empty if it was spooled
 * @param download the body, if it was spooled; null if it was held in memory
 */
public record Reply(
    int status, Map<String, List<String>> headers, byte[] body, @Nullable Download download) {

  /**
   * The body in the spool.
   *
   * @throws IllegalStateException if it was held in memory
   */
  public Download spooled() {
    if (download == null) {
      throw new IllegalStateException("the body was held in memory");
    }
    return download;
  }

  /**
   * The target of a redirect, as its header gives it; empty if it gives none. Bytes that are not
   * ASCII are percent-encoded as they are: browsers send them back unchanged, whatever the portal
   * means by them.
   */
  public Optional<String> location() {
    return headers.getOrDefault("location", List.of()).stream().findFirst().map(Reply::asAscii);
  }

  /** The client gives each byte of a header as a character of the same number. */
  private static String asAscii(String header) {
    if (header.chars().allMatch(c -> c < 0x80)) {
      return header;
    }
    StringBuilder ascii = new StringBuilder();
    header
        .chars()
        .forEach(
            c -> {
              if (c < 0x80) {
                ascii.append((char) c);
              } else {
                ascii.append("%%%02X".formatted(c));
              }
            });
    return ascii.toString();
  }

  /** The body as text, in the given character set. */
  public String text(Charset charset) {
    return new String(body, charset);
  }
}
