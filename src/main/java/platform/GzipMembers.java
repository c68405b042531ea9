package platform;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Opens bytes that may be compressed with gzip, including files with several gzip members. */
public final class GzipMembers {
  private static final int BUFFER = 16 * 1024;

  private GzipMembers() {}

  /**
   * The uncompressed bytes. Bytes that do not begin like gzip are returned unchanged.
   *
   * @throws IOException if they cannot be read, or are not gzip although they begin like it
   */
  public static InputStream open(InputStream raw) throws IOException {
    InputStream in = new BufferedInputStream(raw, BUFFER);
    in.mark(2);
    boolean isGzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return isGzip ? new GZIPInputStream(new Honest(in), BUFFER) : in;
  }

  /**
   * Never reports zero available bytes before the end: the JDK takes that for the end, and would
   * skip all members after the first.
   */
  private static final class Honest extends FilterInputStream {
    Honest(InputStream in) {
      super(in);
    }

    @Override
    public int available() throws IOException {
      in.mark(1);
      int next = in.read();
      in.reset();
      return next < 0 ? 0 : Math.max(1, in.available());
    }
  }
}
