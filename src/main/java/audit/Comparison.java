package audit;

import audit.Finding.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import model.PageRange;
import org.jspecify.annotations.Nullable;

/** Compares the manifests with the objects in the bucket. */
final class Comparison {
  /**
   * In some stores a list may lag behind, so missing objects are checked once more; limited, so
   * that an emptied bucket is not queried for every key.
   */
  private static final int SECOND_LOOKS = 1_000;

  private final AuditTables tables;
  private final Function<String, OptionalLong> sizeNow;
  private final Set<Integer> late;
  private final PageRange pages;
  private final ListedRows listed;
  private final Findings findings = new Findings();
  private int secondLooks;
  private long unlistedRows;
  private long stored;
  private long defects;

  /**
   * @param tables all data that was read, indexed
   * @param sizeNow queries the store for an object's size; empty if it does not exist
   * @param late pages whose manifest is younger than the list of objects
   * @param pages the pages to compare
   * @param listed how many rows pages should have
   */
  Comparison(
      AuditTables tables,
      Function<String, OptionalLong> sizeNow,
      Set<Integer> late,
      PageRange pages,
      ListedRows listed) {
    this.tables = tables;
    this.sizeNow = sizeNow;
    this.late = late;
    this.pages = pages;
    this.listed = listed;
  }

  /** Reports an object under the manifest prefix that is not a manifest. */
  void stranger(String key) {
    findings.add(Kind.EXTRA, null, null, key, "not the name of a manifest");
  }

  AuditReport report() throws SQLException {
    extras();
    absentManifests();
    badManifests();
    GapSearch gaps = new GapSearch(tables, pages);
    retryables(gaps);
    storedObjects();
    Map<Kind, Long> counts = findings.counts();
    return new AuditReport(
        pages.size(),
        sum("rows"),
        stored,
        sum("rejected"),
        sum("gone"),
        defects,
        gaps.gaps(counts.getOrDefault(Kind.MISSING, 0L), unlistedRows),
        0,
        counts,
        findings.examples(),
        new DriftSearch(tables, pages, listed.total()).drift());
  }

  private long sum(String column) throws SQLException {
    return tables.number(
        "SELECT sum(" + column + ") FROM pages WHERE page BETWEEN ? AND ?",
        pages.first(),
        pages.last());
  }

  private void extras() throws SQLException {
    tables.each(
        "SELECT o.key FROM objects o WHERE NOT EXISTS (SELECT 1 FROM named n WHERE n.key = o.key)",
        line -> findings.add(Kind.EXTRA, null, null, line.getString(1), "no manifest names it"));
  }

  private void absentManifests() throws SQLException {
    int[] next = {pages.first()};
    tables.each(
        "SELECT page FROM pages WHERE page BETWEEN ? AND ? ORDER BY page",
        line -> {
          absent(next[0], line.getInt(1) - 1);
          next[0] = line.getInt(1) + 1;
        },
        pages.first(),
        pages.last());
    absent(next[0], pages.last());
  }

  private void absent(int from, int to) {
    unlistedRows += to < from ? 0 : listed.of(from, to);
    for (int page = from; page <= to; page++) {
      findings.add(Kind.NO_MANIFEST, page, null, null, null);
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
        pages.first(),
        pages.last(),
        listed.firstBehindTheLast());
  }

  private void badManifest(int page, String why) {
    findings.add(Kind.BAD_MANIFEST, page, null, null, why);
    unlistedRows += listed.of(page, page);
  }

  private void retryables(GapSearch gaps) throws SQLException {
    gaps.retryable(
        line ->
            findings.add(
                Kind.RETRYABLE,
                line.getInt(1),
                line.getInt(2),
                line.getString(3),
                line.getString(4)));
  }

  /**
   * Counts the existing objects of stored rows; each is counted and checked once, however many rows
   * name it.
   */
  private void storedObjects() throws SQLException {
    String[] judged = {
      null, null
    }; // the current key, and the same key again once there is a finding for it
    tables.each(
        """
        SELECT n.key, n.page, n.row, n.size, o.size, n.defect
          FROM named n INDEXED BY named_key LEFT JOIN objects o ON o.key = n.key
          WHERE n.page BETWEEN ? AND ? AND n.size IS NOT NULL ORDER BY n.key, n.page, n.row""",
        line -> {
          String key = line.getString(1);
          boolean isFirst = !key.equals(judged[0]);
          judged[0] = key;
          if (key.equals(judged[1])) {
            return;
          }
          Kind found = judge(line);
          if (found != null) {
            judged[1] = key;
          }
          if (isFirst && found != Kind.MISSING) {
            stored++;
            defects += line.getInt(6);
          }
        },
        pages.first(),
        pages.last());
  }

  /** The finding for a stored row; null if there is none. */
  private @Nullable Kind judge(ResultSet line) throws SQLException {
    long expected = line.getLong(4);
    long listed = line.getLong(5);
    OptionalLong size = line.wasNull() ? OptionalLong.empty() : OptionalLong.of(listed);
    if (size.equals(OptionalLong.of(expected))) {
      return null;
    }
    String key = line.getString(1);
    int page = line.getInt(2);
    if (late.contains(page) || secondLooks++ < SECOND_LOOKS) {
      size = sizeNow.apply(key);
    }
    if (size.equals(OptionalLong.of(expected))) {
      return null;
    }
    Kind kind = size.isEmpty() ? Kind.MISSING : Kind.WRONG_SIZE;
    String detail =
        size.isEmpty() ? null : "%d bytes, %d expected".formatted(size.getAsLong(), expected);
    findings.add(kind, page, line.getInt(3), key, detail);
    return kind;
  }
}
