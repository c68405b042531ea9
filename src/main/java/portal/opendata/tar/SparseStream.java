package portal.opendata.tar;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/** A file with holes: its data comes from the tar, everything else is zeros. */
final class SparseStream extends InputStream {
  private final InputStream data;
  private final List<Long> map;
  private final long size;
  private long at;
  private int next;

  /**
   * @param map where data lies: offset, length, offset, length …
   * @param size of the whole file
   */
  SparseStream(InputStream data, List<Long> map, long size) {
    this.data = data;
    this.map = map;
    this.size = size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    if (at >= size || count == 0) {
      return at >= size ? -1 : 0;
    }
    while (next + 1 < map.size() && at >= map.get(next) + map.get(next + 1)) {
      next += 2;
    }
    boolean more = next + 1 < map.size();
    boolean isData = more && at >= map.get(next);
    long end = !more ? size : isData ? map.get(next) + map.get(next + 1) : map.get(next);
    int most = (int) Math.min(count, Math.min(end, size) - at);
    int n = most;
    if (isData) {
      n = data.read(bytes, offset, most);
      if (n < 0) {
        throw new TarFormatException("a file with holes ends too early");
      }
    } else {
      Arrays.fill(bytes, offset, offset + most, (byte) 0);
    }
    at += n;
    return n;
  }
}
