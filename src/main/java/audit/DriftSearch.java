package audit;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import model.PageRange;
import org.jspecify.annotations.Nullable;

/** Searches an audit's data for signs that the portal's list changed during the harvest. */
final class DriftSearch {
  private static final int MOST_RANGES = 100;

  private final AuditTables tables;
  private final PageRange pages;
  private final @Nullable Long total;
  private final List<String> ranges = new ArrayList<>();
  private long changed;
  private int rangeFirst;
  private int rangeLast;

  /**
   * @param tables all data that was read, indexed
   * @param pages the pages to search
   * @param total the portal's total when a page was last read; null if no manifest names one
   */
  DriftSearch(AuditTables tables, PageRange pages, @Nullable Long total) {
    this.tables = tables;
    this.pages = pages;
    this.total = total;
  }

  Drift drift() throws SQLException {
    tables.each(
        "SELECT page, total FROM pages WHERE page BETWEEN ? AND ? AND total IS NOT NULL ORDER BY page",
        line -> read(line.getInt(1), line.getLong(2)),
        pages.first(),
        pages.last());
    endRange();
    return new Drift(total, changed, List.copyOf(ranges), listedTwice());
  }

  private void read(int page, long totalThen) {
    if (total == null || total == totalThen) {
      return;
    }
    changed++;
    if (rangeFirst == 0 || page != rangeLast + 1) {
      endRange();
      rangeFirst = page;
    }
    rangeLast = page;
  }

  private void endRange() {
    if (rangeFirst > 0 && ranges.size() < MOST_RANGES) {
      ranges.add(rangeFirst == rangeLast ? "" + rangeFirst : rangeFirst + "-" + rangeLast);
    }
  }

  private long listedTwice() throws SQLException {
    return tables.number(
        """
        SELECT count(*) FROM (SELECT 1 FROM named INDEXED BY named_key
          WHERE page BETWEEN ? AND ? GROUP BY key HAVING min(page) < max(page))""",
        pages.first(),
        pages.last());
  }
}
