package scripts;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import ledger.Ledger;
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
  private static final String FROM_OUTSIDE = "stopped from outside, through JMX";

  private final Script script;
  private final PageCursor pages;
  private final ScriptRun run;
  private final NextTry nextTry;
  private boolean justCompleted;
  private @Nullable IntSupplier source;

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
    this.pages = new PageCursor(script, last, ledger);
    this.run = new ScriptRun(script, pages.firstStatus(), listener, clock, ticker);
    this.nextTry = new NextTry(ticker);
  }

  Script script() {
    return script;
  }

  /** Tells a new listener the current state. */
  synchronized void tell(ScriptListener newcomer) {
    run.tell(newcomer);
  }

  /** Requests a start. */
  synchronized RequestResult start() {
    if (run.state().status() == ScriptStatus.STOPPING) {
      return RequestResult.STOPPING;
    }
    if (run.state().status().isRunning()) {
      return RequestResult.RUNNING;
    }
    if (!hasWork()) {
      return RequestResult.COMPLETED;
    }
    run.change(Event.START);
    return RequestResult.ACCEPTED;
  }

  /** Begins the run when the start's turn has come; false if the start is no longer wanted. */
  synchronized boolean beginRun() {
    return begin(Event.BEGIN);
  }

  /** Somebody else started the script's route. */
  synchronized void startedFromOutside() {
    begin(Event.ROUTE_STARTED);
  }

  private boolean begin(Event event) {
    if (!run.begin(event)) {
      return false;
    }
    nextTry.succeeded();
    nextTry.now();
    return true;
  }

  /** Requests a stop; a start whose turn has not come yet is cancelled. */
  synchronized RequestResult stop() {
    if (run.state().status() == ScriptStatus.STOPPING) {
      return RequestResult.STOPPING;
    }
    return run.change(Event.STOP) ? RequestResult.ACCEPTED : RequestResult.NOT_RUNNING;
  }

  /** Somebody else stops the script's route; false if it is not running anyway. */
  synchronized boolean stoppedFromOutside() {
    return run.state().isActive() && run.change(Event.STOP, null, FROM_OUTSIDE);
  }

  /** Opens all pages again. */
  synchronized void sweep() {
    if (script.pages().isPresent()) {
      pages.sweep();
      reopen();
    }
  }

  /** Opens all pages again, and has their stored documents asked for again. */
  synchronized void refresh() {
    if (script.pages().isPresent()) {
      pages.refresh();
      reopen();
    }
  }

  /** Nothing may be left of a source that never changes. */
  private void reopen() {
    if (hasWork()) {
      run.change(Event.REOPEN);
    }
  }

  private boolean hasWork() {
    return pages.open().isPresent() || pages.isGrowthDue();
  }

  /** The portal lists this many documents now; returns how many it listed before, if known. */
  synchronized OptionalLong sawTotal(long documents) {
    return pages.sawTotal(documents);
  }

  /** The portal lists this many pages now. */
  synchronized void listed(long listed) {
    pages.listed(listed);
  }

  /** The portal has grown up to this page, as somebody else has found. */
  synchronized void growTo(int page) {
    pages.growTo(page);
  }

  /** Whether no further document should be started; does not block. */
  boolean isStopping() {
    return !run.state().isActive();
  }

  /** The signal of the current run, or of the last one; different for each run. */
  StopSignal stopSignal() {
    return run.stopSignal();
  }

  /** The source never changes what it has listed, so that a sweep only looks for what has come. */
  synchronized void follow(IntSupplier growth) {
    source = growth;
    pages.fix();
  }

  /** Looks for pages that have come, if a sweep wants it. Only the script's route calls this. */
  void grow() {
    IntSupplier growth;
    synchronized (this) {
      growth = source;
      if (growth == null || !run.state().isActive() || !nextTry.isDue() || !pages.isGrowthDue()) {
        return;
      }
    }
    int now = growth.getAsInt();
    synchronized (this) {
      pages.grown(now);
      progressed();
    }
  }

  /** The page to work on now; empty if there is nothing to do at the moment. */
  synchronized OptionalInt next() {
    if (!run.state().isActive() || !nextTry.isDue()) {
      return OptionalInt.empty();
    }
    OptionalInt page = pages.take();
    if (page.isEmpty() && pages.isGrowthDue()) { // a sweep was requested just now
      return page;
    }
    if (page.isEmpty()) {
      justCompleted = run.change(Event.COMPLETE);
      return page;
    }
    run.stats().updated();
    return page;
  }

  /** Whether the script has completed since the last call. */
  synchronized boolean hasJustCompleted() {
    boolean just = justCompleted;
    justCompleted = false;
    return just;
  }

  /** What has come of its pages so far. */
  synchronized HarvestResult result() {
    return pages.result();
  }

  /** The report of a walk over all pages that has just ended; returned once. */
  synchronized Optional<String> walkEnd() {
    return run.state().status() == ScriptStatus.COMPLETED ? pages.report() : Optional.empty();
  }

  /** The work on the page makes progress, so whatever the script waited for is available again. */
  synchronized void progressed() {
    if (!pages.isHeld() || run.state().waitingReason() == WaitingReason.CAPTCHA) {
      run.change(Event.PROGRESS); // the listing of a held page always comes
    }
    run.stats().moved();
  }

  synchronized void stored() {
    run.stats().stored();
    pages.goOn();
    if (run.state().waitingReason() == WaitingReason.CAPTCHA || run.isHeldBack()) {
      run.stats().moved(); // an upload has ended; the captcha, or the pause, is still there
    } else {
      progressed();
    }
  }

  /** The script waits for a person; the page stays in progress until there is an answer. */
  synchronized void waitsForPerson() {
    run.change(Event.WAIT, WaitingReason.CAPTCHA, null);
  }

  /**
   * The portal holds the script's requests back.
   *
   * @param words who asked for it, and until when; empty if it does not, or no longer
   */
  void heldBack(Optional<String> words) {
    if (run.mayHoldBack(words)) {
      synchronized (this) {
        run.holdBack(words);
      }
    }
  }

  /**
   * The page is complete.
   *
   * @return how many documents are looked for once more, because it was the last
   */
  synchronized int pageDone() {
    int looks = pages.done();
    nextTry.succeeded();
    progressed();
    if (!FROM_OUTSIDE.equals(run.state().error())) { // the stop that let this page end
      run.state().note(null);
    }
    return looks;
  }

  /** The page was left because the script stops. */
  synchronized void pageLeft() {
    pages.left();
  }

  /** The page failed; the script tries it again after a while. */
  synchronized Duration pageFailed(WaitingReason reason, String error) {
    pages.left();
    run.state().note(error);
    Duration wait = nextTry.failed(reason);
    if (run.change(Event.WAIT, reason, error)) {
      nextTry.after(wait);
    }
    return wait;
  }

  /** Whether the page has failed once since a page was last complete. */
  synchronized boolean isFirstFailure() {
    return nextTry.isFirst();
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
      nextTry.now();
    }
    return page;
  }

  /** Something happened that a person must fix. */
  synchronized void broken(String error) {
    pages.left();
    run.state().note(error);
    run.change(Event.BREAK, null, error);
  }

  synchronized boolean waitsForStore() {
    return run.state().waitingReason() == WaitingReason.STORE;
  }

  synchronized boolean isPageInWork() {
    return pages.isInWork();
  }

  /** The route has ended after a stop. */
  synchronized void stopped() {
    if (run.state().status() == ScriptStatus.STOPPING) {
      run.change(pages.open().isEmpty() ? Event.COMPLETE : Event.ROUTE_ENDED);
    }
  }

  /** The current status; does not block. */
  ScriptStatus status() {
    return run.state().status();
  }

  /** The complete current state. */
  synchronized ScriptSnapshot snapshot() {
    return run.snapshot(pages);
  }
}
