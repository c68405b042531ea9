package ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import model.DocumentState;
import model.PageState;
import model.Validators;
import org.jspecify.annotations.Nullable;

/** The queries of the ledger, on one connection, one at a time. */
final class LedgerReads {
  private static final String WALK =
      """
      SELECT coalesce(sum(found), 0), count(DISTINCT coalesce(total, -1))
      FROM pages WHERE page BETWEEN ? AND ?""";

  private static final String REASONS =
      "SELECT reason, count(*) FROM unstored_rows WHERE page BETWEEN ? AND ?"
          + " GROUP BY reason ORDER BY 2 DESC, 1";

  private static final String REPLACED =
      "SELECT page, count(*) FROM documents INDEXED BY documents_replaced"
          + " WHERE previous_sha256 IS NOT NULL GROUP BY page";

  private static final String GIVEN_UP_ELSEWHERE =
      """
      SELECT 1 FROM documents d
      WHERE d.id = ?1 AND d.state IN ('failed', 'rejected') AND d.accepted_at IS NULL
        AND (d.page <> ?2 OR EXISTS (
          SELECT 1 FROM unstored_rows u WHERE u.id = d.id AND u.page <> ?2))""";

  private static final String WAS_STORED =
      """
      SELECT 1 FROM documents WHERE id = ?1 AND sha256 IS NOT NULL
      UNION ALL SELECT 1 FROM tries WHERE id = ?1 AND reason IS NULL LIMIT 1""";

  private final Connection connection;
  private final PreparedStatement find;
  private final PreparedStatement state;
  private final PreparedStatement wasStored;

  LedgerReads(Connection connection) throws SQLException {
    this.connection = connection;
    this.find =
        connection.prepareStatement(
            "SELECT id, page, state, attempts, reason, size, sha256, defect, updated_at,"
                + " looked_at_end, accepted_at, note, etag, last_modified, previous_sha256,"
                + " http_status"
                + " FROM documents WHERE id = ?");
    this.state = connection.prepareStatement("SELECT state FROM documents WHERE id = ?");
    this.wasStored = connection.prepareStatement(WAS_STORED);
  }

  /** See {@link Documents#wasStored}. */
  synchronized boolean wasStored(String id) {
    try {
      wasStored.setString(1, id);
      try (ResultSet rows = wasStored.executeQuery()) {
        return rows.next();
      }
    } catch (SQLException e) {
      throw LedgerException.unreadable(e);
    }
  }

  /** Its state alone, which is asked for several times per document; the driver counts columns. */
  synchronized Optional<DocumentState> state(String id) {
    try {
      state.setString(1, id);
      try (ResultSet rows = state.executeQuery()) {
        return rows.next() ? Optional.of(DocumentState.of(rows.getString(1))) : Optional.empty();
      }
    } catch (SQLException e) {
      throw LedgerException.unreadable(e);
    }
  }

