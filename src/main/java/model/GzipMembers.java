package model;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Opens bytes that may be compressed with gzip, also if several of its members follow another. */
public final class GzipMembers {
  private static final int BUFFER = 16 * 1024;

  private GzipMembers() {}

  /**
   * The bytes themselves. Those that do not begin as gzip does are read as they are.
   *
   * @throws IOException if they cannot be read, or are no gzip behind its first two
   */
  public static InputStream open(InputStream raw) throws IOException {
    InputStream in = new BufferedInputStream(raw, BUFFER);
    in.mark(2);
    boolean isGzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return isGzip ? new GZIPInputStream(new Honest(in), BUFFER) : in;
  }

  /**
   * Says whether more bytes come: the JDK takes "none are here yet" for the end, and would leave
   * out all members after the first.
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
