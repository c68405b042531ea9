package audit;

import audit.Finding.Kind;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import model.PageRange;
import org.jspecify.annotations.Nullable;

/** Compares the manifests with the plan, the portal's total and the objects in the bucket. */
final class Comparison {
  private final AuditTables tables;
  private final CoveredPages covered;
  private final Findings findings;
  private final Repairs repairs;
  private final ObjectComparison objects;
  private long unlistedRows;

  /**
   * @param tables all data that was read, indexed
   * @param sizeNow queries the store for an object's size; empty if it does not exist
   * @param late pages whose manifest is younger than the list of objects
   */
  Comparison(
      AuditTables tables,
      Function<String, OptionalLong> sizeNow,
      Set<Integer> late,
      CoveredPages covered,
      Findings findings,
      Repairs repairs) {
    this.tables = tables;
    this.covered = covered;
    this.findings = findings;
    this.repairs = repairs;
    this.objects = new ObjectComparison(tables, sizeNow, late, covered, findings, this::fetchAgain);
  }

  /** Finds everything that needs no hashes. */
  void compare() throws SQLException {
    absentManifests();
    badManifests();
    repairs.unreadablePages(covered.unreadable());
    rowsMissing();
    shortPages();
    retryables();
    objects.compare();
  }

  /** Existing objects of stored rows, each counted once. */
  long stored() {
    return objects.stored();
  }

  /** Stored objects that lack something as the portal serves them. */
  long defects() {
    return objects.defects();
  }

  /** Rows that the portal lists but no manifest has. */
  long rowsWithoutManifest() {
    long missing = findings.count(Kind.ROWS_MISSING);
    return missing > 0 ? missing : unlistedRows;
  }

  private void absentManifests() throws SQLException {
    int next = covered.pages().first();
    for (int page : covered.manifestsOfThePlan()) {
      absent(next, page - 1);
      next = page + 1;
    }
    absent(next, covered.lastExpected());
  }

  private void absent(int from, int to) {
    unlistedRows += to < from ? 0 : covered.listed().of(from, to);
    for (int page = from; page <= to; page++) {
      findings.add(Kind.NO_MANIFEST, page, null, null, null);
      repairs.listAgain(page);
    }
  }

  private void badManifests() throws SQLException {
    tables.each(
        """
        SELECT page, coalesce(bad,
            'it has no rows; only pages after the last that the portal''s total names may be empty')
          FROM pages WHERE page BETWEEN ? AND ? AND (bad IS NOT NULL OR rows = 0 AND page < ?)
        """,
        line -> badManifest(line.getInt(1), line.getString(2)),
        covered.pages().first(),
        covered.pages().last(),
        covered.listed().firstThatMayBeEmpty());
  }

  private void badManifest(int page, String why) {
    findings.add(Kind.BAD_MANIFEST, page, null, null, why);
    unlistedRows += covered.listed().of(page, page);
    repairs.listAgain(page);
  }

  /** Only over all pages: those of one instance alone cannot be compared with the total. */
  private void rowsMissing() {
    ListedRows listed = covered.listed();
    long missing = covered.isWhole() ? listed.missing() : 0;
    if (missing == 0) {
      return;
    }
    boolean planIsTooShort = listed.lastByTotal() > covered.pages().last();
    findings.add(
        Kind.ROWS_MISSING,
        missing,
        null,
        null,
        null,
        "the portal named %d documents, and %d of them are in no manifest; %s"
            .formatted(
                listed.total(),
                missing,
                planIsTooShort
                    ? "the pages end at %d of %d: set harvest.total-results and harvest.page-size, or sweep the last script"
                        .formatted(covered.pages().last(), listed.lastByTotal())
                    : "a sweep lists them"));
    if (missing > unlistedRows) { // else they are on the pages that lack a manifest
      repairs.listAgain(Math.max(covered.lastExpected(), listed.lastWithRows()));
    }
    if (planIsTooShort) {
      repairs.walk(new PageRange(covered.pages().last() + 1, listed.lastByTotal()));
    }
  }

  private void shortPages() throws SQLException {
    int full = covered.listed().pageSize();
    tables.each(
        """
        SELECT page, rows FROM pages
          WHERE page BETWEEN ? AND ? AND bad IS NULL AND rows > 0 AND rows < ? AND page < ?""",
        line -> {
          findings.add(
              Kind.SHORT_PAGE,
              line.getInt(1),
              null,
              null,
              "%d rows, %d expected".formatted(line.getInt(2), full));
          repairs.listAgain(line.getInt(1));
        },
        covered.pages().first(),
        covered.pages().last(),
        full,
        covered.listed().firstThatMayBeShort());
  }

  private void retryables() throws SQLException {
    new GapSearch(tables, covered)
        .retryable(
            line -> {
              long page = line.getLong(1);
              String key = line.getString(3);
              findings.add(
                  Kind.RETRYABLE, AuditTables.shown(page), line.getInt(2), key, line.getString(4));
              fetchAgain(key, page);
            });
  }

  /**
   * A row without a key can only be found again by listing its page. The pages of another harvest
   * are repaired by an audit of that harvest.
   */
  private void fetchAgain(@Nullable String key, long page) throws SQLException {
    Integer own = AuditTables.shown(page);
    if (own == null) {
      return;
    }
    if (key == null) {
      repairs.listAgain(own);
    } else if (repairs != Repairs.NONE) {
      repairs.fetchAgain(key, pagesOf(key));
    }
  }

  /** A document's object is not what its rows say. */
  void wrongHash(String key, long page, int row, String detail) throws SQLException {
    findings.add(Kind.WRONG_HASH, AuditTables.shown(page), row, key, detail);
    fetchAgain(key, page);
  }

  /** The store refuses to serve a document's object; only a person can fix that. */
  void notReadable(String key, long page, int row, String detail) {
    findings.add(Kind.NOT_READABLE, AuditTables.shown(page), row, key, detail);
  }

  /** The store has listed a document's object, but says that there is none when it is requested. */
  void vanished(String key, long page, int row) throws SQLException {
    objects.vanished(key, page, row, "it is listed, but the store answers that there is none");
  }

  /** All pages that list a document. */
  private Set<Integer> pagesOf(String key) throws SQLException {
    Set<Integer> found = new TreeSet<>();
    tables.each(
        "SELECT page FROM named INDEXED BY named_key WHERE key = ? AND page > 0",
        line -> found.add(line.getInt(1)),
        key);
    return found;
  }
}
