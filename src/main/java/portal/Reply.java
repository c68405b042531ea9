package portal;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
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

  /** The body as text, in the given character set. */
  public String text(Charset charset) {
    return new String(body, charset);
  }
}
