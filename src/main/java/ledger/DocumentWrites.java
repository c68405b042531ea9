package ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import model.Acceptance;
import model.DocumentState;
import model.Validators;
import org.jspecify.annotations.Nullable;

/** Records the results of attempts at documents. Runs on the writer's thread only. */
final class DocumentWrites {
  /**
   * @param storedAt milliseconds since 1970; 0 if it was not stored when it was tried last
   * @param sha256 of what is stored; null if nothing is
   * @param hasReplaced whether that has replaced another version
   */
  private record Prior(
      int page,
      @Nullable DocumentState state,
      boolean isRetried,
      long size,
      long storedAt,
      byte @Nullable [] sha256,
      boolean hasReplaced) {
    /** Whether this version will be the first to replace another. */
    boolean isReplacedBy(byte[] later) {
      return state == DocumentState.STORED
          && sha256 != null
          && !hasReplaced
          && !Arrays.equals(sha256, later);
    }

    boolean isFailed() {
      return state == DocumentState.FAILED;
    }

    /** Another page that lists the document has settled it while this one was trying. */
    boolean outranks(DocumentState later) {
      return state == DocumentState.STORED
          || later == DocumentState.QUEUED && state != null && state.isClosed();
    }

    boolean isUnknown() {
      return state == null;
    }
  }

  /**
   * A document was stored.
   *
   * @param reopened the complete pages whose manifests said that it is not
   */
  record Storing(PageBook.Delta delta, List<Integer> reopened) {}

  private final Connection connection;
  private final InstantSource clock;
  private final PageCountWrites counts;
  private final TryWrites tries;
  private final PreparedStatement prior;
  private final PreparedStatement putDocument;
  private final PreparedStatement countFound;

  DocumentWrites(Connection connection, InstantSource clock, PageCountWrites counts)
      throws SQLException {
    this.connection = connection;
    this.clock = clock;
    this.counts = counts;
    this.tries = new TryWrites(connection);
    this.prior =
        connection.prepareStatement(
            "SELECT page, state, retrying, size, CASE WHEN sha256 IS NULL THEN 0 ELSE updated_at END,"
                + " sha256, previous_sha256 IS NOT NULL FROM documents WHERE id = ?");
    this.putDocument =
        connection.prepareStatement(
            """
            INSERT INTO documents (id, page, state, attempts, reason, size, sha256, updated_at,
              defect, etag, last_modified, http_status)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state,
              attempts = attempts + excluded.attempts, reason = excluded.reason,
              size = excluded.size, sha256 = excluded.sha256, updated_at = excluded.updated_at,
              defect = excluded.defect, etag = excluded.etag,
              last_modified = excluded.last_modified, http_status = excluded.http_status,
              previous_sha256 = CASE WHEN state = 'stored' AND sha256 <> excluded.sha256
                THEN sha256 ELSE previous_sha256 END,
              retrying = CASE excluded.state WHEN 'queued' THEN retrying ELSE 0 END,
              accepted_at = NULL, note = NULL""");
    this.countFound =
        connection.prepareStatement("UPDATE pages SET found = found + 1 WHERE page = ?");
  }

  Storing stored(
      String id, int page, long size, String sha256, @Nullable String defect, Validators validators)
      throws SQLException {
    Prior before = prior(id, page);
    putDocument.setInt(4, 0);
    putDocument.setString(5, null);
    putDocument.setLong(6, size);
    byte[] digest = HexFormat.of().parseHex(sha256);
    putDocument.setBytes(7, digest);
    putDocument.setString(9, defect);
    putDocument.setString(10, validators.etag());
    putDocument.setString(11, validators.lastModified());
    putDocument.setObject(12, null);
    if (defect != null) {
      Sql.update(connection, "DELETE FROM unended_downloads WHERE id = ?", id);
    }
    put(id, page, DocumentState.STORED);
    boolean isNew = before.state() != DocumentState.STORED;
    PageBook.Delta delta =
        count(
            before,
            new PageBook.Delta(
                before.page(),
                isNew ? 1 : 0,
                size - (isNew ? 0 : before.size()),
                before.isFailed() ? -1 : 0,
                before.isRetried() ? -1 : 0,
                before.isReplacedBy(digest) ? 1 : 0));
    return new Storing(delta, before.isUnknown() || !isNew ? List.of() : reopenPages(id));
  }

  /** Reopens the complete pages whose manifests call a document failed that has now been stored. */
  private List<Integer> reopenPages(String id) throws SQLException {
    List<Integer> pages =
        Sql.list(
            connection,
            """
            SELECT DISTINCT u.page FROM unstored_rows u JOIN pages p ON p.page = u.page
            WHERE u.id = ? AND u.state = 'failed' AND p.state = 'complete'""",
            row -> row.getInt(1),
            id);
    for (int page : pages) {
      Sql.update(connection, "UPDATE pages SET state = 'retry' WHERE page = ?", page);
    }
    return pages;
  }

  /**
   * Empty if the failure does not count, because another page has settled the document meanwhile.
   */
  Optional<PageBook.Delta> failed(
      String id, int page, DocumentState state, String reason, OptionalInt httpStatus)
      throws SQLException {
    Prior before = prior(id, page);
    if (before.outranks(state)) {
      return Optional.empty();
    }
    putDocument.setInt(4, 1);
    putDocument.setString(5, reason);
    putDocument.setObject(6, null);
    putDocument.setBytes(7, null);
    putDocument.setString(9, null);
    putDocument.setString(10, null);
    putDocument.setString(11, null);
    putDocument.setObject(12, httpStatus.isPresent() ? httpStatus.getAsInt() : null);
    long now = put(id, page, state);
    if (before.storedAt() > 0) {
      tries.add(id, before.storedAt(), null, OptionalInt.empty());
    }
    tries.add(id, now, reason, httpStatus);
    int more = (state == DocumentState.FAILED ? 1 : 0) - (before.isFailed() ? 1 : 0);
    int retried = before.isRetried() && state != DocumentState.QUEUED ? -1 : 0;
    return Optional.of(count(before, new PageBook.Delta(before.page(), 0, 0, more, retried)));
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

  /** The portal still has the stored version, with these validators. */
  int unchanged(String id, Validators validators) throws SQLException {
    return Sql.update(
        connection,
        "UPDATE documents SET etag = ?, last_modified = ? WHERE id = ? AND state = 'stored'",
        validators.etag(),
        validators.lastModified(),
        id);
  }

  /** The stored version has replaced one with this digest. */
  void replaced(String id, String previousSha256) throws SQLException {
    Sql.update(
        connection,
        "UPDATE documents SET previous_sha256 = ? WHERE id = ?",
        HexFormat.of().parseHex(previousSha256),
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
          ? new Prior(
              row.getInt(1),
              DocumentState.of(row.getString(2)),
              row.getBoolean(3),
              row.getLong(4),
              row.getLong(5),
              row.getBytes(6),
              row.getBoolean(7))
          : new Prior(page, null, false, 0, 0, null, false);
    }
  }

  private long put(String id, int page, DocumentState state) throws SQLException {
    long now = clock.millis();
    putDocument.setString(1, id);
    putDocument.setInt(2, page);
    putDocument.setString(3, state.word());
    putDocument.setLong(8, now);
    putDocument.executeUpdate();
    return now;
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
