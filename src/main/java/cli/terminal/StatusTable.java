package cli.terminal;

import api.dto.ScriptData;
import api.dto.StatusData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import model.ServerText;
import org.jspecify.annotations.Nullable;

/**
 * The response to {@code GET /api/status} as a table: one line per script, and below it what went
 * wrong, and the totals.
 */
public final class StatusTable {
  private static final int LONGEST_ERROR = 300;
  private static final int MOST_NAMED = 8;
  private static final String NONE = "-";
  private static final String REJECTED = "rejected";

  /** What a narrow terminal does without; the totals have most of it. */
  private static final List<String> DISPENSABLE =
      List.of("done", "page", "files/s", "left", REJECTED, "failed");

  private final StatusData data;
  private final List<ScriptData> scripts;
  private final int width;

  /**
   * @param data the field {@code data} of the response
   * @param width the most characters of a line
   */
  public StatusTable(StatusData data, int width) {
    this.width = width;
    this.data = data;
    this.scripts = data.scripts() == null ? List.of() : data.scripts();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(figures().within(width, DISPENSABLE)).append('\n');
    String errors = errors();
    text.append(errors.isEmpty() ? "" : errors + "\n");
    totals().lines().forEach(line -> text.append(Wrapping.wrappedList(line, width)).append('\n'));
    return text.append(warnings()).toString();
  }

  private String fitted(String line) {
    return Wrapping.wrapped("", "  ", line, width) + "\n";
  }

  private TextTable figures() {
    TextTable table =
        new TextTable(
            "script", "status", "pages", "done", "page", "files", "failed", REJECTED, "files/s",
            "left");
    scripts.forEach(
        script ->
            table.row(
                script.scriptId(),
                status(script),
                pages(script.completedPages(), script.totalPages()),
                percent(script.progressPercentage()),
                script.currentPage(),
                script.totalFilesDownloaded(),
                script.failedDownloads(),
                script.rejectedDownloads(),
                rate(script.filesPerSecond()),
                left(script.etaSeconds())));
    return isSome(data.rejectedDownloads()) ? table : table.without(REJECTED);
  }

  /** Each last error once, with the scripts that have it. */
  private String errors() {
    Map<String, List<Integer>> scriptsByError = new LinkedHashMap<>();
    for (ScriptData script : scripts) {
      if (script.lastError() != null) {
        String words = ServerText.cut(ServerText.harmless(script.lastError()), LONGEST_ERROR);
        scriptsByError.computeIfAbsent(words, any -> new ArrayList<>()).add(script.scriptId());
      }
    }
    return scriptsByError.entrySet().stream()
        .map(error -> fitted(named(error.getValue()) + ": " + error.getKey()))
        .collect(Collectors.joining());
  }

  private static String named(List<Integer> ids) {
    String first =
        ids.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
    return (ids.size() == 1 ? "script " : "scripts ")
        + first
        + (ids.size() > MOST_NAMED ? " and %d more".formatted(ids.size() - MOST_NAMED) : "");
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
        .map(words -> fitted("warning: " + ServerText.harmless(words)))
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
