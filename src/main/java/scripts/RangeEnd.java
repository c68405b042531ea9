package scripts;

import ledger.Sweeps;
import model.PageRange;
import model.Script;

/** The last page of a script's range, which the last script moves when it sweeps. */
final class RangeEnd {
  /** Values above this are treated as bogus. */
  private static final int MOST_PAGES = Integer.MAX_VALUE - 1;

  private final int script;
  private final boolean follows;
  private final Sweeps sweeps;
  private int page;
  private boolean swept;
  private boolean growthDue;

  /**
   * @param follows whether it is the last script that has pages, and so follows a growing portal
   */
  RangeEnd(Script script, boolean follows, Sweeps sweeps) {
    this.script = script.id();
    this.follows = follows;
    this.sweeps = sweeps;
    this.swept = sweeps.sweptTo(script.id()).isPresent();
    this.page = page(script, follows, sweeps);
  }

  /** The last page of a script's range, which a sweep of the last script may have extended. */
  static int page(Script script, boolean last, Sweeps sweeps) {
    return Math.max(
        script.pages().map(PageRange::last).orElse(0),
        last ? sweeps.sweptTo(script.id()).orElse(0) : 0);
  }

  /** 0 for a script without pages. */
  int page() {
    return page;
  }

  /** Whether the script has ever swept. */
  boolean isSwept() {
    return swept;
  }

  /** The script sweeps from now on. */
  void sweep() {
    swept = true;
  }

  /** A sweep asks for pages that were added to a source that never changes what it has listed. */
  void askForGrowth() {
    sweeps.extendSweep(script, page);
    growthDue = follows;
  }

  /** Whether a sweep asks for pages that were added to the source. */
  boolean isGrowthDue() {
    return growthDue;
  }

  /** The source now has this many pages. */
  void grown(int pages) {
    growthDue = false;
    listed(pages);
  }

  /** The portal has grown up to this page, as an audit has found. */
  void growTo(int found) {
    swept |= follows;
    listed(found);
  }

  /** The portal lists this many pages now: the last script follows when it sweeps. */
  void listed(long pages) {
    if (follows && swept && pages > page) {
      int grown = (int) Math.min(pages, MOST_PAGES);
      sweeps.extendSweep(script, grown);
      page = grown;
    }
  }
}
