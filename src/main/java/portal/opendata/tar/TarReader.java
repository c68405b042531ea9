package portal.opendata.tar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a tar one after the other, from a stream that may begin at any header. It
 * reads no byte further than what was asked for, so it always knows where it is. This is our own
 * class because the usual library needs three others, which the jar has no room for, and keeps the
 * position of a member's first header to itself.
 */
public final class TarReader {
  /** Names and attributes are short; what claims to be more is damaged. */
  private static final int LONGEST_EXTENSION = 1 << 20;

  private static final int MOST_HOLES = 100_000;

  private final InputStream in;
  private long position;
  private long dataEnd;
  private long nextHeader;
  private @Nullable InputStream content;

  /**
   * @param in the bytes of the tar from a header on
   * @param offset where that is in the tar
   */
  public TarReader(InputStream in, long offset) {
    this.in = in;
    this.position = offset;
    this.nextHeader = offset;
  }

  /** Where the next member begins, or the end of the tar. */
  public long nextOffset() {
    return nextHeader;
  }

  /**
   * The next member, whatever is left of the last one.
   *
   * @return empty at the end of the tar
   * @throws TarFormatException if the bytes are no tar from here on
   */
  public Optional<TarMember> next() throws IOException {
    skipTo(nextHeader);
    long offset = position;
    PaxFields pax = new PaxFields();
    String longName = "";
    while (true) {
      Optional<TarHeader> read = header();
      if (read.isEmpty()) {
        return Optional.empty();
      }
      TarHeader header = read.get();
      switch (header.type()) {
        case 'L' -> longName = TarHeader.text(extension(header));
        case 'x' -> pax.read(extension(header));
        case 'g', 'K' -> extension(header); // says nothing of names and sizes
        default -> {
          return Optional.of(member(header, offset, longName, pax));
        }
      }
    }
  }

  /** The content of the current member. */
  public InputStream content() {
    if (content == null) {
      throw new IllegalStateException("there is no member");
    }
    return content;
  }

  private TarMember member(TarHeader header, long offset, String longName, PaxFields pax)
      throws IOException {
    long stored = pax.number("size").orElse(header.size());
    List<Long> map = new ArrayList<>(pax.dataMap());
    long size = pax.number("GNU.sparse.realsize", "GNU.sparse.size").orElse(stored);
    boolean hasHoles = !map.isEmpty() || pax.hasMapInData();
    if (header.type() == 'S') {
      size = header.realSize();
      hasHoles = true;
      addHoles(header, map);
    }
    boolean isFile = isFile(header.type());
    boolean hasData = isFile || header.type() < '1' || header.type() > '6'; // links have none
    long length = hasData ? stored : 0;
    dataEnd = position + length;
    nextHeader = dataEnd + padding(length);
    Content data = new Content();
    if (pax.hasMapInData()) {
      readMap(data, map);
    }
    content = hasHoles ? new SparseStream(data, map, size) : data;
    String name =
        pax.text("GNU.sparse.name")
            .or(() -> pax.text("path"))
            .orElse(longName.isEmpty() ? header.name() : longName);
    return new TarMember(name, offset, size, isFile && !name.endsWith("/"));
  }

  private static boolean isFile(char type) {
    return type == 0 || type == '0' || type == '7' || type == 'S';
  }

  private void addHoles(TarHeader header, List<Long> map) throws IOException {
    for (int i = 0; i < 4; i++) {
      addHole(header, 386 + i * 24, map);
    }
    boolean more = header.hasMoreHoles();
    while (more && map.size() < 2 * MOST_HOLES) {
      byte[] block = block();
      TarHeader numbers = TarHeader.unchecked(block);
      for (int i = 0; i < 21; i++) {
        addHole(numbers, i * 24, map);
      }
      more = block[504] != 0;
    }
  }

  private static void addHole(TarHeader numbers, int at, List<Long> map) throws TarFormatException {
    long length = numbers.number(at + 12, 12);
    if (length > 0) {
      map.add(numbers.number(at, 12));
      map.add(length);
    }
  }

  /** A number in each line: how many pairs there are, and the pairs, filled up to whole blocks. */
  private void readMap(InputStream data, List<Long> map) throws IOException {
    long begin = position;
    long count = line(data);
    if (count > MOST_HOLES) {
      throw new TarFormatException("a file of the tar has too many holes");
    }
    for (long i = 0; i < 2 * count; i++) {
      map.add(line(data));
    }
    data.skipNBytes(padding(position - begin));
  }

  private static long line(InputStream data) throws IOException {
    long number = 0;
    for (int c = data.read(); c != '\n'; c = data.read()) {
      if (c < '0' || c > '9' || number >>> 58 != 0) {
        throw new TarFormatException("the map of a file with holes cannot be read");
      }
      number = number * 10 + c - '0';
    }
    return number;
  }

  /** The next header; empty at the end: a block of zeros, or no block at all. */
  private Optional<TarHeader> header() throws IOException {
    long at = position;
    byte[] block = new byte[TarHeader.BLOCK];
    int n = in.readNBytes(block, 0, block.length);
    position += n;
    if (n == 0 || n == block.length && TarHeader.isEmpty(block)) {
      nextHeader = at;
      return Optional.empty();
    }
    if (n < block.length) {
      throw new TarFormatException("the tar ends in the middle of a header");
    }
    return Optional.of(TarHeader.of(block, at));
  }

  private byte[] extension(TarHeader header) throws IOException {
    long size = header.size();
    if (size > LONGEST_EXTENSION) {
      throw new TarFormatException("a name in the tar has %,d bytes".formatted(size));
    }
    byte[] bytes = in.readNBytes((int) size);
    position += bytes.length;
    if (bytes.length < size) {
      throw new TarFormatException("the tar ends in the middle of a name");
    }
    skipTo(position + padding(size));
    return bytes;
  }

  private byte[] block() throws IOException {
    byte[] block = in.readNBytes(TarHeader.BLOCK);
    position += block.length;
    if (block.length < TarHeader.BLOCK) {
      throw new TarFormatException("the tar ends in the middle of a header");
    }
    return block;
  }

  private void skipTo(long target) throws IOException {
    try {
      in.skipNBytes(target - position);
      position = target;
    } catch (EOFException e) {
      throw new TarFormatException("the tar ends in the middle of a file");
    }
  }

  private static long padding(long length) {
    return -length & (TarHeader.BLOCK - 1);
  }

  /** The bytes of the current member as they lie in the tar. */
  private final class Content extends InputStream {
    private final long end = dataEnd;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      if (position >= end) {
        return -1;
      }
      int n = in.read(bytes, offset, (int) Math.min(count, end - position));
      if (n < 0) {
        throw new TarFormatException("the tar ends in the middle of a file");
      }
      position += n;
      return n;
    }
  }
}
