package portal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Decodes the only content coding that requests accept. */
final class ContentCoding {
  /** The value of {@code Accept-Encoding}. */
  static final String ACCEPTED = "gzip";

  private static final Set<String> GZIP = Set.of("gzip", "x-gzip");
  private static final int BUFFER = 16 * 1024;

  private ContentCoding() {}

  /**
   * The decoded body. A body that is declared as gzip but does not begin like one is read as it is:
   * some servers declare it for files that they send unchanged.
   */
  static InputStream decode(Map<String, List<String>> headers, InputStream body)
      throws IOException {
    boolean declared =
        headers.getOrDefault("content-encoding", List.of()).stream()
            .anyMatch(coding -> GZIP.contains(coding.strip().toLowerCase(Locale.ROOT)));
    if (!declared) {
      return body;
    }
    PushbackInputStream in = new PushbackInputStream(body, 2);
    byte[] begin = in.readNBytes(2);
    in.unread(begin);
    boolean isGzip = begin.length == 2 && begin[0] == 0x1F && begin[1] == (byte) 0x8B;
    return isGzip ? new GZIPInputStream(in, BUFFER) : in;
  }
}
