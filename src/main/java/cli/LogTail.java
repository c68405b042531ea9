package cli;

import java.util.List;

/** The end of a log that only grows, seen again and again through a window on its last lines. */
final class LogTail {
  private List<String> seen;
  private boolean whole;

  /**
   * @param first the first view
   * @param whole whether it holds the log from its beginning
   */
  LogTail(List<String> first, boolean whole) {
    this.seen = first;
    this.whole = whole;
  }

  /**
   * The lines that were not in the view before; all of them when the two have nothing in common.
   *
   * @param now the present view
   * @param holdsAll whether it holds the log from its beginning
   */
  List<String> next(List<String> now, boolean holdsAll) {
    // after a view of the whole log the number of lines alone says how many are new at least, which
    // tells a line from the same line come again
    int fresh = whole ? Math.max(0, now.size() - seen.size()) : 0;
    while (!continues(now, now.size() - fresh)) {
      fresh++;
    }
    seen = now;
    whole = holdsAll;
    return now.subList(now.size() - fresh, now.size());
  }

  /** Whether the first {@code length} lines end as the view before did. */
  private boolean continues(List<String> now, int length) {
    int common = Math.min(length, seen.size());
    return now.subList(length - common, length)
        .equals(seen.subList(seen.size() - common, seen.size()));
  }
}
