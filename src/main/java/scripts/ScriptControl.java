package scripts;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import ledger.Ledger;
import ledger.PageCounts;
import model.Backoff;
import model.Script;
import model.StopSignal;
import model.Ticker;
import org.jspecify.annotations.Nullable;
import scripts.ScriptState.Event;

/**
 * One script: its state, its pages and its statistics under one lock. Used concurrently by the
 * script's own route and by those who observe and control it.
 */
final class ScriptControl {
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));

  private final Script script;
  private final PageCursor pages;
  private final ScriptStats stats;
  private final ScriptState state;
  private final ScriptListener listener;
  private final Ticker ticker;

  private volatile StopSignal stopSignal;
  private int failures;
  private long retryAtNanos;
  private boolean justCompleted;
  private volatile @Nullable String heldBack;

  /**
   * @param last whether it is the last script that has pages
   * @param clock the wall clock
   * @param ticker for waits and rates
   */
  ScriptControl(
      Script script,
      boolean last,
      Ledger ledger,
      ScriptListener listener,
      InstantSource clock,
      Ticker ticker) {
    this.script = script;
    this.listener = listener;
    this.ticker = ticker;
    this.pages = new PageCursor(script, last, ledger);
    this.stats = new ScriptStats(clock, ticker);
    this.state = new ScriptState(first(pages));
    this.stopSignal = new StopSignal(ticker);
    stopSignal.fire(); // nothing runs yet
  }

  private static ScriptStatus first(PageCursor pages) {
    if (pages.open().isEmpty()) {
      return ScriptStatus.COMPLETED;
    }
    PageCounts done = pages.tally();
    boolean begun = done.completedPages() > 0 || done.stored() > 0;
    return begun ? ScriptStatus.STOPPED : ScriptStatus.NOT_STARTED;
  }

  Script script() {
    return script;
  }

  private boolean change(Event event) {
    return change(event, null, state.error());
  }

  private boolean change(Event event, @Nullable WaitingReason reason, @Nullable String error) {
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

  /** Tells a new listener the current state. */
  synchronized void tell(ScriptListener newcomer) {
    tell(newcomer, state.status());
  }

  private void tell(ScriptListener whom, ScriptStatus before) {
    whom.changed(
        new ScriptChange(script, before, state.status(), state.waitingReason(), state.error()));
  }

  /** Requests a start. */
  synchronized RequestResult start() {
    if (state.status() == ScriptStatus.STOPPING) {
      return RequestResult.STOPPING;
    }
    if (state.status().isRunning()) {
      return RequestResult.RUNNING;
    }
    if (pages.open().isEmpty()) {
      return RequestResult.COMPLETED;
    }
    change(Event.START);
    return RequestResult.ACCEPTED;
  }

  /** Begins the run when the start's turn has come; false if the start is no longer wanted. */
  synchronized boolean beginRun() {
    return run(Event.BEGIN);
  }

  /** Somebody else started the script's route. */
  synchronized void startedFromOutside() {
    run(Event.ROUTE_STARTED);
  }

  private boolean run(Event event) {
    StopSignal fresh = new StopSignal(ticker);
    if (!change(event, null, null)) {
      return false;
    }
    stopSignal = fresh;
    stats.begin();
    failures = 0;
    retryAtNanos = ticker.nanos();
    return true;
  }

  /** Requests a stop; a start whose turn has not come yet is cancelled. */
  synchronized RequestResult stop() {
    if (state.status() == ScriptStatus.STOPPING) {
      return RequestResult.STOPPING;
    }
    return change(Event.STOP) ? RequestResult.ACCEPTED : RequestResult.NOT_RUNNING;
  }

  /** Somebody else stopped the script's route. */
  synchronized void stoppedFromOutside() {
    if (state.isActive()) {
      change(Event.STOP, null, "stopped from outside, through JMX");
    }
  }

  /** Opens all pages again. */
  synchronized void sweep() {
    if (script.pages().isPresent()) {
      pages.sweep();
      change(Event.REOPEN);
    }
  }

  /** The portal lists this many documents now; returns how many it listed before, if known. */
  synchronized OptionalLong sawTotal(long documents) {
    return pages.sawTotal(documents);
  }

  /** The portal lists this many pages now. */
  synchronized void listed(long listed) {
    pages.listed(listed);
  }

  /** Whether no further document should be started; does not block. */
  boolean isStopping() {
    return !state.isActive();
  }

  /** The signal of the current run, or of the last one; different for each run. */
  StopSignal stopSignal() {
    return stopSignal;
  }

  /** The page to work on now; empty if there is nothing to do at the moment. */
  synchronized OptionalInt next() {
    if (!state.isActive() || ticker.nanos() - retryAtNanos < 0) {
      return OptionalInt.empty();
    }
    OptionalInt page = pages.take();
    if (page.isEmpty()) {
      justCompleted = change(Event.COMPLETE);
      return page;
    }
    stats.updated();
    return page;
  }

  /** Whether the script has completed since the last call. */
  synchronized boolean hasJustCompleted() {
    boolean just = justCompleted;
    justCompleted = false;
    return just;
  }

  /** The report of a walk over all pages that has just ended; returned once. */
  synchronized Optional<String> walkEnd() {
    return state.status() == ScriptStatus.COMPLETED ? pages.report() : Optional.empty();
  }

  /** The work on the page makes progress, so whatever the script waited for is available again. */
  synchronized void progressed() {
    if (!pages.isHeld() || state.waitingReason() == WaitingReason.CAPTCHA) {
      change(Event.PROGRESS); // the listing of a held page always comes
    }
    stats.moved();
  }

  synchronized void stored() {
    stats.stored();
    pages.goOn();
    if (state.waitingReason() == WaitingReason.CAPTCHA || isHeldBack()) {
      stats.moved(); // an upload has ended; the captcha, or the pause, is still there
    } else {
      progressed();
    }
  }

  /** The script waits for a person; the page stays in progress until there is an answer. */
  synchronized void waitsForPerson() {
    change(Event.WAIT, WaitingReason.CAPTCHA, null);
  }

  /**
   * The portal holds the script's requests back.
   *
   * @param words who asked for it, and until when; empty if it does not, or no longer
   */
  void heldBack(Optional<String> words) {
    if (words.isPresent() || heldBack != null) {
      holdBack(words);
    }
  }

  private synchronized void holdBack(Optional<String> words) {
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

  private boolean isHeldBack() {
    return heldBack != null
        && heldBack.equals(state.error())
        && state.waitingReason() == WaitingReason.PORTAL;
  }

  /**
   * The page is complete.
   *
   * @return how many documents are looked for once more, because it was the last
   */
  synchronized int pageDone() {
    int looks = pages.done();
    failures = 0;
    progressed();
    state.note(null);
    return looks;
  }

  /** The page was left because the script stops. */
  synchronized void pageLeft() {
    pages.left();
  }

  /** The page failed; the script tries it again after a while. */
  synchronized Duration pageFailed(WaitingReason reason, String error) {
    pages.left();
    state.note(error);
    failures++;
    Duration wait = BACKOFF.after(failures);
    if (change(Event.WAIT, reason, error)) {
      retryAtNanos = ticker.nanos() + wait.toNanos();
    }
    return wait;
  }

  /** Nothing of the page could be had; the script looks at it again after a while. */
  synchronized Duration pageHeld(WaitingReason reason, String error) {
    pages.hold();
    return pageFailed(reason, error);
  }

  /** How often the page was looked at while it was held; empty if it is not held. */
  synchronized OptionalInt looks(int page) {
    return pages.looks(page);
  }

  /** A person accepts the held page as it is; returns it, or empty if none is held. */
  synchronized OptionalInt accept() {
    OptionalInt page = pages.accept();
    if (page.isPresent()) {
      retryAtNanos = ticker.nanos();
    }
    return page;
  }

  /** Something happened that a person must fix. */
  synchronized void broken(String error) {
    pages.left();
    state.note(error);
    change(Event.BREAK, null, error);
  }

  synchronized boolean isPageInWork() {
    return pages.isInWork();
  }

  /** The route has ended after a stop. */
  synchronized void stopped() {
    if (state.status() == ScriptStatus.STOPPING) {
      change(pages.open().isEmpty() ? Event.COMPLETE : Event.ROUTE_ENDED);
    }
  }

  /** The current status; does not block. */
  ScriptStatus status() {
    return state.status();
  }

  /** The complete current state. */
  synchronized ScriptSnapshot snapshot() {
    return new ScriptSnapshot(
        script,
        pages.lastPage(),
        state.status(),
        state.waitingReason(),
        pages.currentPage(),
        pages.tally(),
        stats.filesPerSecond(),
        stats.secondsPerFile(),
        stats.startTime(),
        stats.lastUpdated(),
        stats.lastProgress(),
        state.error());
  }
}
