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

/**
 * What a script does, as a table of transitions, with what it waits for and what went wrong. An
 * event that the table does not have in the present state changes nothing.
 */
final class ScriptState {
  /** What happens to a script. */
  enum Event {
    /** A start is requested. */
    START,
    /** The requested start has its turn. */
    BEGIN,
    /** A stop is requested. */
    STOP,
    /** The portal, the store or a person holds the page up. */
    WAIT,
    /** The page's work goes on. */
    PROGRESS,
    /** No page is left. */
    COMPLETE,
    /** Something happened that a person must fix. */
    BREAK,
    /** The route has ended after a stop. */
    ROUTE_ENDED,
    /** Somebody else started the route. */
    ROUTE_STARTED,
    /** Pages are to be read again. */
    REOPEN
  }

  private static final Map<ScriptStatus, Map<Event, ScriptStatus>> TABLE = table();

  private volatile ScriptStatus status;
  private ScriptStatus beforeStart;
  private WaitingReason waitingReason;
  private String error;

  ScriptState(ScriptStatus first) {
    this.status = first;
    this.beforeStart = first;
  }

  private static Map<ScriptStatus, Map<Event, ScriptStatus>> table() {
    Map<Event, ScriptStatus> canStart = Map.of(Event.START, STARTING, Event.ROUTE_STARTED, RUNNING);
    Map<ScriptStatus, Map<Event, ScriptStatus>> table = new EnumMap<>(ScriptStatus.class);
    table.put(NOT_STARTED, canStart);
    table.put(ERROR, canStart);
    table.put(STOPPED, with(canStart, Event.BREAK, ERROR)); // the last page may end later
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

  /** Where an event leads to; a start that is cancelled before its turn leads back. */
  private Optional<ScriptStatus> after(Event event) {
    return status == STARTING && event == Event.STOP
        ? Optional.of(beforeStart)
        : Optional.ofNullable(TABLE.get(status).get(event));
  }

  /** Whether the event changed the state. */
  boolean on(Event event) {
    return on(event, null, error);
  }

  /**
   * Whether the event changed the state.
   *
   * @param reason what the script waits for from now on; null if it does not
   * @param error what has gone wrong; null if nothing has
   */
  boolean on(Event event, WaitingReason reason, String error) {
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

  /** Notes what went wrong, or null that nothing did; the script does what it did. */
  void note(String error) {
    this.error = error;
  }

  /** What the script does; may be asked without a lock. */
  ScriptStatus status() {
    return status;
  }

  /** Whether it works on its pages; may be asked without a lock. */
  boolean isActive() {
    ScriptStatus now = status;
    return now == RUNNING || now == WAITING;
  }

  WaitingReason waitingReason() {
    return waitingReason;
  }

  String error() {
    return error;
  }
}
