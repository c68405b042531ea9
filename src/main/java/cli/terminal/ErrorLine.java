package cli.terminal;

import java.io.PrintStream;

/** One line on standard error that is drawn again and again while a person watches. */
public final class ErrorLine implements AutoCloseable {
  private static final String CLEAR = "\r\033[K";

  private final PrintStream err;
  private final boolean isWatched;

  /**
   * @param err standard error
   * @param terminal the line is drawn only where it can be drawn again
   */
  public ErrorLine(PrintStream err, Terminal terminal) {
    this.err = err;
    this.isWatched = terminal.canRedrawErrors();
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
