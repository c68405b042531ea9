package control;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;
import ledger.Ledger;
import ledger.Tally;

/**
 * One script's state: what it does, what it waits for, which page is next. Asked by the script's
 * own route and by those who watch it, at once.
 */
final class ScriptControl {
  /** Longest silence of an idle script: how soon it notices that something changed. */
  private static final Duration IDLE = Duration.ofMillis(500);

  private final Script script;
  private final Ledger ledger;
  private final InstantSource clock;
  private final Meter meter;
  private final Backoff backoff = new Backoff();

  private ScriptStatus status;
  private WaitingReason waitingReason;
  private String lastError;
  private Instant startTime;
  private Instant lastUpdated;
  private Instant retryAt = Instant.MIN;
  private int currentPage;
  private boolean pageInWork;
  private boolean completionUntold;
  private long storedSinceStart;

  ScriptControl(Script script, Ledger ledger, InstantSource clock) {
    this.script = script;
    this.ledger = ledger;
    this.clock = clock;
    this.meter = new Meter(clock);
    this.status = statusAtBoot();
    this.currentPage = openPage().orElseGet(this::lastPage);
  }

  private ScriptStatus statusAtBoot() {
    if (openPage().isEmpty()) {
      return ScriptStatus.COMPLETED;
    }
    return tally().completedPages() > 0 ? ScriptStatus.STOPPED : ScriptStatus.NOT_STARTED;
  }

  Script script() {
    return script;
  }

  /** Asks for a start. False when the script runs or has nothing to do. */
  synchronized boolean start() {
    if (status.isRunning() || openPage().isEmpty()) {
      return false;
    }
    change(ScriptStatus.STARTING);
    waitingReason = null;
    lastError = null;
    retryAt = Instant.MIN;
    backoff.reset();
    return true;
  }

  /** The start's turn has come. */
  synchronized boolean beginRun() {
    if (status != ScriptStatus.STARTING) {
      return false;
    }
    startTime = clock.instant();
    storedSinceStart = 0;
    change(ScriptStatus.RUNNING);
    return true;
  }

  /** Asks for a stop. False when the script does not run. */
  synchronized boolean stop() {
    if (!status.isRunning() || status == ScriptStatus.STOPPING) {
      return false;
    }
    change(ScriptStatus.STOPPING);
    waitingReason = null;
    notifyAll();
    return true;
  }

  /** Whether no further document is to be begun. */
  synchronized boolean isStopping() {
    return !isActive();
  }

  private boolean isActive() {
    return status == ScriptStatus.RUNNING || status == ScriptStatus.WAITING;
  }

  /**
   * The page to work on now; empty when there is nothing to do at the moment. Waits a little before
   * it says so, so that an idle route costs nothing.
   */
  synchronized OptionalInt next() throws InterruptedException {
    if (!isActive()) {
      wait(IDLE.toMillis());
      return OptionalInt.empty();
    }
    Instant now = clock.instant();
    if (now.isBefore(retryAt)) {
      wait(Math.max(1, Math.min(Duration.between(now, retryAt).toMillis(), IDLE.toMillis())));
      return OptionalInt.empty();
    }
    OptionalInt page = openPage();
    if (page.isEmpty()) {
      change(ScriptStatus.COMPLETED);
      completionUntold = true;
      return page;
    }
    currentPage = page.getAsInt();
    pageInWork = true;
    lastUpdated = clock.instant();
    return page;
  }

  /** Whether the script has completed since this was last asked. */
  synchronized boolean hasJustCompleted() {
    boolean just = completionUntold;
    completionUntold = false;
    return just;
  }

  /** The page's work has moved on: whatever the script waited for is there again. */
  synchronized void progressed() {
    if (status == ScriptStatus.WAITING) {
      change(ScriptStatus.RUNNING);
      waitingReason = null;
    }
    lastUpdated = clock.instant();
  }

  synchronized void stored() {
    storedSinceStart++;
    meter.mark();
    progressed();
  }

  synchronized void pageDone() {
    pageInWork = false;
    backoff.reset();
    progressed();
    lastError = null;
  }

  /** The page was left because the script stops. */
  synchronized void pageLeft() {
    pageInWork = false;
  }

  /** The page could not be done; the script tries it again after a while. */
  synchronized Duration pageFailed(WaitingReason reason, String error) {
    pageInWork = false;
    lastError = error;
    Duration wait = backoff.next();
    if (isActive()) {
      change(ScriptStatus.WAITING);
      waitingReason = reason;
      retryAt = clock.instant().plus(wait);
    }
    return wait;
  }

  /** Something that a person must mend. */
  synchronized void broken(String error) {
    pageInWork = false;
    lastError = error;
    waitingReason = null;
    change(ScriptStatus.ERROR);
  }

  synchronized boolean isPageInWork() {
    return pageInWork;
  }

  /** The route has ended after a stop. */
  synchronized void stopped() {
    if (status == ScriptStatus.STOPPING) {
      change(openPage().isEmpty() ? ScriptStatus.COMPLETED : ScriptStatus.STOPPED);
    }
  }

  synchronized ScriptStatus status() {
    return status;
  }

  private void change(ScriptStatus to) {
    status = to;
    lastUpdated = clock.instant();
  }

  private OptionalInt openPage() {
    if (script.pages().isEmpty()) {
      return OptionalInt.empty();
    }
    int page = ledger.nextOpenPage(script.range().first());
    return page <= script.range().last() ? OptionalInt.of(page) : OptionalInt.empty();
  }

  private int lastPage() {
    return script.pages().map(PageRange::last).orElse(0);
  }

  private Tally tally() {
    return script
        .pages()
        .map(range -> ledger.tally(range.first(), range.last()))
        .orElse(new Tally(0, 0, 0, 0));
  }

  /** Everything there is to say of the script now. */
  synchronized ScriptSnapshot snapshot() {
    Double secondsPerFile =
        storedSinceStart == 0 || startTime == null
            ? null
            : Duration.between(startTime, lastUpdated).toMillis() / 1000.0 / storedSinceStart;
    return new ScriptSnapshot(
        script,
        status,
        waitingReason,
        currentPage,
        tally(),
        meter.perSecond(),
        secondsPerFile,
        startTime,
        lastUpdated,
        lastError);
  }
}
