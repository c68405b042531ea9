package audit;

import java.sql.SQLException;
import java.util.BitSet;
import model.PageRange;

/** The pages that an audit covers, with those that exist beyond the plan. */
final class CoveredPages {
  private final Scope scope;
  private final AuditTables tables;
  private final ListedRows listed;
  private final PageRange pages;
  private final int lastExpected;
  private final BitSet manifestsOfThePlan = new BitSet();

  /**
   * @param tables all data that was read
   */
  CoveredPages(Scope scope, AuditTables tables) throws SQLException {
    this.scope = scope;
    this.tables = tables;
    this.listed = new ListedRows(tables, scope.plan());
    int planned = scope.pages().last();
    int highest = (int) tables.number("SELECT max(page) FROM pages WHERE page > 0");
    int last = scope.reachesTheEnd() ? Math.max(planned, highest) : planned;
    this.pages = new PageRange(scope.pages().first(), last);
    this.lastExpected = Math.max(planned, Math.min(last, listed.lastByTotal()));
    tables.each(
        "SELECT page FROM pages WHERE page BETWEEN ? AND ?",
        line -> manifestsOfThePlan.set(line.getInt(1)),
        pages.first(),
        lastExpected);
  }

  ListedRows listed() {
    return listed;
  }

  /** The pages of the plan, and all up to the last manifest if they belong to nobody else. */
  PageRange pages() {
    return pages;
  }

  /**
   * The number of the first page whose rows are compared with the bucket. An audit of all pages
   * compares those of further harvests, too.
   */
  long first() {
    return isWhole() ? Long.MIN_VALUE : pages.first();
  }

  /** The number of the last of these pages. */
  long last() {
    return pages.last();
  }

  /** The last page that should have a manifest; later ones may. */
  int lastExpected() {
    return lastExpected;
  }

  /** The pages that have a manifest, and should have one, in order. */
  Iterable<Integer> manifestsOfThePlan() {
    return manifestsOfThePlan.stream()::iterator;
  }

  /** How many pages of the whole plan, or of further harvests, lack a readable manifest. */
  long unreadable() throws SQLException {
    int planned = scope.plan().pages();
    return planned
        + tables.number("SELECT count(*) FROM pages WHERE page < 0 AND bad IS NOT NULL")
        - tables.number(
            "SELECT count(*) FROM pages WHERE page BETWEEN 1 AND ? AND bad IS NULL AND (rows > 0 OR page >= ?)",
            planned,
            listed.firstThatMayBeEmpty());
  }

  /** How many pages were audited. */
  int size() throws SQLException {
    long beyond =
        tables.number(
            "SELECT count(*) FROM pages WHERE page BETWEEN ? AND ?",
            lastExpected + 1,
            pages.last());
    return lastExpected - pages.first() + 1 + (int) beyond;
  }

  /** Whether these are the pages of all instances. */
  boolean isWhole() {
    return scope.isWhole();
  }
}
