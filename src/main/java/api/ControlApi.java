package api;

import api.dto.AcceptRequest;
import api.dto.AcceptedAnswer;
import api.dto.Message;
import api.dto.NoFields;
import api.dto.QueuedAnswer;
import api.dto.RetryRequest;
import api.dto.ScriptAnswer;
import api.dto.StartAnswer;
import api.dto.StartRequest;
import api.dto.SweepRequest;
import config.HarvestSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import ledger.FailureFilter;
import model.Acceptance;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import scripts.Orchestrator;
import scripts.RequestResult;
import scripts.ScriptSnapshot;
import scripts.ScriptStatus;

/** The calls that control the scripts. */
public final class ControlApi {
  private static final Optional<ScriptStatus> STARTING = Optional.of(ScriptStatus.STARTING);
  private static final int DEFAULT_COUNT = 5;
  private static final int LONGEST_NOTE = 1000;
  private static final BigDecimal LONGEST_DELAY = BigDecimal.valueOf(3600);

  /** Written in full, 1e-999999999 would take a gigabyte. */
  private static final int MOST_DECIMALS = 100;

  private final Orchestrator orchestrator;
  private final HarvestSettings harvest;
  private final FailureSelection selection;
  private final InstantSource clock;

  public ControlApi(Orchestrator orchestrator, HarvestSettings harvest, InstantSource clock) {
    this.orchestrator = orchestrator;
    this.harvest = harvest;
    this.clock = clock;
    this.selection = new FailureSelection(orchestrator);
  }

  /** {@code POST /api/scripts/start}. */
  public StartAnswer start(Exchange exchange) {
    StartRequest asked = accept(exchange, StartRequest.class);
    int count = count(asked.numScripts());
    BigDecimal delay = delay(asked.delay());
    List<Integer> started =
        orchestrator.startFirst(count, Duration.ofMillis(delay.movePointRight(3).longValue()));
    return new StartAnswer(starting(started.size(), delay), count, delay, started);
  }

  private static String starting(int scripts, BigDecimal delay) {
    return switch (scripts) {
      case 0 -> "no script is left to start";
      case 1 -> "starting 1 script";
      default -> "starting %d scripts, one every %s s".formatted(scripts, delay.toPlainString());
    };
  }

  private int count(@Nullable Integer asked) {
    int most = harvest.distribution().scripts().size();
    int count = asked == null ? DEFAULT_COUNT : asked;
    if (asked != null && (count < 1 || count > most)) {
      throw new ApiException(400, "num_scripts must be a whole number from 1 to " + most);
    }
    return count;
  }

  private BigDecimal delay(@Nullable BigDecimal asked) {
    if (asked == null) {
      return BigDecimal.valueOf(harvest.starts().delay().toMillis(), 3).stripTrailingZeros();
    }
    if (asked.signum() < 0 || asked.compareTo(LONGEST_DELAY) > 0 || asked.scale() > MOST_DECIMALS) {
      throw new ApiException(400, "delay must be a number of seconds from 0 to " + LONGEST_DELAY);
    }
    return asked;
  }

  /** {@code POST /api/scripts/start/{id}}. */
  public ScriptAnswer startOne(@Header("id") String id, Exchange exchange) {
    int script = script(id);
    accept(exchange, NoFields.class);
    boolean hasItsTurnAhead =
        orchestrator.snapshot(script).map(ScriptSnapshot::status).equals(STARTING);
    RequestResult result = orchestrator.start(script);
    if (result == RequestResult.STOPPING) {
      throw new ApiException(
          409, "script " + script + " is stopping; it can be started once it has stopped");
    }
    return said(
        script,
        switch (result) {
          case RUNNING ->
              hasItsTurnAhead ? "waits for its turn to start already" : "is running already";
          case COMPLETED -> "is completed";
          default -> "is being started";
        });
  }

