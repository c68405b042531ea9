package demo.opendata;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Writes a tar of plain files in one of the formats that occur in practice. */
public final class TarWriter {
  /** How a member's name and size are written when they do not fit a plain header. */
  public enum Format {
    /** POSIX of 1988: a long name must be divided at a slash, so names here stay short. */
    USTAR,
    /** GNU tar: a long name is a member of its own, {@code ././@LongLink}. */
    GNU,
    /** POSIX of 2001, Python's default: records of text before the member. */
    PAX
  }

  private static final int BLOCK = 512;
  private static final int RECORD = 20 * BLOCK;
  private static final int NAME = 100;

  private final Format format;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** An empty tar. */
  public TarWriter(Format format) {
    this.format = format;
  }

  /** Appends a file; the name is ASCII. */
  public TarWriter add(String name, byte[] bytes) {
    if (format == Format.PAX) {
      String mtime = record("mtime", "1770000000.1234567");
      String path = name.length() > NAME ? record("path", name) : "";
      member("./PaxHeaders/" + cut(name, 80), ascii(mtime + path), 'x');
    } else if (name.length() > NAME) {
      if (format == Format.USTAR) {
        throw new IllegalArgumentException("too long for ustar: " + name);
      }
      member("././@LongLink", ascii(name + "\0"), 'L');
    }
    member(cut(name, NAME), bytes, '0');
    return this;
  }

  private static String cut(String name, int length) {
    return name.substring(0, Math.min(length, name.length()));
  }

  /** A record counts itself: {@code 30 mtime=1770000000.1234567}. */
  private static String record(String field, String value) {
    int rest = field.length() + value.length() + 3;
    int length = rest + String.valueOf(rest).length();
    if (String.valueOf(length).length() > String.valueOf(rest).length()) {
      length++;
    }
    return length + " " + field + "=" + value + "\n";
  }

  private void member(String name, byte[] bytes, char type) {
    out.writeBytes(header(name, bytes.length, type));
    out.writeBytes(bytes);
    out.writeBytes(new byte[(BLOCK - bytes.length % BLOCK) % BLOCK]);
  }

  private byte[] header(String name, long size, char type) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 108, "0001750\0");
    put(header, 116, "0001750\0");
    put(header, 124, String.format(Locale.ROOT, "%011o\0", size));
    put(header, 136, String.format(Locale.ROOT, "%011o\0", 1_770_000_000L));
    put(header, 148, "        ");
    header[156] = (byte) type;
    put(header, 257, format == Format.GNU ? "ustar  \0" : "ustar\00000");
    put(header, 265, "runner");
    put(header, 297, "runner");
    int sum = 0;
    for (byte one : header) {
      sum += one & 0xff;
    }
    put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = ascii(text);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The whole tar, ended by empty blocks. */
  public byte[] toBytes() {
    byte[] members = out.toByteArray();
    int length = (members.length + 2 * BLOCK + RECORD - 1) / RECORD * RECORD;
    return Arrays.copyOf(members, length);
  }
}
