package cli.terminal;

import java.io.PrintStream;

/**
 * Lines that are drawn repeatedly: in place if the terminal supports that, otherwise one below
 * another.
 */
public final class Redrawn {
  private static final String KEEP_LONG_LINES_ON_ONE = "\033[?7l";
  private static final String WRAP_AGAIN = "\033[?7h";

  private final PrintStream out;
  private final boolean inPlace;
  private int drawn;

  /**
   * @param inPlace whether the terminal can move its cursor
   */
  public Redrawn(PrintStream out, boolean inPlace) {
    this.out = out;
    this.inPlace = inPlace;
  }

  /** Draws these lines instead of the previous ones. */
  public void draw(String text) {
    out.print(inPlace ? over(text) : below(text));
    out.flush();
    drawn = (int) text.lines().count();
  }

  private String below(String text) {
    return (drawn > 0 ? "\n" : "") + text.stripTrailing() + "\n";
  }

  private String over(String text) {
    StringBuilder all = new StringBuilder(KEEP_LONG_LINES_ON_ONE);
    if (drawn > 0) {
      all.append("\033[").append(drawn).append('F');
    }
    // behind a line as wide as the terminal, the cursor stands on its last character
    text.lines().forEach(line -> all.append("\033[K").append(line).append('\n'));
    return all.append("\033[J").append(WRAP_AGAIN).toString();
  }
}
