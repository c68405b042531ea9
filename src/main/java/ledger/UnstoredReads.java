package ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import model.DocumentState;
import model.web.WebAddress;
import org.jspecify.annotations.Nullable;

/** Counts the rows of closed pages whose document is not in the bucket. */
final class UnstoredReads {
  private static final String REJECTED =
      "SELECT page, reason, count(*) FROM unstored_rows WHERE state = 'rejected'"
          + " GROUP BY page, reason";

  private static final String REASONS =
      "SELECT reason, count(*) FROM unstored_rows WHERE page BETWEEN ? AND ? AND state = ?"
          + " GROUP BY reason";

  /** A document that was asked for was rejected because of a redirect, whose host is not known. */
  private static final String FOREIGN =
      """
      SELECT CASE WHEN EXISTS (SELECT 1 FROM documents d WHERE d.id = u.id) THEN NULL
        ELSE u.url END
      FROM unstored_rows u WHERE u.page BETWEEN ? AND ? AND u.reason = 'foreign_host'""";

  private final Connection connection;

  UnstoredReads(Connection connection) {
    this.connection = connection;
  }

  void loadRejected(RejectedRows rejected) {
    try {
      Sql.each(
          connection,
          REJECTED,
          row -> rejected.add(row.getInt(1), row.getString(2), row.getLong(3)));
    } catch (SQLException e) {
      throw LedgerException.unreadable(e);
    }
  }

  UnstoredCounts count(int first, int last) {
    try {
      Map<String, Long> hosts = new HashMap<>();
      Sql.each(
          connection,
          FOREIGN,
          row -> hosts.merge(host(row.getString(1)), 1L, Long::sum),
          first,
          last);
      return new UnstoredCounts(
          reasons(first, last, DocumentState.FAILED),
          reasons(first, last, DocumentState.REJECTED),
          UnstoredCounts.sorted(hosts));
    } catch (SQLException e) {
      throw LedgerException.unreadable(e);
    }
  }

  private Map<String, Long> reasons(int first, int last, DocumentState state) throws SQLException {
    Map<String, Long> reasons = new HashMap<>();
    Sql.each(
        connection,
        REASONS,
        row -> reasons.put(row.getString(1), row.getLong(2)),
        first,
        last,
        state.word());
    return UnstoredCounts.sorted(reasons);
  }

  private static String host(@Nullable String url) {
    return url == null
        ? UnstoredCounts.REDIRECTED
        : WebAddress.read(url).map(WebAddress::host).orElse(url);
  }
}
