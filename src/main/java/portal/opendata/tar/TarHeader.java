package portal.opendata.tar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One header block of a tar, of whatever flavour: old, ustar, GNU or pax. */
final class TarHeader {
  static final int BLOCK = 512;

  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM_LENGTH = 8;

  private final byte[] block;

  private TarHeader(byte[] block) {
    this.block = block;
  }

  /**
   * @throws TarFormatException if the checksum is wrong, so that this is no header
   */
  static TarHeader of(byte[] block, long at) throws TarFormatException {
    TarHeader header = new TarHeader(block);
    long stored = header.octal(CHECKSUM_AT, CHECKSUM_LENGTH);
    long unsigned = 0;
    long signed = 0; // as some old programs count
    for (int i = 0; i < BLOCK; i++) {
      boolean own = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_LENGTH;
      unsigned += own ? ' ' : block[i] & 0xff;
      signed += own ? ' ' : block[i];
    }
    if (stored != unsigned && stored != signed) {
      throw new TarFormatException("there is no header of a tar at byte %,d".formatted(at));
    }
    return header;
  }

  /** A block that goes on with the numbers of a header, and has no checksum. */
  static TarHeader unchecked(byte[] block) {
    return new TarHeader(block);
  }

  static boolean isEmpty(byte[] block) {
    for (byte each : block) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  char type() {
    return (char) (block[156] & 0xff);
  }

  /** How many bytes follow, in octal digits, or in binary for large ones. */
  long size() throws TarFormatException {
    return number(124, 12);
  }

  String name() {
    String name = text(0, 100);
    // GNU tar uses the place of the prefix for other things
    boolean hasPrefix = text(257, 6).equals("ustar") && block[345] != 0;
    return hasPrefix ? text(345, 155) + "/" + name : name;
  }

  /** The real size of a file that GNU tar has stored without its holes. */
  long realSize() throws TarFormatException {
    return number(483, 12);
  }

  /** Whether a further block of the map of holes follows a header of GNU tar. */
  boolean hasMoreHoles() {
    return block[482] != 0;
  }

  long number(int at, int length) throws TarFormatException {
    long number = (block[at] & 0x80) != 0 ? binary(at, length) : octal(at, length);
    if (number < 0) {
      throw new TarFormatException("a header of the tar holds no valid number");
    }
    return number;
  }

  private long binary(int at, int length) {
    long number = block[at] & 0x7f;
    for (int i = at + 1; i < at + length; i++) {
      if (number >>> 54 != 0) {
        return -1;
      }
      number = number << 8 | block[i] & 0xff;
    }
    return number;
  }

  private long octal(int at, int length) {
    long number = 0;
    for (int i = at; i < at + length; i++) {
      int digit = block[i];
      if (digit >= '0' && digit <= '7') {
        number = number << 3 | digit - '0';
      } else if (digit != ' ' || number != 0) {
        return digit == ' ' || digit == 0 ? number : -1;
      }
    }
    return number;
  }

  private String text(int at, int length) {
    return text(Arrays.copyOfRange(block, at, at + length));
  }

  /** Up to the first zero. */
  static String text(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
