package portal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import platform.GzipMembers;

/**
 * Decodes content codings. Requests accept gzip only, but some servers compress twice, or send
 * deflate unasked. Other codings cannot be decoded, and are passed through.
 */
final class ContentCoding {
  /** The value of {@code Accept-Encoding}. */
  static final String ACCEPTED = "gzip";

  /** More than that is an attempt to use up memory; curl has the same limit. */
  private static final int MOST = 5;

  private static final int BUFFER = 16 * 1024;
  private static final int ENOUGH_TO_TELL = 512;

  private ContentCoding() {}

  /**
   * The decoded body. A body that is declared as compressed but does not begin like that is read as
   * it is: some servers declare it for files that they send unchanged.
   */
  static InputStream decode(Map<String, List<String>> headers, InputStream body)
      throws IOException {
    List<String> codings =
        headers.getOrDefault("content-encoding", List.of()).stream()
            .flatMap(line -> Arrays.stream(line.split(",")))
            .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
            .toList();
    InputStream decoded = body;
    if (codings.size() <= MOST) {
      for (int last = codings.size() - 1; last >= 0; last--) { // the last was applied last
        decoded = decode(codings.get(last), decoded);
      }
    }
    return decoded;
  }

  private static InputStream decode(String coding, InputStream body) throws IOException {
    return switch (coding) {
      case "gzip", "x-gzip" -> GzipMembers.open(body);
      case "deflate" -> deflate(body);
      default -> body;
    };
  }

  /** Some servers omit the zlib header that the standard requires. */
  private static InputStream deflate(InputStream body) throws IOException {
    PushbackInputStream in = new PushbackInputStream(body, ENOUGH_TO_TELL);
    byte[] begin = in.readNBytes(ENOUGH_TO_TELL);
    in.unread(begin);
    boolean hasHeader =
        begin.length > 1
            && (begin[0] & 0x0F) == Deflater.DEFLATED
            && ((begin[0] & 0xFF) << 8 | begin[1] & 0xFF) % 31 == 0;
    return isDeflated(begin, hasHeader)
        ? new InflaterInputStream(in, new Inflater(!hasHeader), BUFFER)
        : in;
  }

  private static boolean isDeflated(byte[] begin, boolean hasHeader) {
    Inflater inflater = new Inflater(!hasHeader);
    try {
      inflater.setInput(begin);
      return begin.length > 0 && inflater.inflate(new byte[BUFFER]) > 0;
    } catch (DataFormatException e) {
      return false;
    } finally {
      inflater.end();
    }
  }
}
