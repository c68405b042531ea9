package api;

import com.fasterxml.jackson.databind.JsonNode;
import config.HarvestSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import scripts.Answer;
import scripts.Orchestrator;

/** The calls that change something. */
public final class ControlApi {
  static final Set<String> START_FIELDS =
      new TreeSet<>(Set.of("num_scripts", "delay")); // in the order of a message
  private static final int DEFAULT_COUNT = 5;
  private static final BigDecimal LONGEST_DELAY = BigDecimal.valueOf(3600);

  /** Written out, 1e-999999999 would take a gigabyte. */
  private static final int MOST_DECIMALS = 100;

  private final Orchestrator orchestrator;
  private final HarvestSettings harvest;

  public ControlApi(Orchestrator orchestrator, HarvestSettings harvest) {
    this.orchestrator = orchestrator;
    this.harvest = harvest;
  }

  /** {@code POST /api/scripts/start}. */
  public Map<String, Object> start(Exchange exchange) {
    JsonNode asked = accept(exchange, START_FIELDS);
    int count = count(asked.path("num_scripts"));
    BigDecimal delay = delay(asked.path("delay"));
    List<Integer> started =
        orchestrator.startFirst(count, Duration.ofMillis(delay.movePointRight(3).longValue()));
    Map<String, Object> answer =
        said(
            started.isEmpty()
                ? "no script is left to start"
                : "starting %d scripts, one every %s s"
                    .formatted(started.size(), delay.toPlainString()));
    answer.put("num_scripts", count);
    answer.put("delay", delay);
    answer.put("scripts", started);
    return answer;
  }

  private int count(JsonNode asked) {
    int most = harvest.distribution().scripts().size();
    if (asked.isMissingNode()) {
      return DEFAULT_COUNT;
    }
    if (!asked.isIntegralNumber()
        || !asked.canConvertToInt()
        || asked.asInt() < 1
        || asked.asInt() > most) {
      throw new ApiException(400, "num_scripts must be a whole number from 1 to " + most);
    }
    return asked.asInt();
  }

  private BigDecimal delay(JsonNode asked) {
    if (asked.isMissingNode()) {
      return BigDecimal.valueOf(harvest.startDelay().toMillis(), 3).stripTrailingZeros();
    }
    if (!asked.isNumber()
        || asked.decimalValue().signum() < 0
        || asked.decimalValue().compareTo(LONGEST_DELAY) > 0
        || asked.decimalValue().scale() > MOST_DECIMALS) {
      throw new ApiException(400, "delay must be a number of seconds from 0 to " + LONGEST_DELAY);
    }
    return asked.decimalValue();
  }

  /** {@code POST /api/scripts/start/{id}}. */
  public Map<String, Object> startOne(@Header("id") String id, Exchange exchange) {
    int script = script(id);
    accept(exchange, Set.of());
    Answer answer = orchestrator.start(script);
    if (answer == Answer.STOPPING) {
      throw new ApiException(
          409, "script " + script + " is stopping; it can be started when it has stopped");
    }
    return said(
        script,
        switch (answer) {
          case RUNNING -> "is running already";
          case COMPLETED -> "is completed";
          default -> "is being started";
        });
  }

  /** {@code POST /api/scripts/stop/{id}}. */
  public Map<String, Object> stopOne(@Header("id") String id, Exchange exchange) {
    int script = script(id);
    accept(exchange, Set.of());
    Answer answer = orchestrator.stop(script);
    accepted(exchange);
    return said(
        script,
        switch (answer) {
          case NOT_RUNNING -> "is not running";
          case STOPPING -> "is stopping already";
          default -> "is stopping";
        });
  }

  /** {@code POST /api/scripts/stop-all}. */
  public Map<String, Object> stopAll(Exchange exchange) {
    accept(exchange, Set.of());
    orchestrator.stopAll();
    accepted(exchange);
    return said("all scripts are stopping");
  }

  /** {@code POST /api/scripts/{id}/sweep}. */
  public Map<String, Object> sweep(@Header("id") String id, Exchange exchange) {
    int script = script(id);
    accept(exchange, Set.of());
    boolean atOnce = orchestrator.sweep(script);
    accepted(exchange);
    return said(
        script,
        atOnce
            ? "walks its pages again"
            : "is stopping; it walks its pages again when it is started");
  }

  /** {@code POST /api/retry-failed}. */
  public Map<String, Object> retryFailed(Exchange exchange) {
    accept(exchange, Set.of());
    int queued = orchestrator.retryFailed();
    accepted(exchange);
    return Map.of("status", "success", "queued", queued);
  }

  /** Nothing is begun before the whole call is known to be right. */
  private JsonNode accept(Exchange exchange, Set<String> fields) {
    JsonNode body = ApiCall.of(exchange).object(fields);
    requireUp(orchestrator);
    return body;
  }

  /**
   * Makes sure that something can still be begun.
   *
   * @throws ApiException when the instance is going down
   */
  static void requireUp(Orchestrator orchestrator) {
    if (orchestrator.isGoingDown()) {
      throw new ApiException(409, "the instance is going down");
    }
  }

  /** What was asked for is done after the answer. */
  static void accepted(Exchange exchange) {
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
  }

  private static Map<String, Object> said(int script, String what) {
    Map<String, Object> answer = said("script " + script + " " + what);
    answer.put("script_id", script);
    return answer;
  }

  private static Map<String, Object> said(String message) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", "success");
    answer.put("message", message);
    return answer;
  }

  private int script(String id) {
    return StatusApi.script(orchestrator, id).script().id();
  }
}
