package store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of a source object, or of a part of it, as they arrive. Reading fails if the connection
 * is lost before the last one. Another thread may {@link #abort} it at any time.
 */
public final class SourceBody extends FilterInputStream {
  private final ResponseInputStream<GetObjectResponse> body;
  private final SourceObject object;
  private final long length;
  private final long sent;
  private long left;

  private SourceBody(
      ResponseInputStream<GetObjectResponse> body, SourceObject object, long length, long sent) {
    super(body);
    this.body = body;
    this.object = object;
    this.length = length;
    this.left = length;
    this.sent = sent;
  }

  /**
   * Opens a body; a simple store may have ignored the requested range.
   *
   * @param from the first byte that is wanted
   * @param most how many are wanted
   * @param inAll asks for the size of the object; needed where the answer does not name its length
   */
  static SourceBody of(
      String key,
      long from,
      long most,
      ResponseInputStream<GetObjectResponse> body,
      Supplier<Optional<Long>> inAll)
      throws IOException {
    GetObjectResponse answer = body.response();
    Optional<Long> whole =
        Optional.ofNullable(answer.contentRange())
            .map(range -> range.substring(range.indexOf('/') + 1))
            .filter(size -> size.matches("\\d{1,18}"))
            .map(Long::valueOf);
    long length;
    if (answer.contentLength() != null) {
      length = answer.contentLength();
    } else { // without a length, a truncated body would look complete
      whole = whole.or(inAll);
      length =
          StoredObject.size(key, whole.orElse(null)) - (answer.contentRange() == null ? 0 : from);
    }
    long sent = length;
    if (from > 0 && answer.contentRange() == null) {
      body.skipNBytes(from);
      length -= from;
    }
    SourceObject object =
        new SourceObject(key, whole.orElse(from + length), SourceObject.plain(answer.eTag()));
    return new SourceBody(body, object, Math.min(length, most), sent);
  }

  /** The object that the bytes are from, with its whole size. */
  public SourceObject object() {
    return object;
  }

  /** The number of bytes of the body. */
  public long length() {
    return length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    int n = left == 0 ? -1 : super.read(bytes, offset, (int) Math.min(count, left));
    if (n > 0) {
      left -= n;
    } else if (n < 0 && left > 0) {
      throw new IOException("the answer ends %,d bytes too early".formatted(left));
    }
    return n;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(Math.min(count, left));
    left -= skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Ends it at once: whoever reads gets an exception. */
  public void abort() {
    body.abort();
  }

  /** Ends it, without reading the rest. */
  @Override
  public void close() throws IOException {
    if (left > 0 || length < sent) {
      body.abort();
    } else {
      super.close();
    }
  }
}
