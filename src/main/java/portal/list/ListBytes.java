package portal.list;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import platform.GzipMembers;

/** The bytes of a list as it was meant: unpacked, and without a byte-order mark. */
final class ListBytes {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private ListBytes() {}

  static InputStream of(InputStream raw) throws IOException {
    PushbackInputStream text =
        new PushbackInputStream(GzipMembers.open(raw), BYTE_ORDER_MARK.length);
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
}
