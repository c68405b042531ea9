package audit;

import java.sql.SQLException;
import model.Distribution;
import org.jspecify.annotations.Nullable;

/** How many rows pages should have, by the portal's total, or by the plan if it names none. */
final class ListedRows {
  /** Of pages read at the same time, the last one: a store's times are in whole seconds. */
  private static final String NEWEST_TOTAL =
      "SELECT total FROM pages WHERE total IS NOT NULL ORDER BY listed DESC, page DESC LIMIT 1";

  private final @Nullable Long total;
  private final long documents;
  private final int pageSize;

  /**
   * @param tables all data that was read
   */
  ListedRows(AuditTables tables, Distribution plan) throws SQLException {
    Long[] newest = {null};
    tables.each(NEWEST_TOTAL, line -> newest[0] = line.getLong(1));
    this.total = newest[0];
    this.documents = total == null ? plan.totalResults() : total;
    this.pageSize = plan.pageSize();
  }

  /** The portal's total when a page was last read; null if no manifest names one. */
  @Nullable Long total() {
    return total;
  }

  /**
   * The first page that the portal says it does not have; a page beyond every other if it names no
   * total.
   */
  int firstBehindTheLast() {
    return total == null
        ? Integer.MAX_VALUE
        : (int) Math.min(Integer.MAX_VALUE, (total + pageSize - 1) / pageSize + 1);
  }

  /** The rows of these pages. */
  long of(int first, int last) {
    return upTo(last) - upTo(first - 1);
  }

  private long upTo(int page) {
    return Math.min((long) page * pageSize, documents);
  }
}
