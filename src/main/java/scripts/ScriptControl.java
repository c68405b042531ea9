package scripts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import ledger.Ledger;
import ledger.PageCounts;
import model.Backoff;
import model.PageRange;
import model.Script;
import model.StopSignal;
import model.Ticker;

/**
 * One script's state: what it does, what it waits for, which page is next. Asked by the script's
 * own route and by those who watch it, at once.
 */
final class ScriptControl {
  /** A portal that names more is out of its mind. */
  private static final int MOST_PAGES = Integer.MAX_VALUE - 1;

  private final Script script;
  private final boolean last;
  private final Ledger ledger;
  private final InstantSource clock;
  private final Ticker ticker;
  private final Meter meter;
  private final Backoff backoff = new Backoff();

  private volatile ScriptStatus status;
  private volatile StopSignal stopSignal;
  private ScriptStatus statusBeforeStart;
  private WaitingReason waitingReason;
  private String lastError;
  private Instant startTime;
  private Instant lastUpdated;
  private Instant lastProgress;
  private Instant retryAt = Instant.MIN;
  private int lastPage;
  private OptionalLong lastTotal;
  private boolean sweeps;
  private boolean walked;
  private int currentPage;
  private boolean pageInWork;
  private boolean pageToBeRelisted;
  private boolean completionUntold;
  private long storedSinceStart;

  /**
   * @param last whether it is the last script that has pages: the one that follows a portal that
   *     has grown
   */
  ScriptControl(Script script, boolean last, Ledger ledger, InstantSource clock, Ticker ticker) {
    this.script = script;
    this.last = last;
    this.ledger = ledger;
    this.clock = clock;
    this.ticker = ticker;
    this.meter = new Meter(clock);
    OptionalInt sweptTo = ledger.sweptTo(script.id());
    this.sweeps = sweptTo.isPresent();
    this.lastPage =
        Math.max(script.pages().map(PageRange::last).orElse(0), last ? sweptTo.orElse(0) : 0);
    this.status = statusAtRest();
    this.stopSignal = new StopSignal(ticker);
    stopSignal.fire(); // nothing runs yet
    this.currentPage = openPage().orElse(lastPage);
    this.lastTotal = ledger.total(pageReadLast());
  }

  /** Pages are read in their order; when all are to be read again, the last was read last. */
  private int pageReadLast() {
    int open = openPage().orElse(0);
    return open > 0 && open > script.range().first() ? open - 1 : lastPage;
  }

  private ScriptStatus statusAtRest() {
    if (openPage().isEmpty()) {
      return ScriptStatus.COMPLETED;
    }
    PageCounts done = tally();
    boolean begun = done.completedPages() > 0 || done.stored() > 0 || startTime != null;
    return begun ? ScriptStatus.STOPPED : ScriptStatus.NOT_STARTED;
  }

  Script script() {
    return script;
  }

  /** Asks for a start. */
  synchronized Answer start() {
    if (status == ScriptStatus.STOPPING) {
      return Answer.STOPPING;
    }
    if (status.isRunning()) {
      return Answer.RUNNING;
    }
    if (openPage().isEmpty()) {
      return Answer.COMPLETED;
    }
    statusBeforeStart = status;
    change(ScriptStatus.STARTING);
    return Answer.DONE;
  }

  /** The start's turn has come. */
  synchronized boolean beginRun() {
    if (status != ScriptStatus.STARTING) {
      return false;
    }
    run();
    return true;
  }

  private void run() {
    stopSignal.fire();
    stopSignal = new StopSignal(ticker);
    startTime = clock.instant();
    lastProgress = startTime;
    storedSinceStart = 0;
    meter.begin();
    lastError = null;
    waitingReason = null;
    retryAt = Instant.MIN;
    backoff.reset();
    change(ScriptStatus.RUNNING);
  }

  /** Somebody started the script's route by other means than a call of ours. */
  synchronized void startedFromOutside() {
    run();
  }

  /** Asks for a stop; one whose start's turn has not come yet is at once what it was before. */
  synchronized Answer stop() {
    if (status == ScriptStatus.STARTING) {
      change(statusBeforeStart);
      return Answer.DONE;
    }
    if (status == ScriptStatus.STOPPING) {
      return Answer.STOPPING;
    }
    if (!status.isRunning()) {
      return Answer.NOT_RUNNING;
    }
    change(ScriptStatus.STOPPING);
    waitingReason = null;
    return Answer.DONE;
  }

  /** Somebody stopped the script's route by other means than a call of ours. */
  synchronized void stoppedFromOutside() {
    if (isActive()) {
      change(ScriptStatus.STOPPING);
      waitingReason = null;
      lastError = "stopped from outside, through JMX";
    }
  }

