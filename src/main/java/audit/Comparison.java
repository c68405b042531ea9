package audit;

import audit.Finding.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares the manifests with the objects in the bucket. */
final class Comparison {
  /**
   * In some stores a list may lag behind, so missing objects are checked once more; limited, so
   * that an emptied bucket is not queried for every key.
   */
  private static final int SECOND_LOOKS = 1_000;

  private static final String STORED =
      """
      FROM named n INDEXED BY named_key LEFT JOIN objects o ON o.key = n.key
      WHERE n.page BETWEEN ? AND ? AND n.size IS NOT NULL
      """;

  private final AuditTables tables;
  private final Function<String, OptionalLong> sizeNow;
  private final Set<Integer> late;
  private final CoveredPages covered;
  private final Findings findings;
  private final Repairs repairs;
  private int secondLooks;
  private long unlistedRows;
  private long stored;
  private long defects;

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
    this.sizeNow = sizeNow;
    this.late = late;
    this.covered = covered;
    this.findings = findings;
    this.repairs = repairs;
  }

  /** Finds everything that needs no hashes. */
  void compare() throws SQLException {
    absentManifests();
    badManifests();
    repairs.unreadablePages(covered.unreadable());
    rowsMissing();
    shortPages();
    retryables();
    storedObjects();
  }

  /** Existing objects of stored rows, each counted once. */
  long stored() {
    return stored;
  }

  /** Stored objects that lack something as the portal serves them. */
  long defects() {
    return defects;
  }

  /** Rows that the portal lists, and no manifest has. */
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
    repairs.listAgain(Math.max(covered.lastExpected(), listed.lastWithRows()));
    if (planIsTooShort) {
      repairs.walkTo(listed.lastByTotal());
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
    new GapSearch(tables, covered.pages())
        .retryable(
            line -> {
              int page = line.getInt(1);
              String key = line.getString(3);
              findings.add(Kind.RETRYABLE, page, line.getInt(2), key, line.getString(4));
              fetchAgain(key, page);
            });
  }

  /** A row without a key cannot be found again but by listing its page. */
  private void fetchAgain(@Nullable String key, int page) throws SQLException {
    if (key == null) {
      repairs.listAgain(page);
    } else if (repairs != Repairs.NONE) {
      repairs.fetchAgain(key, pagesOf(key));
    }
  }

  /** A document's object is not what its rows say. */
  void wrongHash(String key, int page, int row, String detail) throws SQLException {
    findings.add(Kind.WRONG_HASH, page, row, key, detail);
    fetchAgain(key, page);
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

  /**
   * Counts the existing objects of stored rows; each is counted and checked once, however many rows
   * name it.
   */
  private void storedObjects() throws SQLException {
    tables.each(
        "SELECT count(*), sum(defect) FROM (SELECT max(n.defect) AS defect "
            + STORED
            + " GROUP BY n.key)",
        line -> {
          stored = line.getLong(1);
          defects = line.getLong(2);
        },
        covered.pages().first(),
        covered.pages().last());
    @Nullable String[] judged = {null}; // the key of the last finding
    tables.each(
        "SELECT n.key, n.page, n.row, n.size, o.size, n.defect "
            + STORED
            + " AND o.size IS NOT n.size ORDER BY n.key, n.page, n.row",
        line -> {
          String key = line.getString(1);
          if (!key.equals(judged[0]) && judge(line)) {
            judged[0] = key;
          }
        },
        covered.pages().first(),
        covered.pages().last());
  }

  /** Returns whether there is a finding for a stored row whose object was listed differently. */
  private boolean judge(ResultSet line) throws SQLException {
    String key = line.getString(1);
    int page = line.getInt(2);
    long expected = line.getLong(4);
    long listed = line.getLong(5);
    OptionalLong size = line.wasNull() ? OptionalLong.empty() : OptionalLong.of(listed);
    if (late.contains(page) || secondLooks++ < SECOND_LOOKS) {
      size = sizeNow.apply(key);
    }
    if (size.equals(OptionalLong.of(expected))) {
      return false;
    }
    if (size.isEmpty()) {
      stored--;
      defects -= line.getInt(6);
    }
    findings.add(
        size.isEmpty() ? Kind.MISSING : Kind.WRONG_SIZE,
        page,
        line.getInt(3),
        key,
        size.isEmpty() ? null : "%d bytes, %d expected".formatted(size.getAsLong(), expected));
    fetchAgain(key, page);
    return true;
  }
}
