package api;

import config.HarvestSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ledger.Ledger;
import ledger.UnstoredRow;
import model.ApiFormat;
import model.PageRange;
import model.Script;
import monitor.Health;
import monitor.ScriptLogs;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import scripts.Orchestrator;
import scripts.ScriptSnapshot;

/** The calls that only look. */
public final class StatusApi {
  private static final int DEFAULT_FAILURES = 100;
  private static final int DEFAULT_LINES = 50;

  private final Orchestrator orchestrator;
  private final Ledger ledger;
  private final HarvestSettings harvest;
  private final String version;
  private final Map<String, Object> configuration;
  private final StatusData statusData;
  private final ScriptLogs logs;
  private final Health health;

  /**
   * @param configuration what {@code GET /api/instance/info} shows of it; no secrets
   */
  public StatusApi(
      Orchestrator orchestrator,
      Ledger ledger,
      HarvestSettings harvest,
      String version,
      Map<String, Object> configuration,
      StatusData statusData,
      ScriptLogs logs,
      Health health) {
    this.orchestrator = orchestrator;
    this.ledger = ledger;
    this.harvest = harvest;
    this.version = version;
    this.configuration = configuration;
    this.statusData = statusData;
    this.logs = logs;
    this.health = health;
  }

  /** {@code GET /api/status}. */
  public Map<String, Object> status() {
    return success("data", data());
  }

  /** This instance's status data. */
  public Map<String, Object> data() {
    return statusData.of(orchestrator.snapshots());
  }

  /** {@code GET /api/scripts/{id}/status}. */
  public Map<String, Object> script(@Header("id") String id) {
    return success("data", statusData.of(script(orchestrator, id)));
  }

  /** {@code GET /api/scripts/{id}/failures}. */
  public Map<String, Object> failures(@Header("id") String id, Exchange exchange) {
    ScriptSnapshot snapshot = script(orchestrator, id);
    Script script = snapshot.script();
    int most = ApiCall.of(exchange).lines("limit", DEFAULT_FAILURES);
    List<Map<String, Object>> failures =
        script
            .pages()
            .map(pages -> ledger.unstoredRows(pages.first(), snapshot.lastPage(), most))
            .orElse(List.of())
            .stream()
            .map(StatusApi::failure)
            .toList();
    Map<String, Object> answer = success("script_id", script.id());
    answer.put("failures", failures);
    return answer;
  }

  private static Map<String, Object> failure(UnstoredRow row) {
    Map<String, Object> failure = new LinkedHashMap<>();
    failure.put("id", row.id());
    failure.put("page", row.page());
    failure.put("row", row.row());
    failure.put("url", row.url());
    failure.put("title", row.title());
    failure.put("state", row.state().word());
    failure.put("reason", row.reason());
    failure.put("attempts", row.attempts());
    failure.put("last_attempt", row.lastAttempt() == null ? null : row.lastAttempt().toString());
    return failure;
  }

  /** {@code GET /api/scripts/{id}/logs}. */
  public Map<String, Object> logs(@Header("id") String id, Exchange exchange) throws IOException {
    Script script = script(orchestrator, id).script();
    int lines = ApiCall.of(exchange).lines("lines", DEFAULT_LINES);
    Map<String, Object> answer = success("script_id", script.id());
    answer.put("logs", logs.last(script.name(), lines));
    return answer;
  }

  /** {@code GET /api/instance/info}. */
  public Map<String, Object> info() {
    List<Integer> scripts =
        harvest.distribution().scriptsOf(harvest.instanceId()).stream().map(Script::id).toList();
    Optional<PageRange> pages = harvest.distribution().pagesOf(harvest.instanceId());
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("status", "success");
    info.put("instance_id", harvest.instanceId());
    info.put("assigned_scripts", scripts);
    info.put("total_scripts", scripts.size());
    info.put("start_page", pages.map(PageRange::first).orElse(null));
    info.put("end_page", pages.map(PageRange::last).orElse(null));
    info.put("version", version);
    info.put("config", configuration);
    return info;
  }

  /** {@code GET /api/health}. */
  public Map<String, Object> health(Exchange exchange) {
    Map<String, Object> checks = new LinkedHashMap<>();
    boolean healthy = true;
    for (Map.Entry<String, Optional<String>> check : health.results().entrySet()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("status", check.getValue().isEmpty() ? "up" : "down");
      result.put("message", check.getValue().orElse(null));
      checks.put(check.getKey(), result);
      healthy &= check.getValue().isEmpty();
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", healthy ? "healthy" : "unhealthy");
    answer.put("instance_id", harvest.instanceId());
    answer.put("orchestrator_ready", !orchestrator.isGoingDown());
    answer.put("checks", checks);
    answer.put("timestamp", now());
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, healthy ? 200 : 503);
    return answer;
  }

  static Map<String, Object> success(String name, Object value) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", "success");
    answer.put(name, value);
    answer.put("timestamp", now());
    return answer;
  }

  static String now() {
    return ApiFormat.time(Instant.now());
  }

  /** The script that a path names. */
  static ScriptSnapshot script(Orchestrator orchestrator, String id) {
    return Optional.of(id)
        .filter(text -> text.matches("[1-9]\\d{0,8}"))
        .flatMap(text -> orchestrator.snapshot(Integer.parseInt(text)))
        .orElseThrow(() -> new ApiException(404, "no script \"" + id + "\" on this instance"));
  }
}
