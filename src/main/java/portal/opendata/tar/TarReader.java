package portal.opendata.tar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveStructSparse;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a tar one after the other, from a stream that may begin at any header, and
 * knows where each of them begins and ends in the tar. An exception of the stream is passed on
 * unchanged, so that a lost connection can be told from bytes that are not a tar.
 */
public final class TarReader {
  private static final int BLOCK = TarConstants.DEFAULT_RCDSIZE;

  /**
   * The library keeps long names and extended headers in memory, however long they say they are.
   */
  private static final int MOST_HEADERS = 1 << 20;

  private final Source source;
  private final TarArchiveInputStream tar;
  private long nextHeader;
  private boolean hasMember;

  /**
   * @param in the bytes of the tar from a header on
   * @param offset where that is in the tar
   */
  public TarReader(InputStream in, long offset) {
    this.source = new Source(in, offset);
    this.tar = new TarArchiveInputStream(source, StandardCharsets.UTF_8.name());
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
    long offset = nextHeader;
    hasMember = false;
    source.limit = offset > Long.MAX_VALUE - MOST_HEADERS ? offset : offset + MOST_HEADERS;
    TarArchiveEntry entry = guarded(tar::getNextEntry);
    source.limit = Long.MAX_VALUE;
    if (entry == null) {
      return Optional.empty();
    }
    if (!entry.isCheckSumOK()) {
      throw new TarFormatException("no tar header at byte %,d".formatted(offset));
    }
    hasMember = true;
    nextHeader = source.position - mapInData(entry) + padded(entry.getSize());
    return Optional.of(new TarMember(entry.getName(), offset, entry.getRealSize(), isFile(entry)));
  }

  /** The library takes all but folders for files, a link to a file, too, which has no content. */
  private static boolean isFile(TarArchiveEntry entry) {
    return entry.isFile()
        && !entry.isLink()
        && !entry.isSymbolicLink()
        && !entry.isFIFO()
        && !entry.isCharacterDevice()
        && !entry.isBlockDevice();
  }

  /** The content of the current member. */
  public InputStream content() {
    if (!hasMember) {
      throw new IllegalStateException("there is no member");
    }
    return new Content();
  }

  /**
   * How many bytes of a sparse file's data were its map, which has been read: a decimal number in
   * each line, as GNU tar describes it for version 1.0 of its PAX format.
   */
  private static long mapInData(TarArchiveEntry entry) {
    if (!entry.isPaxGNU1XSparse()) {
      return 0;
    }
    List<TarArchiveStructSparse> map = entry.getSparseHeaders();
    long bytes = line(map.size());
    for (TarArchiveStructSparse part : map) {
      bytes += line(part.getOffset()) + line(part.getNumbytes());
    }
    return padded(bytes);
  }

  private static long line(long number) {
    return String.valueOf(number).length() + 1L;
  }

  private static long padded(long length) {
    return (length + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** A step of the library, which does not tell a fault of the stream from one of the tar. */
  private <T extends @Nullable Object> T guarded(Step<T> step) throws IOException {
    try {
      return step.take();
    } catch (IOException | IllegalArgumentException e) {
      if (source.fault != null) {
        throw source.fault;
      }
      throw new TarFormatException(String.valueOf(e.getMessage()));
    }
  }

  @FunctionalInterface
  private interface Step<T extends @Nullable Object> {
    T take() throws IOException;
  }

  /**
   * The stream with the tar. It remembers its own fault, and where it is: the library's count has
   * the holes of sparse files in it.
   */
  private static final class Source extends InputStream {
    private final InputStream in;
    private long position;
    private long limit = Long.MAX_VALUE;
    private @Nullable IOException fault;

    Source(InputStream in, long position) {
      this.in = in;
      this.position = position;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      if (position >= limit) {
        throw new TarFormatException(
            "the headers of a member are longer than %,d bytes".formatted(MOST_HEADERS));
      }
      try {
        int n = in.read(bytes, offset, count);
        position += Math.max(n, 0);
        return n;
      } catch (IOException e) {
        fault = e;
        throw e;
      }
    }
  }

  /** The bytes of the current member. */
  private final class Content extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      return guarded(() -> tar.read(bytes, offset, count));
    }
  }
}