  synchronized Optional<DocumentRecord> find(String id) {
    try {
      find.setString(1, id);
      try (ResultSet rows = find.executeQuery()) {
        return rows.next() ? Optional.of(document(rows)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw LedgerException.unreadable(e);
    }
  }

  private static DocumentRecord document(ResultSet row) throws SQLException {
    return new DocumentRecord(
        row.getString(1),
        row.getInt(2),
        DocumentState.of(row.getString(3)),
        row.getInt(4),
        row.getString(5),
        Sql.optionalInt(row, 16),
        row.getLong(6),
        hex(row.getBytes(7)),
        row.getString(8),
        new Validators(row.getString(13), row.getString(14)),
        hex(row.getBytes(15)),
        Instant.ofEpochMilli(row.getLong(9)),
        row.getBoolean(10),
        Sql.acceptance(row, 11));
  }

  /** Whether the ledger was restored, so that the bucket may hold more than it knows. */
  synchronized boolean isRestored() throws SQLException {
    return Sql.list(connection, "PRAGMA user_version", row -> row.getInt(1))
        .contains(LedgerDatabase.RESTORED);
  }

  synchronized boolean isEmpty() {
    try {
      return !Sql.exists(connection, "SELECT 1 FROM pages LIMIT 1")
          && !Sql.exists(connection, "SELECT 1 FROM documents LIMIT 1");
    } catch (SQLException e) {
      throw LedgerException.unreadable(e);
    }
  }

  private static @Nullable String hex(byte @Nullable [] digest) {
    return digest == null ? null : HexFormat.of().formatHex(digest);
  }

  /** Whether an audit has found the page damaged. */
  synchronized boolean isRepair(int page) {
    return isSet("SELECT 1 FROM pages WHERE page = ? AND repair = 1", page);
  }

  /** Whether the stored documents of the page are to be asked for again. */
  synchronized boolean isRefresh(int page) {
    return isSet("SELECT 1 FROM pages WHERE page = ? AND refresh = 1", page);
  }

  synchronized void loadPages(PageBook book) {
    try {
      Sql.each(
          connection,
          "SELECT page, state, stored, bytes, failed, retrying FROM pages",
          row ->
              book.set(
                  row.getInt(1),
                  PageState.of(row.getString(2)),
                  new PageBook.Delta(
                      row.getInt(1), row.getInt(3), row.getLong(4), row.getInt(5), row.getInt(6))));
      Sql.each(
          connection,
          REPLACED,
          row -> book.add(new PageBook.Delta(row.getInt(1), 0, 0, 0, 0, row.getInt(2))));
    } catch (SQLException e) {
      throw LedgerException.unreadable(e);
    }
  }

  /** See {@link Documents#isGivenUpElsewhere}. */
  synchronized boolean isGivenUpElsewhere(String id, int page) {
    try {
      return Sql.exists(connection, GIVEN_UP_ELSEWHERE, id, page);
    } catch (SQLException e) {
      throw LedgerException.unreadable(e);
    }
  }

  synchronized boolean isAccepted(int page) {
    return isSet("SELECT 1 FROM pages WHERE page = ? AND accepted = 1", page);
  }

  private boolean isSet(String sql, int page) {
    try {
      return Sql.exists(connection, sql, page);
    } catch (SQLException e) {
      throw LedgerException.unreadable(e);
    }
  }

  synchronized OptionalLong total(int page) {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT total FROM pages WHERE page = ? AND total IS NOT NULL")) {
      select.setInt(1, page);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    } catch (SQLException e) {
      throw LedgerException.unreadable(e);
    }
  }

  synchronized Walk walk(int first, int last) {
    try (PreparedStatement select = connection.prepareStatement(WALK)) {
      select.setInt(1, first);
      select.setInt(2, last);
      try (ResultSet row = select.executeQuery()) {
        return new Walk(row.getLong(1), row.getInt(2), reasons(first, last));
      }
    } catch (SQLException e) {
      throw LedgerException.unreadable(e);
    }
  }

  private Map<String, Long> reasons(int first, int last) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(REASONS)) {
      select.setInt(1, first);
      select.setInt(2, last);
      try (ResultSet rows = select.executeQuery()) {
        Map<String, Long> reasons = new LinkedHashMap<>();
        while (rows.next()) {
          reasons.put(rows.getString(1), rows.getLong(2));
        }
        return reasons;
      }
    }
  }

  /** The sweeping scripts, each with the last page of its range. */
  synchronized Map<Integer, Integer> sweeps() {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT script, last_page FROM sweeps");
        ResultSet rows = select.executeQuery()) {
      Map<Integer, Integer> sweeps = new TreeMap<>();
      while (rows.next()) {
        sweeps.put(rows.getInt(1), rows.getInt(2));
      }
      return sweeps;
    } catch (SQLException e) {
      throw LedgerException.unreadable(e);
    }
  }
}
