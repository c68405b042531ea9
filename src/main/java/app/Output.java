package app;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A standard stream of the process. It is UTF-8 in every locale, because other programs read it,
 * and it remembers why something could not be written, which a {@link PrintStream} does not report.
 */
final class Output extends OutputStream {
  /** Linux's message when the reader has closed the pipe, as {@code head} does. */
  private static final String READER_LEFT = "Broken pipe";

  private static final int BUFFER = 8192;

  private final OutputStream target;
  private volatile @Nullable IOException failure;

  /**
   * @param target takes the bytes
   */
  Output(OutputStream target) {
    this.target = target;
  }

  /** Prints into this; each line goes out at once. */
  PrintStream stream() {
    return new PrintStream(new BufferedOutputStream(this, BUFFER), true, StandardCharsets.UTF_8);
  }

  /** Why output that a reader still expects was lost; null if none was. */
  @Nullable String lost() {
    IOException first = failure;
    return first == null || READER_LEFT.equals(first.getMessage())
        ? null
        : String.valueOf(first.getMessage());
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }
}
