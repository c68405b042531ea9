package ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HexFormat;
import model.Acceptance;
import model.DocumentState;
import org.jspecify.annotations.Nullable;

/** Records the results of attempts at documents. Runs on the writer's thread only. */
final class DocumentWrites {
  private record Prior(int page, @Nullable DocumentState state, boolean isRetried) {
    boolean isFailed() {
      return state == DocumentState.FAILED;
    }

    boolean isUnknown() {
      return state == null;
    }
  }

  private final Connection connection;
  private final InstantSource clock;
  private final PageCountWrites counts;
  private final PreparedStatement prior;
  private final PreparedStatement putDocument;
  private final PreparedStatement countFound;

  DocumentWrites(Connection connection, InstantSource clock, PageCountWrites counts)
      throws SQLException {
    this.connection = connection;
    this.clock = clock;
    this.counts = counts;
    this.prior =
        connection.prepareStatement("SELECT page, state, retrying FROM documents WHERE id = ?");
    this.putDocument =
        connection.prepareStatement(
            """
            INSERT INTO documents (id, page, state, attempts, reason, size, sha256, updated_at,
              defect)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state,
              attempts = attempts + excluded.attempts, reason = excluded.reason,
              size = excluded.size, sha256 = excluded.sha256, updated_at = excluded.updated_at,
              defect = excluded.defect,
              retrying = CASE excluded.state WHEN 'queued' THEN retrying ELSE 0 END,
              accepted_at = NULL, note = NULL""");
    this.countFound =
        connection.prepareStatement("UPDATE pages SET found = found + 1 WHERE page = ?");
  }

  PageBook.Delta stored(String id, int page, long size, String sha256, @Nullable String defect)
      throws SQLException {
    Prior before = prior(id, page);
    putDocument.setInt(4, 0);
    putDocument.setString(5, null);
    putDocument.setLong(6, size);
    putDocument.setBytes(7, HexFormat.of().parseHex(sha256));
    putDocument.setString(9, defect);
    if (defect != null) {
      Sql.update(connection, "DELETE FROM unended_downloads WHERE id = ?", id);
    }
    put(id, page, DocumentState.STORED);
    boolean isNew = before.state() != DocumentState.STORED;
    return count(
        before,
        new PageBook.Delta(
            before.page(),
            isNew ? 1 : 0,
            isNew ? size : 0,
            before.isFailed() ? -1 : 0,
            before.isRetried() ? -1 : 0));
  }

  PageBook.Delta failed(String id, int page, DocumentState state, String reason)
      throws SQLException {
    Prior before = prior(id, page);
    putDocument.setInt(4, 1);
    putDocument.setString(5, reason);
    putDocument.setObject(6, null);
    putDocument.setBytes(7, null);
    putDocument.setString(9, null);
    put(id, page, state);
    int more = (state == DocumentState.FAILED ? 1 : 0) - (before.isFailed() ? 1 : 0);
    int retried = before.isRetried() && state != DocumentState.QUEUED ? -1 : 0;
    return count(before, new PageBook.Delta(before.page(), 0, 0, more, retried));
  }

  /** A person has accepted that a document will not come. */
  void accept(String id, Acceptance acceptance) throws SQLException {
    Sql.update(
        connection,
        "UPDATE documents SET accepted_at = ?, note = ? WHERE id = ?",
        acceptance.at().toEpochMilli(),
        acceptance.note(),
        id);
  }

  /** Returns whether the last download without an end was the same. */
  boolean unended(String id, String sha256) throws SQLException {
    byte[] digest = HexFormat.of().parseHex(sha256);
    if (Sql.exists(
        connection, "SELECT 1 FROM unended_downloads WHERE id = ? AND sha256 = ?", id, digest)) {
      return true;
    }
    Sql.update(
        connection,
        "INSERT INTO unended_downloads (id, sha256) VALUES (?, ?)"
            + " ON CONFLICT (id) DO UPDATE SET sha256 = excluded.sha256",
        id,
        digest);
    return false;
  }

  /** The state of a document; null if it is unknown. */
  @Nullable DocumentState state(String id) throws SQLException {
    return prior(id, 0).state();
  }

  private Prior prior(String id, int page) throws SQLException {
    prior.setString(1, id);
    try (ResultSet row = prior.executeQuery()) {
      return row.next()
          ? new Prior(row.getInt(1), DocumentState.of(row.getString(2)), row.getBoolean(3))
          : new Prior(page, null, false);
    }
  }

  private void put(String id, int page, DocumentState state) throws SQLException {
    putDocument.setString(1, id);
    putDocument.setInt(2, page);
    putDocument.setString(3, state.word());
    putDocument.setLong(8, clock.millis());
    putDocument.executeUpdate();
  }

  private PageBook.Delta count(Prior before, PageBook.Delta delta) throws SQLException {
    counts.add(delta);
    if (before.isUnknown()) {
      countFound.setInt(1, delta.page());
      countFound.executeUpdate();
    }
    return delta;
  }
}
