package audit;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Searches an audit's data for listed documents that are not in the bucket. */
final class GapSearch {
  /**
   * Rows that are not stored, except those whose document another row has as stored: its object
   * exists, or is a finding of its own.
   */
  private static final String UNSETTLED =
      """
      FROM unstored u WHERE u.page BETWEEN ?1 AND ?2 AND NOT EXISTS (
        SELECT 1 FROM named n INDEXED BY named_key WHERE n.key = u.key AND n.size IS NOT NULL
          AND (n.page BETWEEN ?1 AND ?2 OR EXISTS (SELECT 1 FROM objects o WHERE o.key = n.key)))
      """;

  /**
   * One line for each document: of several rows, the first that a retry may still bring, otherwise
   * the first.
   */
  private static final String DOCUMENTS =
      """
      SELECT page, row, key, reason, retryable FROM (SELECT *, row_number() OVER (
        PARTITION BY document ORDER BY retryable DESC, page, row) AS nth %s) WHERE nth = 1
      """
          .formatted(UNSETTLED);

  private final AuditTables tables;
  private final CoveredPages covered;

  /**
   * @param tables all data that was read, indexed
   * @param covered the pages to search
   */
  GapSearch(AuditTables tables, CoveredPages covered) {
    this.tables = tables;
    this.covered = covered;
  }

  /** Documents that failed for a cause that may be temporary. */
  void retryable(AuditTables.Line line) throws SQLException {
    tables.each(
        DOCUMENTS + " AND retryable ORDER BY page, row", line, covered.first(), covered.last());
  }

  /**
   * How many documents are not in the bucket, by reason, most frequent first.
   *
   * @param missing stored documents whose object does not exist
   * @param unlistedRows rows of pages without a readable manifest
   */
  Map<String, Long> gaps(long missing, long unlistedRows) throws SQLException {
    Map<String, Long> found = new LinkedHashMap<>();
    tables.each(
        "SELECT reason, count(*) FROM (" + DOCUMENTS + ") GROUP BY reason",
        line -> found.put(line.getString(1), line.getLong(2)),
        covered.first(),
        covered.last());
    found.put("missing", missing);
    found.put("rows_missing", unlistedRows);
    Map<String, Long> gaps = new LinkedHashMap<>();
    found.entrySet().stream()
        .filter(gap -> gap.getValue() > 0)
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(gap -> gaps.put(gap.getKey(), gap.getValue()));
    return gaps;
  }
}
