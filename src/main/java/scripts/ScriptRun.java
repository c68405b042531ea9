package scripts;

import java.time.InstantSource;
import java.util.Optional;
import model.Script;
import model.StopSignal;
import model.Ticker;
import org.jspecify.annotations.Nullable;
import scripts.ScriptState.Event;

/**
 * The current run of a script, or the last one: its state, its statistics and its stop signal.
 * Tells the listener every change. Used under the lock of {@link ScriptWork}, except where a method
 * says otherwise.
 */
final class ScriptRun {
  private static final String FROM_OUTSIDE = "stopped from outside, through JMX";

  private final Script script;
  private final ScriptListener listener;
  private final Ticker ticker;
  private final ScriptState state;
  private final ScriptStats stats;
  private volatile StopSignal stopSignal;
  private volatile @Nullable String heldBack;

  /**
   * @param clock the wall clock
   * @param ticker for waits and rates
   */
  ScriptRun(
      Script script,
      ScriptStatus first,
      ScriptListener listener,
      InstantSource clock,
      Ticker ticker) {
    this.script = script;
    this.listener = listener;
    this.ticker = ticker;
    this.state = new ScriptState(first);
    this.stats = new ScriptStats(clock, ticker);
    this.stopSignal = new StopSignal(ticker);
    stopSignal.fire(); // nothing runs yet
  }

  /** The state, to be read; it is changed by {@link #change}. */
  ScriptState state() {
    return state;
  }

  ScriptStats stats() {
    return stats;
  }

  /** The signal of the current run, or of the last one; may be called without a lock. */
  StopSignal stopSignal() {
    return stopSignal;
  }

  /** Applies an event that leaves the last error as it is. */
  boolean change(Event event) {
    return change(event, null, state.error());
  }

  /** Applies an event as {@link ScriptState#on} does, and tells the listener. */
  boolean change(Event event, @Nullable WaitingReason reason, @Nullable String error) {
    ScriptStatus before = state.status();
    if (!state.on(event, reason, error)) {
      return false;
    }
    stats.updated();
    if (!state.isActive()) {
      stopSignal.fire();
    }
    tell(listener, before);
    return true;
  }

  /** Somebody else stops the script's route; false if it is not running anyway. */
  boolean stopFromOutside() {
    return state.isActive() && change(Event.STOP, null, FROM_OUTSIDE);
  }

  /** Whether somebody else has stopped it, and it has not begun anew. */
  boolean wasStoppedFromOutside() {
    return FROM_OUTSIDE.equals(state.error());
  }

  /** Tells a new listener the current state. */
  void tell(ScriptListener newcomer) {
    tell(newcomer, state.status());
  }

  private void tell(ScriptListener whom, ScriptStatus before) {
    whom.changed(
        new ScriptChange(script, before, state.status(), state.waitingReason(), state.error()));
  }

  /** A new run begins; false if the event does not begin one now. */
  boolean begin(Event event) {
    StopSignal fresh = new StopSignal(ticker);
    if (!change(event, null, null)) {
      return false;
    }
    stopSignal = fresh;
    stats.begin();
    return true;
  }

  /** Whether {@link #holdBack} may change something; may be called without a lock. */
  boolean mayHoldBack(Optional<String> words) {
    return words.isPresent() || heldBack != null;
  }

  /**
   * The portal holds the script's requests back.
   *
   * @param words who asked for it, and until when; empty if it does not, or no longer
   */
  void holdBack(Optional<String> words) {
    boolean was = isHeldBack();
    if (words.isEmpty()) {
      heldBack = null;
      if (was) {
        change(Event.PROGRESS, null, null);
      }
    } else if (!was || !words.equals(Optional.ofNullable(heldBack))) {
      heldBack = words.get();
      change(Event.WAIT, WaitingReason.PORTAL, heldBack);
    }
  }

  /** Whether it still waits because the portal holds its requests back. */
  boolean isHeldBack() {
    return heldBack != null
        && heldBack.equals(state.error())
        && state.waitingReason() == WaitingReason.PORTAL;
  }

  /** The complete current state. */
  ScriptSnapshot snapshot(PageCursor pages) {
    return new ScriptSnapshot(
        script,
        pages.lastPage(),
        state.status(),
        state.waitingReason(),
        pages.currentPage(),
        pages.tally(),
        pages.rejected(),
        pages.replaced(),
        stats.filesPerSecond(),
        stats.secondsPerFile(),
        stats.startTime(),
        stats.lastUpdated(),
        stats.sinceProgress(),
        state.error());
  }
}
