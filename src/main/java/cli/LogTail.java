package cli;

import java.util.List;

/** Finds the new lines of a growing log, given repeated views of its last lines. */
final class LogTail {
  private List<String> seen;
  private boolean whole;

  /**
   * @param first the first view
   * @param whole whether it starts at the beginning of the log
   */
  LogTail(List<String> first, boolean whole) {
    this.seen = first;
    this.whole = whole;
  }

  /**
   * The lines that were not in the previous view; all of them if the two do not overlap.
   *
   * @param now the current view
   * @param holdsAll whether it starts at the beginning of the log
   */
  List<String> next(List<String> now, boolean holdsAll) {
    // after a view of the whole log, the number of lines tells how many are new at least; this
    // distinguishes a repeated line from the old one
    int fresh = whole ? Math.max(0, now.size() - seen.size()) : 0;
    while (!continues(now, now.size() - fresh)) {
      fresh++;
    }
    seen = now;
    whole = holdsAll;
    return now.subList(now.size() - fresh, now.size());
  }

  /** Whether the first {@code length} lines end like the previous view. */
  private boolean continues(List<String> now, int length) {
    int common = Math.min(length, seen.size());
    return now.subList(length - common, length)
        .equals(seen.subList(seen.size() - common, seen.size()));
  }
}
