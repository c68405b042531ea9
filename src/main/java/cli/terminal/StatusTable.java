package cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The response to {@code GET /api/status} as a table: one line per script, and the totals below.
 */
public final class StatusTable {
  private static final int LONGEST_ERROR = 60;
  private static final String LAST_ERROR = "last error";

  private final JsonNode data;

  /**
   * @param data the field {@code data} of the response
   */
  public StatusTable(JsonNode data) {
    this.data = data;
  }

  @Override
  public String toString() {
    TextTable table =
        new TextTable(
            "script",
            "status",
            "pages",
            "done",
            "page",
            "files",
            "failed",
            "files/s",
            "left",
            padded(LAST_ERROR));
    data.path("scripts").forEach(script -> add(table, script));
    // the padding of the last column
    String rows =
        table.toString().lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
    return rows + "\n\n" + totals() + "\n";
  }

  private void add(TextTable table, JsonNode script) {
    table.row(
        number(script, "script_id"),
        status(script),
        pages(script),
        percent(script),
        number(script, "current_page"),
        number(script, "total_files_downloaded"),
        number(script, "failed_downloads"),
        rate(script),
        left(script),
        padded(error(script)));
  }

  private String totals() {
    return String.format(
        Locale.ROOT,
        "instance %s: %s scripts, %s running, %s of them waiting, %s completed, %s in error\n"
            + "%s pages (%s), %s files (%s), %s failed, %s files/s, %s left",
        text(data, "instance_id"),
        text(data, "total_scripts"),
        text(data, "running_scripts"),
        text(data, "waiting_scripts"),
        text(data, "completed_scripts"),
        text(data, "error_scripts"),
        pages(data),
        percent(data),
        text(data, "total_files_downloaded"),
        size(data),
        text(data, "failed_downloads"),
        rate(data),
        left(data));
  }

  private static String status(JsonNode script) {
    String status = ServerText.harmless(script.path("status").asText());
    return script.hasNonNull("waiting_reason")
        ? status + " (" + ServerText.harmless(script.path("waiting_reason").asText()) + ")"
        : status;
  }

  private static String error(JsonNode script) {
    return script.hasNonNull("last_error")
        ? ServerText.cut(ServerText.harmless(script.path("last_error").asText()), LONGEST_ERROR)
        : "-";
  }

  /** Text is left-aligned, unlike numbers. */
  private String padded(String error) {
    int width =
        StreamSupport.stream(data.path("scripts").spliterator(), false)
            .mapToInt(script -> error(script).length())
            .max()
            .orElse(0);
    return error + " ".repeat(Math.max(0, Math.max(width, LAST_ERROR.length()) - error.length()));
  }

  private static String pages(JsonNode node) {
    return text(node, "completed_pages") + "/" + text(node, "total_pages");
  }

  private static String percent(JsonNode node) {
    return decimal(node, "progress_percentage", "%.2f%%");
  }

  private static String rate(JsonNode node) {
    return decimal(node, "files_per_second", "%,.1f");
  }

  private static String decimal(JsonNode node, String field, String format) {
    JsonNode value = node.path(field);
    return value.isNumber() ? String.format(Locale.ROOT, format, value.asDouble()) : "-";
  }

  private static String left(JsonNode node) {
    JsonNode eta = node.path("eta_seconds");
    return eta.isNumber() ? Progress.left(eta.asLong()) : "-";
  }

  private static String size(JsonNode node) {
    JsonNode bytes = node.path("total_bytes");
    return bytes.isNumber()
        ? String.format(Locale.ROOT, "%,.1f MiB", bytes.asLong() / 1024.0 / 1024.0)
        : "-";
  }

  private static String text(JsonNode node, String field) {
    Long number = number(node, field);
    return number == null ? "-" : String.format(Locale.ROOT, "%,d", number);
  }

  private static Long number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNumber() ? value.asLong() : null;
  }
}
