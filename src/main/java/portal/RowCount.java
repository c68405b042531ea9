package portal;

import java.util.OptionalLong;
import model.FailureReason;

/** How many rows a page must hold. One with too few is a failure, never the end of the list. */
public final class RowCount {
  private final int pageSize;
  private final int pages;

  /**
   * @param pageSize rows of a full page
   * @param pages pages that there are by the configuration
   */
  public RowCount(int pageSize, int pages) {
    this.pageSize = pageSize;
    this.pages = pages;
  }

  /**
   * @param rows how many came
   * @param where the page, as an error names it
   * @throws PortalException when there are too few
   */
  public void require(int rows, int page, OptionalLong total, String where) {
    long expected = expected(page, total);
    if (rows < expected) {
      String because =
          total.isPresent()
              ? "its total of %,d results".formatted(total.getAsLong())
              : "%,d pages in all".formatted(pages);
      throw new PortalException(
          FailureReason.UNREADABLE,
          "%s lists %d rows, at least %d expected by %s".formatted(where, rows, expected, because));
    }
  }

  private long expected(int page, OptionalLong total) {
    if (total.orElse(0) == 0) { // a portal that knows nothing of any result is a portal in trouble
      return page <= pages ? 1 : 0;
    }
    long left = total.getAsLong() - (long) (page - 1) * pageSize;
    return Math.max(0, Math.min(pageSize, left));
  }
}