  /** Opens all pages again. */
  synchronized void sweep() {
    if (script.pages().isPresent()) {
      sweeps = true;
      pageToBeRelisted = pageInWork; // it was listed before the sweep was asked for
      ledger.sweep(script.id(), script.range().first(), lastPage);
      if (status == ScriptStatus.COMPLETED) {
        change(ScriptStatus.STOPPED);
      }
      currentPage = pageInWork ? currentPage : script.range().first();
    }
  }

  /**
   * The portal lists so many documents now.
   *
   * @return how many it listed when the script last read a page; empty when that is not known
   */
  synchronized OptionalLong sawTotal(long documents) {
    OptionalLong before = lastTotal;
    lastTotal = OptionalLong.of(documents);
    return before;
  }

  /** The portal lists so many pages now: the last script follows when it sweeps. */
  synchronized void listed(long pages) {
    if (last && sweeps && pages > lastPage) {
      int grown = (int) Math.min(pages, MOST_PAGES);
      ledger.extendSweep(script.id(), grown);
      lastPage = grown;
    }
  }

  /** Whether no further document is to be begun; asked often, and waits for nobody. */
  boolean isStopping() {
    return !isActive();
  }

  /** The signal of the present run, or of the last; never the same for two runs. */
  StopSignal stopSignal() {
    return stopSignal;
  }

  private boolean isActive() {
    ScriptStatus now = status;
    return now == ScriptStatus.RUNNING || now == ScriptStatus.WAITING;
  }

  /** The page to work on now; empty when there is nothing to do at the moment. */
  synchronized OptionalInt next() {
    if (!isActive() || clock.instant().isBefore(retryAt)) {
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
    pageToBeRelisted = false;
    walked |= !ledger.isRetry(currentPage);
    lastUpdated = clock.instant();
    return page;
  }

  /** Whether the script has completed since this was last asked. */
  synchronized boolean hasJustCompleted() {
    boolean just = completionUntold;
    completionUntold = false;
    return just;
  }

  /** What is to be said of a walk over the pages that has come to its end; it is said once. */
  synchronized Optional<String> walkEnd() {
    if (!walked || status != ScriptStatus.COMPLETED) {
      return Optional.empty();
    }
    walked = false;
    int first = script.range().first();
    return new SweepReport(new PageRange(first, lastPage), sweeps, ledger.walk(first, lastPage))
        .words();
  }

  /** The page's work has moved on: whatever the script waited for is there again. */
  synchronized void progressed() {
    if (status == ScriptStatus.WAITING) {
      change(ScriptStatus.RUNNING);
      waitingReason = null;
    }
    moved();
  }

  private void moved() {
    lastUpdated = clock.instant();
    lastProgress = lastUpdated;
  }

  synchronized void stored() {
    storedSinceStart++;
    meter.mark();
    if (waitingReason == WaitingReason.CAPTCHA) {
      moved(); // an upload has ended; the person is still asked
    } else {
      progressed();
    }
  }

  /** A person is asked for something; the page stays in work until there is an answer. */
  synchronized void waitsForPerson() {
    if (isActive()) {
      change(ScriptStatus.WAITING);
      waitingReason = WaitingReason.CAPTCHA;
      lastError = null;
    }
  }

  synchronized void pageDone() {
    pageInWork = false;
    if (pageToBeRelisted) {
      pageToBeRelisted = false;
      ledger.reopen(currentPage);
    }
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

  /** As it is now; waits for nobody. */
  ScriptStatus status() {
    return status;
  }

  private void change(ScriptStatus to) {
    status = to;
    lastUpdated = clock.instant();
    if (!isActive()) {
      stopSignal.fire();
    }
  }

  private OptionalInt openPage() {
    if (script.pages().isEmpty()) {
      return OptionalInt.empty();
    }
    int page = ledger.nextOpenPage(script.range().first());
    return page <= lastPage ? OptionalInt.of(page) : OptionalInt.empty();
  }

  private PageCounts tally() {
    return script
        .pages()
        .map(range -> ledger.tally(range.first(), lastPage))
        .orElse(new PageCounts(0, 0, 0, 0));
  }

  /** Everything there is to say of the script now. */
  synchronized ScriptSnapshot snapshot() {
    Double secondsPerFile =
        storedSinceStart == 0 || startTime == null
            ? null
            : Duration.between(startTime, lastUpdated).toMillis() / 1000.0 / storedSinceStart;
    return new ScriptSnapshot(
        script,
        lastPage,
        status,
        waitingReason,
        currentPage,
        tally(),
        meter.perSecond(),
        secondsPerFile,
        startTime,
        lastUpdated,
        lastProgress,
        lastError);
  }
}
