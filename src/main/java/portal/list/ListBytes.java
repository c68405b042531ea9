package portal.list;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** The bytes of a list as it was meant: unpacked, and without a byte-order mark. */
final class ListBytes {
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final int BUFFER = 64 * 1024;

  private ListBytes() {}

  static InputStream of(InputStream raw) throws IOException {
    PushbackInputStream begun = new PushbackInputStream(raw, GZIP.length);
    boolean isPacked = Arrays.equals(peek(begun, GZIP.length), GZIP);
    PushbackInputStream text =
        new PushbackInputStream(
            isPacked ? new GZIPInputStream(new Members(begun), BUFFER) : begun,
            BYTE_ORDER_MARK.length);
    if (Arrays.equals(peek(text, BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
      text.skipNBytes(BYTE_ORDER_MARK.length);
    }
    return text;
  }

  private static byte[] peek(PushbackInputStream in, int length) throws IOException {
    byte[] begin = in.readNBytes(length);
    in.unread(begin);
    return begin;
  }

  /**
   * Several gzip members in a row. Java's reader takes a stream that has nothing available at the
   * end of a member for one that has ended.
   */
  private static final class Members extends PushbackInputStream {
    Members(InputStream in) {
      super(in, 1);
    }

    @Override
    public int available() throws IOException {
      int next = read();
      if (next < 0) {
        return 0;
      }
      unread(next);
      return Math.max(1, super.available());
    }
  }
}
