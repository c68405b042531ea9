package cli.terminal;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lines that are drawn repeatedly: in place if the terminal supports that, otherwise one below
 * another.
 */
public final class Redrawn {
  private static final String KEEP_LONG_LINES_ON_ONE = "\033[?7l";
  private static final String WRAP_AGAIN = "\033[?7h";

  private final PrintStream out;
  private final boolean inPlace;
  private final int most;
  private int drawn;

  /**
   * @param inPlace whether the terminal can move its cursor
   * @param rows how many lines the terminal shows
   */
  public Redrawn(PrintStream out, boolean inPlace, int rows) {
    this.out = out;
    this.inPlace = inPlace;
    this.most = rows - 1; // the cursor is below them
  }

  /** Draws these lines instead of the previous ones. */
  public void draw(String text) {
    if (inPlace) {
      over(shown(text.lines().toList()));
    } else {
      below(text);
    }
    out.flush();
  }

  /**
   * What the terminal has room for. The cursor never leaves the terminal, so lines above its first
   * one would be drawn again and again. The last ones are the most telling: totals and problems.
   */
  private List<String> shown(List<String> lines) {
    if (lines.size() <= most) {
      return lines;
    }
    int hidden = lines.size() - most + 1;
    return Stream.concat(
            Stream.of("(%d more lines: the terminal is too low)".formatted(hidden)),
            lines.stream().skip(hidden))
        .toList();
  }

  private void below(String text) {
    out.print((drawn > 0 ? "\n" : "") + text.stripTrailing() + "\n");
    drawn = 1;
  }

  private void over(List<String> lines) {
    StringBuilder all = new StringBuilder(KEEP_LONG_LINES_ON_ONE);
    if (drawn > 0) {
      all.append("\033[").append(drawn).append('F');
    }
    // behind a line as wide as the terminal, the cursor stands on its last character
    lines.forEach(line -> all.append("\033[K").append(line).append('\n'));
    out.print(all.append("\033[J").append(WRAP_AGAIN));
    drawn = lines.size();
  }
}
