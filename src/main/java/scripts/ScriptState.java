package scripts;

import static scripts.ScriptStatus.COMPLETED;
import static scripts.ScriptStatus.ERROR;
import static scripts.ScriptStatus.NOT_STARTED;
import static scripts.ScriptStatus.RUNNING;
import static scripts.ScriptStatus.STARTING;
import static scripts.ScriptStatus.STOPPED;
import static scripts.ScriptStatus.STOPPING;
import static scripts.ScriptStatus.WAITING;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a script, as a table of transitions, with its waiting reason and last error. An
 * event without a transition in the current state has no effect.
 */
final class ScriptState {
  /** What happens to a script. */
  enum Event {
    /** A start is requested. */
    START,
    /** The turn of the requested start has come. */
    BEGIN,
    /** A stop is requested. */
    STOP,
    /** The portal, the store or a captcha holds the page up. */
    WAIT,
    /** The work on the page continues. */
    PROGRESS,
    /** No page is left. */
    COMPLETE,
    /** Something happened that a person must fix. */
    BREAK,
    /** The route has ended after a stop. */
    ROUTE_ENDED,
    /** Somebody else started the route. */
    ROUTE_STARTED,
    /** Pages must be read again. */
    REOPEN
  }

  private static final Map<ScriptStatus, Map<Event, ScriptStatus>> TABLE = table();

  private volatile ScriptStatus status;
  private ScriptStatus beforeStart;
  private @Nullable WaitingReason waitingReason;
  private @Nullable String error;

  ScriptState(ScriptStatus first) {
    this.status = first;
    this.beforeStart = first;
  }

  private static Map<ScriptStatus, Map<Event, ScriptStatus>> table() {
    Map<Event, ScriptStatus> canStart = Map.of(Event.START, STARTING, Event.ROUTE_STARTED, RUNNING);
    Map<ScriptStatus, Map<Event, ScriptStatus>> table = new EnumMap<>(ScriptStatus.class);
    table.put(NOT_STARTED, canStart);
    table.put(ERROR, canStart);
    table.put(STOPPED, with(canStart, Event.BREAK, ERROR)); // the last page may end after the stop
    table.put(COMPLETED, with(canStart, Event.REOPEN, STOPPED));
    table.put(STARTING, Map.of(Event.BEGIN, RUNNING, Event.ROUTE_STARTED, RUNNING));
    Map<Event, ScriptStatus> atWork =
        Map.of(
            Event.STOP, STOPPING,
            Event.WAIT, WAITING,
            Event.COMPLETE, COMPLETED,
            Event.BREAK, ERROR);
    table.put(RUNNING, atWork);
    table.put(WAITING, with(atWork, Event.PROGRESS, RUNNING));
    table.put(
        STOPPING,
        Map.of(
            Event.ROUTE_ENDED, STOPPED,
            Event.COMPLETE, COMPLETED,
            Event.ROUTE_STARTED, RUNNING,
            Event.BREAK, ERROR));
    return table;
  }

  private static Map<Event, ScriptStatus> with(
      Map<Event, ScriptStatus> row, Event event, ScriptStatus next) {
    Map<Event, ScriptStatus> longer = new EnumMap<>(row);
    longer.put(event, next);
    return longer;
  }

  /**
   * The state after an event; a start that is cancelled before its turn returns to the previous
   * state.
   */
  private Optional<ScriptStatus> after(Event event) {
    return status == STARTING && event == Event.STOP
        ? Optional.of(beforeStart)
        : Optional.ofNullable(TABLE.getOrDefault(status, Map.of()).get(event));
  }

  /** Applies an event; returns whether it changed the state. */
  boolean on(Event event) {
    return on(event, null, error);
  }

  /**
   * Applies an event; returns whether it changed the state.
   *
   * @param reason what the script waits for from now on; null if it does not
   * @param error what has gone wrong; null if nothing has
   */
  boolean on(Event event, @Nullable WaitingReason reason, @Nullable String error) {
    Optional<ScriptStatus> next = after(event);
    if (next.isEmpty()) {
      return false;
    }
    if (event == Event.START) {
      beforeStart = status;
    }
    this.waitingReason = reason;
    this.error = error;
    status = next.get();
    return true;
  }

  /** Sets the last error, without changing the state. */
  void note(@Nullable String error) {
    this.error = error;
  }

  /** The current status; may be called without a lock. */
  ScriptStatus status() {
    return status;
  }

  /** Whether the script works on its pages; may be called without a lock. */
  boolean isActive() {
    ScriptStatus now = status;
    return now == RUNNING || now == WAITING;
  }

  @Nullable WaitingReason waitingReason() {
    return waitingReason;
  }

  @Nullable String error() {
    return error;
  }
}
