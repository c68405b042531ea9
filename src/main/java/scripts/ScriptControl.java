package scripts;

import java.time.InstantSource;
import java.util.Optional;
import ledger.Ledger;
import model.Script;
import model.StopSignal;
import model.Ticker;
import scripts.ScriptState.Event;

/**
 * One script: its state, its pages and its statistics under one lock, that of its {@link
 * ScriptWork}. The script's own route uses that; this is for those who observe and control the
 * script.
 */
final class ScriptControl {
  private final Script script;
  private final PageCursor pages;
  private final ScriptRun run;
  private final ScriptWork work;

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
    this.work = new ScriptWork(pages, run, ticker);
  }

  Script script() {
    return script;
  }

  /** For the script's route. */
  ScriptWork work() {
    return work;
  }

  /** Tells a new listener the current state. */
  void tell(ScriptListener newcomer) {
    synchronized (work) {
      run.tell(newcomer);
    }
  }

  /** Requests a start. */
  RequestResult start() {
    synchronized (work) {
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
  }

  /** Starts it again if it has completed, and has work again; false if not. */
  boolean startAgain() {
    synchronized (work) { // also waits for a script that is about to complete
      return run.state().status() == ScriptStatus.COMPLETED && start() == RequestResult.ACCEPTED;
    }
  }

  /** Begins the run when the start's turn has come; false if the start is no longer wanted. */
  boolean beginRun() {
    synchronized (work) {
      return begin(Event.BEGIN);
    }
  }

  /** Somebody else started the script's route. */
  void startedFromOutside() {
    synchronized (work) {
      begin(Event.ROUTE_STARTED);
    }
  }

  private boolean begin(Event event) {
    if (!run.begin(event)) {
      return false;
    }
    work.begins();
    return true;
  }

  /** Requests a stop; a start whose turn has not come yet is cancelled. */
  RequestResult stop() {
    synchronized (work) {
      if (run.state().status() == ScriptStatus.STOPPING) {
        return RequestResult.STOPPING;
      }
      return run.change(Event.STOP) ? RequestResult.ACCEPTED : RequestResult.NOT_RUNNING;
    }
  }

  /** Somebody else wants the script's route to stop; false if it neither runs nor is to start. */
  boolean stopRequestedFromOutside() {
    synchronized (work) {
      return run.stopFromOutside()
          || run.state().status() == ScriptStatus.STARTING && run.change(Event.STOP);
    }
  }

  /** The script's route has been stopped by somebody else; false if it is not running anyway. */
  boolean stoppedFromOutside() {
    synchronized (work) {
      return run.stopFromOutside();
    }
  }

  /** Reopens all pages. */
  void sweep() {
    synchronized (work) {
      if (script.pages().isPresent()) {
        pages.sweep();
        reopen();
      }
    }
  }

  /** Reopens all pages, and has their stored documents requested again. */
  void refresh() {
    synchronized (work) {
      if (script.pages().isPresent()) {
        pages.refresh();
        reopen();
      }
    }
  }

  /** A source that never changes may have no work left. */
  private void reopen() {
    if (hasWork()) {
      run.change(Event.REOPEN);
    }
  }

  private boolean hasWork() {
    return pages.open().isPresent() || pages.end().isGrowthDue();
  }

  /** The portal has grown up to this page, as an audit has found. */
  void growTo(int page) {
    synchronized (work) {
      pages.end().growTo(page);
    }
  }

  /** Whether no further document should be started; does not block. */
  boolean isStopping() {
    return !run.state().isActive();
  }

  /** The signal of the current run, or of the last one; different for each run. */
  StopSignal stopSignal() {
    return run.stopSignal();
  }

  /** The result of its complete pages so far. */
  HarvestResult result() {
    synchronized (work) {
      return pages.result();
    }
  }

  /** The report of a walk over all pages that has just ended; returned once. */
  Optional<String> sweepReport() {
    synchronized (work) {
      return run.state().status() == ScriptStatus.COMPLETED ? pages.report() : Optional.empty();
    }
  }

  /** Something happened that a person must fix. */
  void broken(String error) {
    synchronized (work) {
      pages.left();
      run.state().note(error);
      run.change(Event.BREAK, null, error);
    }
  }

  boolean isPageInWork() {
    synchronized (work) {
      return pages.isInWork();
    }
  }

  /**
   * The route has ended after a stop; returns whether no page is left, so that it completes now.
   */
  boolean stopped() {
    synchronized (work) {
      if (run.state().status() != ScriptStatus.STOPPING) {
        return false;
      }
      boolean isComplete = pages.open().isEmpty();
      run.change(isComplete ? Event.COMPLETE : Event.ROUTE_ENDED);
      return isComplete;
    }
  }

  /** The current status; does not block. */
  ScriptStatus status() {
    return run.state().status();
  }

  /** The complete current state. */
  ScriptSnapshot snapshot() {
    synchronized (work) {
      return run.snapshot(pages);
    }
  }
}
