package api;

import config.HarvestSettings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import model.ApiFormat;
import monitor.ErrorCounts;
import monitor.SystemFigures;
import scripts.ScriptSnapshot;
import scripts.ScriptStatus;

/** A script's and the instance's state under the names of the API. */
public final class StatusData {
  private final HarvestSettings harvest;
  private final SystemFigures system;
  private final ErrorCounts errors;

  public StatusData(HarvestSettings harvest, SystemFigures system, ErrorCounts errors) {
    this.harvest = harvest;
    this.system = system;
    this.errors = errors;
  }

  Map<String, Object> of(List<ScriptSnapshot> scripts) {
    long running = sum(scripts, script -> script.status().isRunning() ? 1 : 0);
    long stored = sum(scripts, script -> script.tally().stored());
    long failed = sum(scripts, script -> script.tally().failed());
    long pages = sum(scripts, ScriptSnapshot::totalPages);
    long completed = sum(scripts, script -> script.tally().completedPages());
    double rate = scripts.stream().mapToDouble(ScriptSnapshot::filesPerSecond).sum();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("instance_id", harvest.instanceId());
    data.put("total_scripts", scripts.size());
    data.put("running_scripts", running);
    data.put("completed_scripts", count(scripts, ScriptStatus.COMPLETED));
    data.put("error_scripts", count(scripts, ScriptStatus.ERROR));
    data.put("waiting_scripts", count(scripts, ScriptStatus.WAITING));
    data.put("total_files_downloaded", stored);
    data.put("total_bytes", sum(scripts, script -> script.tally().bytes()));
    data.put("failed_downloads", failed);
    data.put("total_pages", pages);
    data.put("completed_pages", completed);
    data.put("progress_percentage", percent(completed, pages));
    data.put("success_rate", successRate(stored, failed));
    data.put("files_per_second", ApiFormat.rounded(rate));
    data.put("eta_seconds", running == 0 ? null : eta(pages - completed, rate));
    data.put("system", system.figures());
    data.put("errors", errors.all());
    data.put("scripts", scripts.stream().map(this::of).toList());
    return data;
  }

  Map<String, Object> of(ScriptSnapshot script) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("script_id", script.script().id());
    data.put("status", script.status().word());
    data.put("is_running", script.status().isRunning());
    data.put("start_page", script.script().pages().map(range -> range.first()).orElse(null));
    data.put("end_page", script.lastPage() == 0 ? null : script.lastPage());
    data.put("total_pages", script.totalPages());
    data.put("current_page", script.currentPage() == 0 ? null : script.currentPage());
    data.put("completed_pages", script.tally().completedPages());
    data.put("progress_percentage", percent(script.tally().completedPages(), script.totalPages()));
    data.put("total_files_downloaded", script.tally().stored());
    data.put("total_bytes", script.tally().bytes());
    data.put("failed_downloads", script.tally().failed());
    data.put(
        "average_seconds_per_file",
        script.secondsPerFile() == null ? null : ApiFormat.rounded(script.secondsPerFile()));
    data.put("files_per_second", ApiFormat.rounded(script.filesPerSecond()));
    data.put("eta_seconds", script.etaSeconds(harvest.distribution().pageSize()));
    data.put("start_time", time(script.startTime()));
    data.put("last_updated", time(script.lastUpdated()));
    data.put("last_error", withoutUser(script.lastError()));
    data.put(
        "waiting_reason", script.waitingReason() == null ? null : script.waitingReason().word());
    return data;
  }

  /** The user in an address may be a secret. */
  private static String withoutUser(String error) {
    return error == null ? null : error.replaceAll("//[^/@\\s]*@", "//");
  }

  private Long eta(long pagesLeft, double rate) {
    return pagesLeft == 0 || rate == 0
        ? null
        : Math.round(pagesLeft * harvest.distribution().pageSize() / rate);
  }

  private static long sum(List<ScriptSnapshot> scripts, ToLongFunction<ScriptSnapshot> what) {
    return scripts.stream().mapToLong(what).sum();
  }

  private static long count(List<ScriptSnapshot> scripts, ScriptStatus status) {
    return scripts.stream().filter(script -> script.status() == status).count();
  }

  static double percent(long part, long whole) {
    return whole == 0 ? 100 : Math.floor(part * 10_000.0 / whole) / 100;
  }

  static Double successRate(long stored, long failed) {
    return stored + failed == 0 ? null : percent(stored, stored + failed);
  }

  private static String time(Instant time) {
    return time == null ? null : ApiFormat.time(time);
  }
}
