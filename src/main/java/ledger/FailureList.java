package ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import model.DocumentState;
import model.PageRange;
import org.jspecify.annotations.Nullable;

/**
 * The rows of closed pages whose document is not in the bucket, in the order of pages and rows. Has
 * a connection of its own, so that a long list does not hold up the work on documents. Thread-safe.
 */
public final class FailureList {
  /** A position between two rows. */
  public record Position(int page, int row) {
    /** Before all rows. */
    public static final Position START = new Position(0, 0);
  }

  /** The bounds are written so that the index leads straight to the first row of the list. */
  private static final String ROWS =
      """
      SELECT u.page, u.row, u.id, u.url, u.title, u.state, u.reason, d.attempts, d.updated_at,
        d.accepted_at, d.note
      FROM unstored_rows u %s LEFT JOIN documents d ON d.id = u.id
      WHERE u.page BETWEEN ? AND ? AND (u.page > ? OR u.row > ?) %s
      ORDER BY u.page, u.row LIMIT ?""";

  /** The same columns, of one document. */
  static final String OF_DOCUMENT =
      """
      SELECT u.page, u.row, u.id, u.url, u.title, u.state, u.reason, d.attempts, d.updated_at,
        d.accepted_at, d.note
      FROM unstored_rows u LEFT JOIN documents d ON d.id = u.id
      WHERE u.id = ? ORDER BY u.page, u.row""";

  private static final String REASONS =
      """
      SELECT u.reason, count(*) FROM unstored_rows u INDEXED BY unstored_rows_reason
      WHERE u.page BETWEEN ? AND ? %s GROUP BY u.reason ORDER BY 2 DESC, 1""";

  private static final String OF_REASON = "AND u.reason = ?";

  private final Connection connection;

  FailureList(Connection connection) {
    this.connection = connection;
  }

  /**
   * Lists rows.
   *
   * @param filter which, without ids
   * @param after where the list begins
   */
  public synchronized List<UnstoredRow> rows(FailureFilter filter, Position after, int limit) {
    boolean all = filter.reason() == null;
    int first = Math.max(first(filter), after.page());
    List<@Nullable Object> values = new ArrayList<>();
    values.add(first);
    values.add(last(filter));
    values.add(after.page());
    values.add(after.row());
    if (!all) {
      values.add(filter.reason());
    }
    values.add(limit);
    String sql = ROWS.formatted(all ? "" : "INDEXED BY unstored_rows_reason", all ? "" : OF_REASON);
    return read(sql, FailureList::row, values);
  }

  /** How many rows there are, by reason, most frequent first. */
  public synchronized Map<String, Long> reasons(FailureFilter filter) {
    boolean all = filter.reason() == null;
    List<@Nullable Object> values = new ArrayList<>(List.of(first(filter), last(filter)));
    if (!all) {
      values.add(filter.reason());
    }
    Map<String, Long> reasons = new LinkedHashMap<>();
    read(
            REASONS.formatted(all ? "" : OF_REASON),
            row -> Map.entry(row.getString(1), row.getLong(2)),
            values)
        .forEach(reason -> reasons.put(reason.getKey(), reason.getValue()));
    return reasons;
  }

  synchronized void close() throws SQLException {
    connection.close();
  }

  private static int first(FailureFilter filter) {
    PageRange pages = filter.pages();
    return pages == null ? 1 : pages.first();
  }

  private static int last(FailureFilter filter) {
    PageRange pages = filter.pages();
    return pages == null ? Integer.MAX_VALUE : pages.last();
  }

  private <T> List<T> read(String sql, Sql.RowReader<T> reader, List<@Nullable Object> values) {
    try {
      return Sql.list(connection, sql, reader, values.toArray());
    } catch (SQLException e) {
      throw LedgerException.unreadable(e);
    }
  }

  static UnstoredRow row(ResultSet row) throws SQLException {
    long lastAttempt = row.getLong(9);
    return new UnstoredRow(
        row.getInt(1),
        row.getInt(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        DocumentState.of(row.getString(6)),
        row.getString(7),
        row.getInt(8),
        lastAttempt == 0 ? null : Instant.ofEpochMilli(lastAttempt),
        Sql.acceptance(row, 10));
  }
}
