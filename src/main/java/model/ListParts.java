package model;

import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** The parts of a portal's list, each with its own pages; an undivided list is a single part. */
final class ListParts {
  /** The results before each part, by its first page. */
  private final NavigableMap<Integer, Long> starts;

  private final int pageSize;
  private final long totalResults;

  /**
   * @param starts the results before each part, by its first page; empty for an undivided list
   */
  ListParts(SortedMap<Integer, Long> starts, int pageSize, long totalResults) {
    this.starts = new TreeMap<>(starts.isEmpty() ? Map.of(1, 0L) : starts);
    this.pageSize = pageSize;
    this.totalResults = totalResults;
  }

  /** The first page of the first part that begins there or after it; empty if none does. */
  OptionalInt beginningAt(int page) {
    Integer first = starts.ceilingKey(page);
    return first == null ? OptionalInt.empty() : OptionalInt.of(first);
  }

  /** The results up to the end of this page. */
  long resultsUpTo(int page) {
    Map.Entry<Integer, Long> part = starts.floorEntry(page);
    if (part == null) {
      return 0;
    }
    Map.Entry<Integer, Long> next = starts.higherEntry(page);
    return Math.min(
        part.getValue() + (page - part.getKey() + 1L) * pageSize,
        next == null ? totalResults : next.getValue());
  }
}
