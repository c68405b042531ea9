package scripts;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import ledger.FailureFilter;
import ledger.Ledger;
import ledger.PageCounts;
import ledger.Walk;
import model.PageRange;
import model.Script;

/** Selects the next page of a script, and handles sweeps. */
final class PageCursor {
  private final Script script;
  private final Ledger ledger;
  private final int first; // 0 for a script without pages
  private final RangeEnd end;
  private final HeldPage held = new HeldPage();
  private OptionalLong lastTotal;
  private boolean walked;
  private int currentPage;
  private boolean inWork;
  private boolean fixed;

  /**
   * @param last whether it is the last script that has pages, and so follows a growing portal
   */
  PageCursor(Script script, boolean last, Ledger ledger) {
    this.script = script;
    this.ledger = ledger;
    this.first = script.pages().map(PageRange::first).orElse(0);
    this.end = new RangeEnd(script, last, ledger.sweeps());
    if (ledger.instance().runningScripts().contains(script.id())) {
      lookAtEnd(); // a crash may have come before
    }
    this.currentPage = open().orElse(lastPage());
    this.lastTotal = ledger.pages().total(pageReadLast());
  }

  /** Pages are read in order; when all are to be read again, the last was read last. */
  private int pageReadLast() {
    int open = open().orElse(0);
    return open > 0 && open > first ? open - 1 : lastPage();
  }

  /** The next page to work on; empty if none is left. */
  OptionalInt open() {
    if (script.pages().isEmpty()) {
      return OptionalInt.empty();
    }
    int page = ledger.pages().nextOpen(first);
    return page <= lastPage() ? OptionalInt.of(page) : OptionalInt.empty();
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
      held.begin(currentPage);
      inWork = true;
      ledger.pages().begin(currentPage);
      walked |= !ledger.pages().isRetry(currentPage);
    }
    return page;
  }

  /**
   * The current page is complete.
   *
   * @return how many documents are tried once more, because it was the last
   */
  int done() {
    inWork = false;
    held.goOn();
    return lookAtEnd();
  }

  private int lookAtEnd() {
    return open().isEmpty() ? ledger.retries().requeueGone(first, lastPage()) : 0;
  }

  /** The current page was left unfinished. */
  void left() {
    inWork = false;
  }

  /**
   * None of the current page's documents could be fetched: it stays open, and is retried.
   *
   * @return whether a person has accepted it while it was being retried
   */
  boolean hold() {
    held.hold(currentPage);
    return ledger.pages().isAccepted(currentPage);
  }

  /** The page that is held open, if there is one. */
  HeldPage held() {
    return held;
  }

  /** The end of its range. */
  RangeEnd end() {
    return end;
  }

  /** Accepts, for a person, the held page as it is; returns it, or empty if none is held. */
  OptionalInt accept() {
    OptionalInt page = held.page();
    page.ifPresent(ledger.pages()::accept);
    return page;
  }

  /** The source never changes what it has listed: a sweep lists no page again. */
  void fix() {
    fixed = true;
  }

  /** Reopens all pages; for a source that never changes, only those with failed documents. */
  void sweep() {
    end.sweep();
    if (fixed) {
      end.askForGrowth();
      walked |= end.isGrowthDue();
      ledger.sweeps().forgetFound(first, lastPage());
      ledger
          .retries()
          .requeueFailed(new FailureFilter(null, new PageRange(first, lastPage()), null));
      currentPage = inWork ? currentPage : open().orElse(lastPage());
      return;
    }
    ledger.sweeps().sweep(script.id(), first, lastPage());
    currentPage = inWork ? currentPage : first;
  }

  /** Reopens all pages, and has their stored documents requested again. */
  void refresh() {
    sweep();
    if (!fixed) {
      ledger.sweeps().refresh(first, lastPage());
    }
  }

  /** The number of documents whose stored version replaced another. */
  long replaced() {
    return script.pages().map(range -> ledger.sweeps().replaced(first, lastPage())).orElse(0L);
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
            new PageRange(first, lastPage()), end.isSwept(), fixed ? walk().ofFixedList() : walk())
        .words();
  }

  private Walk walk() {
    return ledger.sweeps().walk(first, lastPage());
  }

  /** The progress within the range. */
  PageCounts tally() {
    return script
        .pages()
        .map(range -> ledger.pages().tally(range.first(), lastPage()))
        .orElse(new PageCounts(0, 0, 0, 0, 0));
  }

  /** The result of the pages that are complete. */
  HarvestResult result() {
    return new HarvestResult(tally().stored(), ledger.pages().unstored(first, lastPage()));
  }

  /** The rejected rows within the range, by reason. */
  Map<String, Long> rejected() {
    return script.pages().map(range -> ledger.pages().rejected(first, lastPage())).orElse(Map.of());
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
    return end.page();
  }
}
