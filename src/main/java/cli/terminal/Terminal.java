package cli.terminal;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Where standard output and error go: to a terminal, with a person in front of it, or to a file or
 * a pipe, which get the same text without control sequences.
 */
public final class Terminal {
  private static final int USUAL_COLUMNS = 80;

  /** Rows and columns; 0 where the terminal does not know them. */
  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,4}) ");

  private final boolean showsOutput;
  private final boolean showsErrors;
  private final boolean isObedient;

  private Terminal(boolean showsOutput, boolean showsErrors, boolean isObedient) {
    this.showsOutput = showsOutput;
    this.showsErrors = showsErrors;
    this.isObedient = isObedient;
  }

  /**
   * The terminal of these streams.
   *
   * @param out standard output; no terminal if it is not the process's own
   * @param err likewise
   * @param environment {@code TERM}, and {@code NO_COLOR} for none of what it could do
   */
  public static Terminal of(PrintStream out, PrintStream err, Map<String, String> environment) {
    String kind = environment.getOrDefault("TERM", "");
    boolean isUnwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(
        out == System.out && isTerminal(1),
        err == System.err && isTerminal(2),
        !isUnwanted && !kind.isEmpty() && !kind.equals("dumb"));
  }

  /** {@code System.console} would ask for all of the standard streams to be one. */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Path.of("/proc/self/fd/" + descriptor).toRealPath().toString();
      return target.matches("/dev/(pts/|tty|console).*");
    } catch (IOException e) {
      return System.console() != null; // not Linux
    }
  }

  /** Whether standard output may be coloured, and drawn again in place. */
  public boolean canRedraw() {
    return showsOutput && isObedient;
  }

  /** The same for standard error. */
  boolean canRedrawErrors() {
    return showsErrors && isObedient;
  }

  /** The width at this moment; 80 if it is unknown. */
  public int columns() {
    return showsOutput ? new UsageMessageSpec().autoWidth(true).width() : USUAL_COLUMNS;
  }

  /** The height at this moment; a very large one if it is unknown, or there is no terminal. */
  public int rows() {
    if (!showsOutput) {
      return Integer.MAX_VALUE;
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      Matcher rows = SIZE.matcher(size);
      return rows.lookingAt() ? Integer.parseInt(rows.group(1)) : Integer.MAX_VALUE;
    } catch (IOException e) {
      return Integer.MAX_VALUE; // no stty, or no terminal of its own
    }
  }

  /** The width for lines that a program gets whole, however long they are. */
  public int longestLine() {
    return showsOutput ? columns() : Integer.MAX_VALUE;
  }

  /**
   * A text as it is shown: a person gets lines that end between words, a program gets whole ones.
   */
  public String fitted(String text) {
    int width = longestLine();
    return text.lines().map(line -> fitted(line, width)).collect(Collectors.joining("\n"));
  }

  private static String fitted(String line, int columns) {
    String words = line.stripLeading();
    String indent = line.substring(0, line.length() - words.length());
    return line.length() <= columns
        ? line
        : Wrapping.wrapped(indent, indent + "  ", words, columns);
  }
}
