package app;

import cli.terminal.Wrapping;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The findings of {@code check}, in the order of its tests. */
final class CheckReport {
  /** How a harvest would fare. */
  enum State {
    OK,
    WARNING,
    PROBLEM;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The result of one test. */
  private record Finding(
      @JsonProperty("name") String name, @JsonIgnore State state, String message) {
    @JsonProperty("state")
    String word() {
      return state.word();
    }
  }

  private static final String INDENT = " ".repeat(9);

  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, String> derived = new LinkedHashMap<>();
  private final List<Finding> derivable = new ArrayList<>();
  private boolean isWritten;
  private @Nullable Long total;
  private @Nullable Integer pageSize;
  private @Nullable Long seconds;

  void ok(String name, String message) {
    findings.add(new Finding(name, State.OK, message));
  }

  void warn(String name, String message) {
    findings.add(new Finding(name, State.WARNING, message));
  }

  void problem(String name, String message) {
    findings.add(new Finding(name, State.PROBLEM, message));
  }

  /** A problem that is solved by setting these keys to these values. */
  void problem(String name, String message, Map<String, Long> values) {
    problem(name, message);
    derivable.add(findings.get(findings.size() - 1));
    values.forEach((key, value) -> derived.put(key, String.valueOf(value)));
  }

  void lists(@Nullable Long documents, int rows) {
    total = documents;
    pageSize = rows;
  }

  /**
   * The derived values are in the file.
   *
   * @param areInForce whether the next start uses them, rather than those of another source
   */
  void written(boolean areInForce) {
    isWritten = true;
    if (areInForce) {
      findings.replaceAll(
          finding ->
              derivable.contains(finding)
                  ? new Finding(finding.name(), State.OK, finding.message() + " (done)")
                  : finding);
    } else {
      problem(
          "write",
          "the values that were written have no effect: .env or the environment goes first");
    }
  }

  void takes(long time) {
    seconds = time;
  }

  /**
   * The values, by key, that follow from what the portal lists and differ from the configuration.
   */
  @JsonProperty("derived")
  Map<String, String> derived() {
    return derived;
  }

  @JsonProperty("ok")
  boolean isOk() {
    return count(State.PROBLEM) == 0;
  }

  @JsonProperty("portal_total")
  @Nullable Long total() {
    return total;
  }

  @JsonProperty("portal_page_size")
  @Nullable Integer pageSize() {
    return pageSize;
  }

  @JsonProperty("seconds")
  @Nullable Long seconds() {
    return seconds;
  }

  @JsonProperty("checks")
  List<Finding> findings() {
    return findings;
  }

  private long count(State state) {
    return findings.stream().filter(finding -> finding.state() == state).count();
  }

  /**
   * The findings as text, and what to put into which file.
   *
   * @param width the most characters of a line
   */
  String text(int width, String file) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      String state = finding.state() == State.PROBLEM ? "PROBLEM" : finding.word();
      text.append(Wrapping.wrapped("%-9s".formatted(state), INDENT, finding.message(), width))
          .append('\n');
    }
    if (!derived.isEmpty()) {
      text.append(
          isWritten
              ? "\nwritten into %s:\n".formatted(file)
              : "\nput into %s, by hand or with check --write:\n".formatted(file));
      derived.forEach((key, value) -> text.append("  %s = %s%n".formatted(key, value)));
    }
    return text.append('\n').append(verdict()).toString();
  }

  private String verdict() {
    long problems = count(State.PROBLEM);
    long warnings = count(State.WARNING);
    String warned =
        warnings == 0 ? "" : ", %d %s".formatted(warnings, warnings == 1 ? "warning" : "warnings");
    return problems == 0
        ? "all well" + warned
        : "%d %s%s".formatted(problems, problems == 1 ? "problem" : "problems", warned);
  }
}
