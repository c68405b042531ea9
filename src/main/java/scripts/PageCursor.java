package scripts;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import ledger.FailureFilter;
import ledger.Ledger;
import ledger.PageCounts;
import model.PageRange;
import model.Script;

/** Selects the next page of a script, handles sweeps, and tracks the growth of its range. */
final class PageCursor {
  /** Values above this are treated as bogus. */
  private static final int MOST_PAGES = Integer.MAX_VALUE - 1;

  private final Script script;
  private final boolean last;
  private final Ledger ledger;

  private final int first; // 0 for a script without pages
  private int lastPage;
  private OptionalLong lastTotal;
  private boolean sweeps;
  private boolean walked;
  private int currentPage;
  private boolean inWork;
  private boolean toBeRelisted;
  private boolean fixed;
  private boolean growthDue;
  private int heldPage; // 0 for none
  private int looks;

  /**
   * @param last whether it is the last script that has pages, and so follows a growing portal
   */
  PageCursor(Script script, boolean last, Ledger ledger) {
    this.script = script;
    this.last = last;
    this.ledger = ledger;
    this.first = script.pages().map(PageRange::first).orElse(0);
    this.sweeps = ledger.sweeps().sweptTo(script.id()).isPresent();
    this.lastPage = lastPage(script, last, ledger);
    if (ledger.instance().runningScripts().contains(script.id())) {
      lookAtEnd(); // a crash may have come before
    }
    this.currentPage = open().orElse(lastPage);
    this.lastTotal = ledger.total(pageReadLast());
  }

  /** The last page of a script's range, which a sweep of the last script may have extended. */
  static int lastPage(Script script, boolean last, Ledger ledger) {
    return Math.max(
        script.pages().map(PageRange::last).orElse(0),
        last ? ledger.sweeps().sweptTo(script.id()).orElse(0) : 0);
  }

  /** Pages are read in order; when all are to be read again, the last was read last. */
  private int pageReadLast() {
    int open = open().orElse(0);
    return open > 0 && open > first ? open - 1 : lastPage;
  }

  /** The next page to work on; empty if none is left. */
  OptionalInt open() {
    if (script.pages().isEmpty()) {
      return OptionalInt.empty();
    }
    int page = ledger.nextOpenPage(first);
    return page <= lastPage ? OptionalInt.of(page) : OptionalInt.empty();
  }

  /** The script's status before its first run in this process. */
  ScriptStatus firstStatus() {
    if (open().isEmpty()) {
      return ScriptStatus.COMPLETED;
    }
    PageCounts done = tally();
    boolean begun = done.completedPages() > 0 || done.stored() > 0;
    return begun ? ScriptStatus.STOPPED : ScriptStatus.NOT_STARTED;
  }

  /** Starts the next page; empty if none is left. */
  OptionalInt take() {
    OptionalInt page = open();
    if (page.isPresent()) {
      currentPage = page.getAsInt();
      heldPage = currentPage == heldPage ? heldPage : 0;
      inWork = true;
      toBeRelisted = false;
      walked |= !ledger.isRetry(currentPage);
    }
    return page;
  }

  /**
   * The current page is complete.
   *
   * @return how many documents are looked for once more, because it was the last
   */
  int done() {
    inWork = false;
    goOn();
    if (toBeRelisted) {
      toBeRelisted = false;
      ledger.sweeps().reopen(currentPage);
    }
    return lookAtEnd();
  }

  private int lookAtEnd() {
    return open().isEmpty() ? ledger.retries().requeueGone(first, lastPage) : 0;
  }

  /** The current page was left unfinished. */
  void left() {
    inWork = false;
  }

  /** Nothing of the current page could be had: it stays open, and is looked at again. */
  void hold() {
    looks = heldPage == currentPage ? looks + 1 : 0;
    heldPage = currentPage;
  }

  /** Documents of the held page come again. */
  void goOn() {
    heldPage = 0;
  }

  boolean isHeld() {
    return heldPage != 0;
  }

  /** How often this page was looked at while it was held; empty if it is not held. */
  OptionalInt looks(int page) {
    return page == heldPage ? OptionalInt.of(looks) : OptionalInt.empty();
  }

  /** A person accepts the held page as it is; returns it, or empty if none is held. */
  OptionalInt accept() {
    if (!isHeld()) {
      return OptionalInt.empty();
    }
    ledger.accept(heldPage);
    return OptionalInt.of(heldPage);
  }

  /** The source never changes what it has listed: a sweep lists no page again. */
  void fix() {
    fixed = true;
  }

  /** Opens all pages again; of a source that never changes only those with failed documents. */
  void sweep() {
    sweeps = true;
    if (fixed) {
      ledger.sweeps().extendSweep(script.id(), lastPage);
      ledger.retries().requeueFailed(new FailureFilter(null, new PageRange(first, lastPage), null));
      growthDue = last;
      currentPage = inWork ? currentPage : open().orElse(lastPage);
      return;
    }
    toBeRelisted = inWork; // it was listed before the sweep was requested
    ledger.sweeps().sweep(script.id(), first, lastPage);
    currentPage = inWork ? currentPage : first;
  }

  /** The portal has grown up to this page, as somebody else has found. */
  void growTo(int page) {
    sweeps |= last;
    listed(page);
  }

  /** Opens all pages again, and has their stored documents asked for again. */
  void refresh() {
    if (!fixed) {
      ledger.sweeps().refresh(first, lastPage);
    }
    sweep();
  }

  /** Whether a sweep wants to know what has come to the source. */
  boolean isGrowthDue() {
    return growthDue;
  }

  /** The source has so many pages now. */
  void grown(int pages) {
    growthDue = false;
    listed(pages);
  }

  /** Documents whose stored version has replaced another. */
  long replaced() {
    return script.pages().map(range -> ledger.sweeps().replaced(first, lastPage)).orElse(0L);
  }

  /** The portal lists this many pages now: the last script follows when it sweeps. */
  void listed(long pages) {
    if (last && sweeps && pages > lastPage) {
      int grown = (int) Math.min(pages, MOST_PAGES);
      ledger.sweeps().extendSweep(script.id(), grown);
      lastPage = grown;
    }
  }

  /**
   * The portal lists this many documents now.
   *
   * @return how many it listed when the script last read a page; empty if that is not known
   */
  OptionalLong sawTotal(long documents) {
    OptionalLong before = lastTotal;
    lastTotal = OptionalLong.of(documents);
    return before;
  }

  /** The report of a walk over all pages that has just ended; returned once. */
  Optional<String> report() {
    if (!walked) {
      return Optional.empty();
    }
    walked = false;
    return new SweepReport(
            new PageRange(first, lastPage), sweeps, ledger.sweeps().walk(first, lastPage))
        .words();
  }

  /** The progress within the range. */
  PageCounts tally() {
    return script
        .pages()
        .map(range -> ledger.tally(range.first(), lastPage))
        .orElse(new PageCounts(0, 0, 0, 0, 0));
  }

  /** What has come of the pages that are done. */
  HarvestResult result() {
    return new HarvestResult(tally().stored(), ledger.unstoredCounts(first, lastPage));
  }

  /** The rejected rows within the range, by reason. */
  Map<String, Long> rejected() {
    return script.pages().map(range -> ledger.rejected(first, lastPage)).orElse(Map.of());
  }

  boolean isInWork() {
    return inWork;
  }

  /** The page in progress, or the next, or the last; 0 for a script without pages. */
  int currentPage() {
    return currentPage;
  }

  /** Last page of the range; 0 for a script without pages. */
  int lastPage() {
    return lastPage;
  }
}
