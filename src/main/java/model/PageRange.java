package model;

/**
 * A range of listing pages, both ends included.
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

  /** Whether the page is one of these. */
  public boolean contains(int page) {
    return page >= first && page <= last;
  }

  /** The number of pages. */
  public int size() {
    return last - first + 1;
  }

  /** As text: {@code page 7} or {@code pages 7-9}. */
  public String words() {
    return first == last ? "page " + first : "pages %d-%d".formatted(first, last);
  }
}
