package model;

/**
 * Listing pages from the first to the last, both counted.
 *
 * @param first from 1
 * @param last not before the first
 */
public record PageRange(int first, int last) {
  public PageRange {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException("no range of pages: " + first + "-" + last);
    }
  }

  /** How many pages. */
  public int size() {
    return last - first + 1;
  }

  /** As a line names it: {@code page 7} or {@code pages 7-9}. */
  public String words() {
    return first == last ? "page " + first : "pages %d-%d".formatted(first, last);
  }
}
