package audit;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import model.PageRange;

/** Searches an audit's data for signs that the portal's list changed during the harvest. */
final class DriftSearch {
  private static final int MOST_RANGES = 100;

  /** Of pages read at the same time, the last one: a store's times are in whole seconds. */
  private static final String NEWEST_TOTAL =
      "SELECT total FROM pages WHERE total IS NOT NULL ORDER BY listed DESC, page DESC LIMIT 1";

  private final AuditTables tables;
  private final PageRange pages;
  private final List<String> ranges = new ArrayList<>();
  private long changed;
  private int rangeFirst;
  private int rangeLast;

  /**
   * @param tables all data that was read, indexed
   * @param pages the pages to search
   */
  DriftSearch(AuditTables tables, PageRange pages) {
    this.tables = tables;
    this.pages = pages;
  }

  Drift drift() throws SQLException {
    Long[] total = {null};
    tables.each(NEWEST_TOTAL, line -> total[0] = line.getLong(1));
    tables.each(
        "SELECT page FROM pages WHERE page BETWEEN ? AND ? AND total <> (%s) ORDER BY page"
            .formatted(NEWEST_TOTAL),
        line -> changed(line.getInt(1)),
        pages.first(),
        pages.last());
    endRange();
    return new Drift(total[0], changed, List.copyOf(ranges), listedTwice());
  }

  private void changed(int page) {
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
