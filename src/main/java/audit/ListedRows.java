package audit;

import java.sql.SQLException;
import model.Distribution;
import org.jspecify.annotations.Nullable;

/** How many rows pages should have, by the portal's total, or by the plan if it names none. */
final class ListedRows {
  /** Of pages read at the same time, the last one counts: a store's times are in whole seconds. */
  private static final String NEWEST_TOTAL =
      "SELECT total FROM pages WHERE page > 0 AND total IS NOT NULL ORDER BY listed DESC, page DESC LIMIT 1";

  private final @Nullable Long total;
  private final long rows;
  private final int lastWithRows;
  private final long documents;
  private final int plannedPages;
  private final int pageSize;

  /**
   * @param tables all data that was read
   */
  ListedRows(AuditTables tables, Distribution plan) throws SQLException {
    Long[] newest = {null};
    tables.each(NEWEST_TOTAL, line -> newest[0] = line.getLong(1));
    this.total = newest[0];
    this.rows = tables.number("SELECT sum(rows) FROM pages WHERE page > 0");
    this.lastWithRows =
        (int) tables.number("SELECT max(page) FROM pages WHERE page > 0 AND rows > 0");
    this.documents = total == null ? plan.totalResults() : total;
    this.plannedPages = plan.pages();
    this.pageSize = plan.pageSize();
  }

  /** The portal's total when a page was last read; null if no manifest names one. */
  @Nullable Long total() {
    return total;
  }

  /** How many rows of the portal's total are in no manifest in the bucket. */
  long missing() {
    return total == null ? 0 : Math.max(0, total - rows);
  }

  /** The last page by the portal's total; 0 if it names none. */
  int lastByTotal() {
    return total == null
        ? 0
        : (int) Math.min(Integer.MAX_VALUE - 1, Distribution.pagesOf(total, pageSize));
  }

  /** The last page that has rows; 0 if none has. */
  int lastWithRows() {
    return lastWithRows;
  }

  /** Pages before this one have rows; from it on they may be empty, because the list has ended. */
  int firstThatMayBeEmpty() {
    return total == null ? Integer.MAX_VALUE : Math.max(lastByTotal(), lastWithRows) + 1;
  }

  /**
   * Pages before this one must be full, unless the portal's pages are uneven: then their rows still
   * add up to its total.
   */
  int firstThatMayBeShort() {
    if (total != null && missing() == 0) {
      return 0;
    }
    return Math.max(lastWithRows, total == null ? plannedPages : lastByTotal());
  }

  /** The rows of a full page. */
  int pageSize() {
    return pageSize;
  }

  /** The rows of these pages. */
  long of(int first, int last) {
    return upTo(last) - upTo(first - 1);
  }

  private long upTo(int page) {
    return Math.min((long) page * pageSize, documents);
  }
}
