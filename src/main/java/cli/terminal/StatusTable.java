package cli.terminal;

import api.dto.ScriptData;
import api.dto.StatusData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import model.ServerText;
import org.jspecify.annotations.Nullable;

/**
 * The response to {@code GET /api/status} as a table: one line per script, and the totals below.
 */
public final class StatusTable {
  private static final int LONGEST_ERROR = 60;
  private static final int SHORTEST_ERROR = 10;
  private static final String NONE = "-";

  /**
   * The position of the rejected column, shown only if something was rejected: after the failed
   * column.
   */
  private static final int REJECTED_AT = 7;

  private static final int DONE_AT = 3;

  private static final String LAST_ERROR = "last error";

  private final StatusData data;
  private final List<ScriptData> scripts;
  private final int width;

  /**
   * @param data the field {@code data} of the response
   */
  public StatusTable(StatusData data) {
    this(data, Integer.MAX_VALUE);
  }

  /**
   * @param width of the terminal; errors get what the other columns leave
   */
  public StatusTable(StatusData data, int width) {
    this.width = width;
    this.data = data;
    this.scripts = data.scripts() == null ? List.of() : data.scripts();
  }

  @Override
  public String toString() {
    List<String> rows = figures();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      String error = i == 0 ? LAST_ERROR : error(scripts.get(i - 1), width - rows.get(0).length());
      text.append(hasErrors() ? rows.get(i) + "  " + error : rows.get(i)).append('\n');
    }
    text.append('\n');
    totals().lines().forEach(line -> text.append(broken(line)).append('\n'));
    return text + warnings();
  }

  /** Breaks a line of figures after a comma if it is too long. */
  private String broken(String line) {
    int comma = line.length() <= width ? -1 : line.lastIndexOf(", ", width);
    return comma < 0 ? line : line.substring(0, comma + 1) + "\n" + line.substring(comma + 2);
  }

  private boolean hasErrors() {
    return scripts.stream().anyMatch(script -> script.lastError() != null);
  }

  /** Omits the column that repeats what the pages say if not all columns fit. */
  private List<String> figures() {
    List<String> rows = figures(true).toString().lines().toList();
    return rows.get(0).length() <= width ? rows : figures(false).toString().lines().toList();
  }

  private TextTable figures(boolean withDone) {
    List<String> headings =
        new ArrayList<>(
            List.of(
                "script", "status", "pages", "done", "page", "files", "failed", "files/s", "left"));
    if (isSome(data.rejectedDownloads())) {
      headings.add(REJECTED_AT, "rejected");
    }
    if (!withDone) {
      headings.remove(DONE_AT);
    }
    TextTable table = new TextTable(headings.toArray(String[]::new));
    scripts.forEach(script -> add(table, script, withDone));
    return table;
  }

  private void add(TextTable table, ScriptData script, boolean withDone) {
    List<@Nullable Object> cells = new ArrayList<>();
    cells.add(script.scriptId());
    cells.add(status(script));
    cells.add(pages(script.completedPages(), script.totalPages()));
    cells.add(percent(script.progressPercentage()));
    cells.add(script.currentPage());
    cells.add(script.totalFilesDownloaded());
    cells.add(script.failedDownloads());
    cells.add(rate(script.filesPerSecond()));
    cells.add(left(script.etaSeconds()));
    if (isSome(data.rejectedDownloads())) {
      cells.add(REJECTED_AT, script.rejectedDownloads());
    }
    if (!withDone) {
      cells.remove(DONE_AT);
    }
    table.row(cells.toArray());
  }

  private String totals() {
    return String.format(
        Locale.ROOT,
        "instance %s: %s scripts, %s running, %s of them waiting, %s completed, %s in error\n"
            + "%s pages (%s), %s files (%s), %s failed%s%s, %s files/s, %s left",
        number(data.instanceId()),
        number(data.totalScripts()),
        number(data.runningScripts()),
        number(data.waitingScripts()),
        number(data.completedScripts()),
        number(data.errorScripts()),
        pages(data.completedPages(), data.totalPages()),
        percent(data.progressPercentage()),
        number(data.totalFilesDownloaded()),
        size(data.totalBytes()),
        number(data.failedDownloads()),
        retrying(data.retryingDownloads()),
        rejected(),
        rate(data.filesPerSecond()),
        left(data.etaSeconds()));
  }

  private String warnings() {
    List<String> warnings = data.warnings() == null ? List.of() : data.warnings();
    return warnings.stream()
        .map(words -> "warning: " + ServerText.harmless(words) + "\n")
        .collect(Collectors.joining());
  }

  private static String status(ScriptData script) {
    String status = ServerText.harmless(script.status());
    if (status.equals("completed") && hasGaps(script)) {
      return status + " with gaps";
    }
    return script.waitingReason() == null
        ? status + retrying(script.retryingDownloads())
        : status + " (" + ServerText.harmless(script.waitingReason()) + ")";
  }

  private static boolean hasGaps(ScriptData script) {
    return isSome(script.failedDownloads()) || isSome(script.rejectedDownloads());
  }

  /** An older instance does not say how many were rejected. */
  private static boolean isSome(@Nullable Long documents) {
    return documents != null && documents > 0;
  }

  private String rejected() {
    if (!isSome(data.rejectedDownloads())) {
      return "";
    }
    return data.rejectedReasons().entrySet().stream()
        .map(reason -> number(reason.getValue()) + " " + ServerText.harmless(reason.getKey()))
        .collect(
            Collectors.joining(", ", ", " + number(data.rejectedDownloads()) + " rejected (", ")"));
  }

  /** An older instance does not say it. */
  private static String retrying(@Nullable Long documents) {
    return documents == null || documents == 0
        ? ""
        : String.format(Locale.ROOT, " (%,d retrying)", documents);
  }

  /**
   * @param room columns that are left
   */
  private static String error(ScriptData script, int room) {
    int longest = Math.max(SHORTEST_ERROR, Math.min(LONGEST_ERROR, room - 2));
    return script.lastError() == null
        ? NONE
        : ServerText.cut(ServerText.harmless(script.lastError()), longest);
  }

  private static String pages(@Nullable Long completed, @Nullable Long total) {
    return number(completed) + "/" + number(total);
  }

  private static String percent(@Nullable Double value) {
    return formatted("%.2f%%", value);
  }

  private static String rate(@Nullable Double value) {
    return formatted("%,.1f", value);
  }

  private static String left(@Nullable Long seconds) {
    if (seconds == null) {
      return NONE;
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d", seconds / 3600, seconds / 60 % 60);
  }

  private static String size(@Nullable Long bytes) {
    return formatted("%,.1f MiB", bytes == null ? null : bytes / 1024.0 / 1024.0);
  }

  private static String number(@Nullable Number value) {
    return formatted("%,d", value);
  }

  private static String formatted(String format, @Nullable Number value) {
    return value == null ? NONE : String.format(Locale.ROOT, format, value);
  }
}
