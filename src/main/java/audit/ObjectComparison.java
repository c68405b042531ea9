package audit;

import audit.Finding.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import store.StoreException;

/** Compares the stored rows of manifests with the objects in the bucket. */
final class ObjectComparison {
  /** Has a document fetched again, which this page lists. */
  @FunctionalInterface
  interface Refetch {
    void fetchAgain(String key, long page) throws SQLException;
  }

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
  private final Refetch refetch;
  private int secondLooks;
  private long stored;
  private long defects;

  /**
   * @param tables all data that was read, indexed
   * @param sizeNow queries the store for an object's size; empty if it does not exist
   * @param late pages whose manifest is younger than the list of objects
   * @param refetch is told of each finding
   */
  ObjectComparison(
      AuditTables tables,
      Function<String, OptionalLong> sizeNow,
      Set<Integer> late,
      CoveredPages covered,
      Findings findings,
      Refetch refetch) {
    this.tables = tables;
    this.sizeNow = sizeNow;
    this.late = late;
    this.covered = covered;
    this.findings = findings;
    this.refetch = refetch;
  }

  /** Existing objects of stored rows, each counted once. */
  long stored() {
    return stored;
  }

  /** Stored objects that lack something as the portal serves them. */
  long defects() {
    return defects;
  }

  /**
   * Counts the existing objects of stored rows; each is counted and checked once, however many rows
   * name it.
   */
  void compare() throws SQLException {
    tables.each(
        "SELECT count(*), sum(defect) FROM (SELECT max(n.defect) AS defect "
            + STORED
            + " GROUP BY n.key)",
        line -> {
          stored = line.getLong(1);
          defects = line.getLong(2);
        },
        covered.first(),
        covered.last());
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
        covered.first(),
        covered.last());
  }

  /** Returns whether there is a finding for a stored row whose object was listed differently. */
  private boolean judge(ResultSet line) throws SQLException {
    String key = line.getString(1);
    long page = line.getLong(2);
    long expected = line.getLong(4);
    long listed = line.getLong(5);
    OptionalLong size = line.wasNull() ? OptionalLong.empty() : OptionalLong.of(listed);
    if (late.contains(AuditTables.shown(page)) || secondLooks++ < SECOND_LOOKS) {
      size = sizeNow(key, size);
    }
    if (size.equals(OptionalLong.of(expected))) {
      return false;
    }
    int row = line.getInt(3);
    if (size.isEmpty()) {
      defects -= line.getInt(6);
      vanished(key, page, row, null);
      return true;
    }
    findings.add(
        Kind.WRONG_SIZE,
        AuditTables.shown(page),
        row,
        key,
        "%d bytes, %d expected".formatted(size.getAsLong(), expected));
    refetch.fetchAgain(key, page);
    return true;
  }

  /** If the store refuses a request for this object, the size in its list counts. */
  private OptionalLong sizeNow(String key, OptionalLong listed) {
    try {
      return sizeNow.apply(key);
    } catch (StoreException e) {
      if (Refusals.isOfOneObject(e)) {
        return listed;
      }
      throw e;
    }
  }

  /** There is no object, although its row says that it is stored. */
  void vanished(String key, long page, int row, @Nullable String detail) throws SQLException {
    stored--;
    findings.add(Kind.MISSING, AuditTables.shown(page), row, key, detail);
    refetch.fetchAgain(key, page);
  }
}
