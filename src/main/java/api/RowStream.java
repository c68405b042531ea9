package api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * Strings as a stream of bytes, each produced when it is read, so that any number of them needs
 * little memory.
 */
public final class RowStream extends InputStream {
  private final String type;
  private final Iterator<String> texts;
  private ByteBuffer current = ByteBuffer.allocate(0);

  /**
   * @param type media type
   */
  RowStream(String type, Iterator<String> texts) {
    this.type = type;
    this.texts = texts;
  }

  /** The media type of the stream. */
  public String type() {
    return type;
  }

  @Override
  public int read() throws IOException {
    return hasMore() ? current.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int read = Math.min(length, current.remaining());
    current.get(bytes, offset, read);
    return read;
  }

  private boolean hasMore() {
    while (!current.hasRemaining() && texts.hasNext()) {
      current = ByteBuffer.wrap(texts.next().getBytes(StandardCharsets.UTF_8));
    }
    return current.hasRemaining();
  }
}
