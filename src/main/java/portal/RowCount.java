package portal;

import java.util.OptionalLong;
import model.FailureReason;

/** Checks the number of rows on a page. Too few are a failure, never the end of the list. */
public final class RowCount {
  /** Maximum rows of one page. */
  public static final int MOST = 2_000;

  private final int pageSize;
  private final int pages;

  /**
   * @param pageSize rows of a full page
   * @param pages number of pages, according to the configuration
   */
  public RowCount(int pageSize, int pages) {
    this.pageSize = pageSize;
    this.pages = pages;
  }

  /**
   * Checks that a page has no more rows than are read at once.
   *
   * @param where the page, for the message
   * @throws PortalException if there are too many
   */
  public static void limit(int rows, String where) {
    if (rows > MOST) {
      throw new PortalException(
          FailureReason.UNREADABLE,
          "%s lists %,d rows; at most %,d of one page are read".formatted(where, rows, MOST));
    }
  }

  /**
   * @param rows number of rows
   * @param where the page, for the message
   * @throws PortalException if there are too few
   */
  public void require(int rows, int page, OptionalLong total, String where) {
    require(rows, page, total, where, "");
  }

  /**
   * @param rows number of rows
   * @param where the page, for the message
   * @param ifNone added to the message if there are none at all
   * @throws PortalException if there are too few
   */
  public void require(int rows, int page, OptionalLong total, String where, String ifNone) {
    long expected = expected(page, total);
    if (rows < expected) {
      String because =
          total.isPresent()
              ? "its total of %,d results".formatted(total.getAsLong())
              : "%,d pages in all".formatted(pages);
      String advice =
          rows == 0 ? ifNone : page == 1 ? ": set harvest.page-size=%d".formatted(rows) : "";
      throw new TooFewRowsException(
          "%s lists %d rows, at least %d expected by %s%s"
              .formatted(where, rows, expected, because, advice),
          rows,
          expected,
          total);
    }
  }

  private long expected(int page, OptionalLong total) {
    if (total.orElse(0) == 0) { // a portal without any results is in trouble
      return page <= pages ? 1 : 0;
    }
    long left = total.getAsLong() - (long) (page - 1) * pageSize;
    return Math.max(0, Math.min(pageSize, left));
  }
}
