package cli.terminal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** One line on standard error that is drawn again and again while a person watches. */
public final class ErrorLine implements AutoCloseable {
  private static final String CLEAR = "\r\033[K";

  private final PrintStream err;
  private final boolean isWatched;

  private ErrorLine(PrintStream err, boolean isWatched) {
    this.err = err;
    this.isWatched = isWatched;
  }

  /**
   * Creates a line that is drawn only if this is the process's own standard error, and a terminal.
   */
  public static ErrorLine on(PrintStream err) {
    return new ErrorLine(err, err == System.err && isTerminal());
  }

  /** {@code System.console} would also ask for standard output to be one. */
  private static boolean isTerminal() {
    try {
      String target = Path.of("/proc/self/fd/2").toRealPath().toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return System.console() != null; // not Linux
    }
  }

  /** Draws this text in place of the last. */
  public void draw(String text) {
    if (isWatched) {
      err.print(CLEAR + text);
      err.flush();
    }
  }

  /** Erases the line. */
  @Override
  public void close() {
    draw("");
  }
}
