package api;

import api.dto.HealthAnswer;
import api.dto.InstanceInfo;
import api.dto.LogsAnswer;
import api.dto.ScriptStatusAnswer;
import api.dto.StatusAnswer;
import api.dto.StatusData;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import model.ApiFormat;
import model.Script;
import monitor.Health;
import monitor.ScriptLogs;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import scripts.Orchestrator;
import scripts.ScriptSnapshot;

/** The calls that only read. */
public final class StatusApi {
  private static final int DEFAULT_LINES = 50;

  private final Orchestrator orchestrator;
  private final InstanceDescription description;
  private final StatusView view;
  private final ScriptLogs logs;
  private final Health health;
  private final InstantSource clock;

  public StatusApi(
      Orchestrator orchestrator,
      InstanceDescription description,
      StatusView view,
      ScriptLogs logs,
      Health health,
      InstantSource clock) {
    this.orchestrator = orchestrator;
    this.description = description;
    this.view = view;
    this.logs = logs;
    this.health = health;
    this.clock = clock;
  }

  /** {@code GET /api/status}. */
  public StatusAnswer status() {
    return new StatusAnswer(data(), now());
  }

  /** This instance's status data. */
  public StatusData data() {
    return view.of(orchestrator.snapshots());
  }

  /** {@code GET /api/scripts/{id}/status}. */
  public ScriptStatusAnswer script(@Header("id") String id) {
    return new ScriptStatusAnswer(view.of(script(orchestrator, id)), now());
  }

  /** {@code GET /api/scripts/{id}/logs}. */
  public LogsAnswer logs(@Header("id") String id, Exchange exchange) throws IOException {
    Script script = script(orchestrator, id).script();
    int lines = ApiCall.of(exchange).lines("lines", DEFAULT_LINES);
    return new LogsAnswer(script.id(), logs.last(script.name(), lines), now());
  }

  /** {@code GET /api/instance/info}. */
  public InstanceInfo info() {
    return description.info();
  }

  /** {@code GET /api/health}. */
  public HealthAnswer health(Exchange exchange) {
    Map<String, HealthAnswer.Check> checks = new LinkedHashMap<>();
    health
        .results()
        .forEach(
            (name, problem) ->
                checks.put(
                    name,
                    new HealthAnswer.Check(
                        problem.isEmpty() ? "up" : "down", problem.orElse(null))));
    boolean healthy = checks.values().stream().allMatch(check -> check.message() == null);
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, healthy ? 200 : 503);
    return new HealthAnswer(
        healthy ? "healthy" : "unhealthy",
        description.instanceId(),
        !orchestrator.isGoingDown(),
        checks,
        now());
  }

  /**
   * The answer to {@code GET /api/health} while nothing behind it can be asked.
   *
   * @param problem the reason
   */
  public HealthAnswer absent(String problem) {
    Map<String, HealthAnswer.Check> checks = new LinkedHashMap<>();
    health.names().forEach(name -> checks.put(name, new HealthAnswer.Check("down", problem)));
    return new HealthAnswer("unhealthy", description.instanceId(), false, checks, now());
  }

  private String now() {
    return ApiFormat.time(clock.instant());
  }

  /** The script in a path. */
  static ScriptSnapshot script(Orchestrator orchestrator, String id) {
    return Optional.of(id)
        .filter(text -> text.matches("[1-9]\\d{0,8}"))
        .flatMap(text -> orchestrator.snapshot(Integer.parseInt(text)))
        .orElseThrow(() -> new ApiException(404, "no script \"" + id + "\" on this instance"));
  }
}