  /** {@code POST /api/scripts/stop/{id}}. */
  public ScriptAnswer stopOne(@Header("id") String id, Exchange exchange) {
    int script = script(id);
    accept(exchange, NoFields.class);
    RequestResult result = orchestrator.stop(script);
    accepted(exchange);
    return said(
        script,
        switch (result) {
          case NOT_RUNNING -> "is not running";
          case STOPPING -> "is stopping already";
          default -> "is stopping";
        });
  }

  /** {@code POST /api/scripts/stop-all}. */
  public Message stopAll(Exchange exchange) {
    accept(exchange, NoFields.class);
    boolean anyRuns =
        orchestrator.snapshots().stream().anyMatch(script -> script.status().isRunning());
    orchestrator.stopAll();
    accepted(exchange);
    return new Message(anyRuns ? "all scripts are stopping" : "no script is running");
  }

  /** {@code POST /api/scripts/{id}/sweep}. */
  public ScriptAnswer sweep(@Header("id") String id, Exchange exchange) {
    int script = script(id);
    boolean refresh = Boolean.TRUE.equals(accept(exchange, SweepRequest.class).refresh());
    boolean atOnce =
        refresh ? orchestrator.walks().refresh(script) : orchestrator.walks().sweep(script);
    accepted(exchange);
    return said(
        script,
        atOnce
            ? "walks its pages again"
            : "is stopping; it walks its pages again when it is started");
  }

  /** {@code POST /api/scripts/{id}/accept}. */
  public ScriptAnswer acceptPage(@Header("id") String id, Exchange exchange) {
    int script = script(id);
    accept(exchange, NoFields.class);
    int page =
        orchestrator
            .accept(script)
            .orElseThrow(
                () ->
                    new ApiException(
                        409,
                        "script "
                            + script
                            + " holds no page open whose documents could not be had"));
    accepted(exchange);
    return said(script, "closes page " + page + " as it is");
  }

  /** {@code POST /api/retry-failed}. */
  public QueuedAnswer retryFailed(Exchange exchange) {
    RetryRequest asked = accept(exchange, RetryRequest.class);
    FailureFilter which = selection.of(asked.reason(), asked.script(), asked.ids());
    long queued = orchestrator.remedies().retryFailed(which);
    accepted(exchange);
    return new QueuedAnswer(queued);
  }

  /** {@code POST /api/accept}. */
  public AcceptedAnswer acceptFailed(Exchange exchange) {
    AcceptRequest asked = accept(exchange, AcceptRequest.class);
    if (asked.reason() == null && asked.script() == null && asked.ids() == null) {
      throw new ApiException(400, "at least one of reason, script and ids is needed");
    }
    String note = asked.note() == null ? "" : asked.note().strip();
    if (note.isEmpty() || note.length() > LONGEST_NOTE) {
      throw new ApiException(400, "note must say why, in 1 to " + LONGEST_NOTE + " characters");
    }
    FailureFilter which = selection.of(asked.reason(), asked.script(), asked.ids());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    long number = orchestrator.remedies().acceptFailed(which, new Acceptance(now, note));
    accepted(exchange);
    return new AcceptedAnswer(number);
  }

  /** Validates the whole call before anything is done. */
  private <T> T accept(Exchange exchange, Class<T> type) {
    T body = ApiCall.of(exchange).body(type);
    requireUp(orchestrator);
    return body;
  }

  /**
   * Checks that the instance accepts changes.
   *
   * @throws ApiException if the instance is shutting down
   */
  static void requireUp(Orchestrator orchestrator) {
    if (orchestrator.isGoingDown()) {
      throw new ApiException(409, ApiGate.ENDING);
    }
  }

  /** Sets status 202: the request is carried out after the response. */
  static void accepted(Exchange exchange) {
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
  }

  private static ScriptAnswer said(int script, String what) {
    return new ScriptAnswer("script " + script + " " + what, script);
  }

  private int script(String id) {
    return StatusApi.script(orchestrator, id).script().id();
  }
}
