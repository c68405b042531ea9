package routes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import control.HarvestSettings;
import control.Orchestrator;
import control.ScriptStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** The calls that change something. */
public final class ControlApi {
  private static final Set<String> START_FIELDS = Set.of("num_scripts", "delay");
  private static final int DEFAULT_COUNT = 5;
  private static final BigDecimal LONGEST_DELAY = BigDecimal.valueOf(3600);

  private final Orchestrator orchestrator;
  private final HarvestSettings harvest;
  private final ObjectMapper json = new ObjectMapper();

  public ControlApi(Orchestrator orchestrator, HarvestSettings harvest) {
    this.orchestrator = orchestrator;
    this.harvest = harvest;
  }

  /** {@code POST /api/scripts/start}. */
  public Map<String, Object> start(
      @Body String body, @Header(Exchange.CONTENT_TYPE) String contentType) {
    JsonNode asked = object(body, contentType);
    asked
        .fieldNames()
        .forEachRemaining(
            field -> {
              if (!START_FIELDS.contains(field)) {
                throw new ApiException(
                    400, "\"" + field + "\" is no field; expected num_scripts and delay");
              }
            });
    int count = count(asked.path("num_scripts"));
    BigDecimal delay = delay(asked.path("delay"));
    List<Integer> started =
        orchestrator.startFirst(count, Duration.ofMillis(delay.movePointRight(3).longValue()));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", "success");
    answer.put(
        "message",
        started.isEmpty()
            ? "no script is left to start"
            : "starting " + started.size() + " scripts, one every " + delay.toPlainString() + " s");
    answer.put("num_scripts", count);
    answer.put("delay", delay);
    answer.put("scripts", started);
    return answer;
  }

  private JsonNode object(String body, String contentType) {
    if (body == null || body.isBlank()) {
      return json.createObjectNode();
    }
    if (contentType != null && !contentType.toLowerCase().startsWith("application/json")) {
      throw new ApiException(415, "the body must be application/json");
    }
    try {
      JsonNode node = json.readTree(body);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      // said below: for the caller both are the same
    }
    throw new ApiException(400, "the body is not a JSON object");
  }

  private int count(JsonNode asked) {
    int most = harvest.distribution().scripts().size();
    if (asked.isMissingNode()) {
      return Math.min(DEFAULT_COUNT, most);
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
        || asked.decimalValue().compareTo(LONGEST_DELAY) > 0) {
      throw new ApiException(400, "delay must be a number of seconds from 0 to " + LONGEST_DELAY);
    }
    return asked.decimalValue();
  }

  /** {@code POST /api/scripts/start/{id}}. */
  public Map<String, Object> startOne(@Header("id") String id) {
    int script = script(id);
    if (orchestrator.start(script)) {
      return said(script, "script " + script + " is being started");
    }
    ScriptStatus status = status(script);
    if (status == ScriptStatus.STOPPING) {
      throw new ApiException(
          409, "script " + script + " is stopping; start it when it has stopped");
    }
    return said(
        script,
        "script "
            + script
            + (status == ScriptStatus.COMPLETED ? " is completed" : " is already running"));
  }

  /** {@code POST /api/scripts/stop/{id}}. */
  public Map<String, Object> stopOne(@Header("id") String id, Exchange exchange) {
    int script = script(id);
    boolean stopping = orchestrator.stop(script) || status(script) == ScriptStatus.STOPPING;
    accepted(exchange);
    return said(script, "script " + script + (stopping ? " is stopping" : " is not running"));
  }

  /** {@code POST /api/scripts/stop-all}. */
  public Map<String, Object> stopAll(Exchange exchange) {
    orchestrator.stopAll();
    accepted(exchange);
    return Map.of("status", "success", "message", "all scripts are stopping");
  }

  /** {@code POST /api/retry-failed}. */
  public Map<String, Object> retryFailed(Exchange exchange) {
    int queued = orchestrator.retryFailed();
    accepted(exchange);
    return Map.of("status", "success", "queued", queued);
  }

  private static void accepted(Exchange exchange) {
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
  }

  private static Map<String, Object> said(int script, String message) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", "success");
    answer.put("message", message);
    answer.put("script_id", script);
    return answer;
  }

  private ScriptStatus status(int script) {
    return orchestrator.snapshot(script).orElseThrow().status();
  }

  private int script(String id) {
    return StatusApi.script(orchestrator, id).script().id();
  }
}
