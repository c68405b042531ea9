package ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import model.DocumentState;
import model.PageState;
import org.jspecify.annotations.Nullable;

/** The changes made to the ledger's database. Runs on the writer's thread only. */
final class LedgerWrites {
  private static final String FAILED = "state = 'failed'";

  /** An accepted page is left as it is. */
  private static final String GONE =
      """
      state = 'failed' AND reason = 'gone' AND looked_at_end = 0 AND id IN (
        SELECT u.id FROM unstored_rows u JOIN pages p ON p.page = u.page
        WHERE u.page BETWEEN %d AND %d AND u.state = 'failed' AND p.accepted = 0)""";

  /** The result of queueing failed documents again. */
  record Requeued(int documents, List<PageBook.Delta> deltas, List<Integer> pages) {}

  private record Prior(int page, @Nullable DocumentState state) {
    boolean isFailed() {
      return state == DocumentState.FAILED;
    }

    boolean isUnknown() {
      return state == null;
    }
  }

  private final Connection connection;
  private final Clock clock;
  private final PreparedStatement prior;
  private final PreparedStatement putDocument;
  private final PreparedStatement count;
  private final PreparedStatement countFound;

  LedgerWrites(Connection connection, Clock clock) throws SQLException {
    this.connection = connection;
    this.clock = clock;
    this.prior = connection.prepareStatement("SELECT page, state FROM documents WHERE id = ?");
    this.putDocument =
        connection.prepareStatement(
            """
            INSERT INTO documents (id, page, state, attempts, reason, size, sha256, updated_at,
              defect)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state,
              attempts = attempts + excluded.attempts, reason = excluded.reason,
              size = excluded.size, sha256 = excluded.sha256, updated_at = excluded.updated_at,
              defect = excluded.defect""");
    this.count =
        connection.prepareStatement(
            """
            INSERT INTO pages (page, state, stored, bytes, failed, updated_at)
            VALUES (?, 'open', ?, ?, ?, ?)
            ON CONFLICT (page) DO UPDATE SET stored = stored + excluded.stored,
              bytes = bytes + excluded.bytes, failed = failed + excluded.failed,
              updated_at = excluded.updated_at""");
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
      forgetUnended(id);
    }
    put(id, page, DocumentState.STORED);
    boolean isNew = before.state() != DocumentState.STORED;
    return count(
        before,
        new PageBook.Delta(
            before.page(), isNew ? 1 : 0, isNew ? size : 0, before.isFailed() ? -1 : 0));
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
    return count(before, new PageBook.Delta(before.page(), 0, 0, more));
  }

  /** Returns whether the last download without an end was the same. */
  boolean unended(String id, String sha256) throws SQLException {
    byte[] digest = HexFormat.of().parseHex(sha256);
    try (PreparedStatement same =
        connection.prepareStatement(
            "SELECT 1 FROM unended_downloads WHERE id = ? AND sha256 = ?")) {
      same.setString(1, id);
      same.setBytes(2, digest);
      try (ResultSet row = same.executeQuery()) {
        if (row.next()) {
          return true;
        }
      }
    }
    try (PreparedStatement put =
        connection.prepareStatement(
            "INSERT INTO unended_downloads (id, sha256) VALUES (?, ?)"
                + " ON CONFLICT (id) DO UPDATE SET sha256 = excluded.sha256")) {
      put.setString(1, id);
      put.setBytes(2, digest);
      put.executeUpdate();
    }
    return false;
  }

  private void forgetUnended(String id) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM unended_downloads WHERE id = ?")) {
      delete.setString(1, id);
      delete.executeUpdate();
    }
  }

  private Prior prior(String id, int page) throws SQLException {
    prior.setString(1, id);
    try (ResultSet row = prior.executeQuery()) {
      return row.next()
          ? new Prior(row.getInt(1), DocumentState.of(row.getString(2)))
          : new Prior(page, null);
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
    count(delta);
    if (before.isUnknown()) {
      countFound.setInt(1, delta.page());
      countFound.executeUpdate();
    }
    return delta;
  }

  private PageBook.Delta count(PageBook.Delta delta) throws SQLException {
    count.setInt(1, delta.page());
    count.setInt(2, delta.stored());
    count.setLong(3, delta.bytes());
    count.setInt(4, delta.failed());
    count.setLong(5, clock.millis());
    count.executeUpdate();
    return delta;
  }

  PageState closePage(int page, List<UnstoredRow> unstored, @Nullable Long total)
      throws SQLException {
    update("DELETE FROM unstored_rows WHERE page = ?", page);
    for (UnstoredRow row : unstored) {
      insert(row);
    }
    PageState state = hasQueued(page) ? PageState.RETRY : PageState.COMPLETE;
    try (PreparedStatement close =
        connection.prepareStatement(
            """
            INSERT INTO pages (page, state, total, updated_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (page) DO UPDATE SET state = excluded.state, total = excluded.total,
              updated_at = excluded.updated_at""")) {
      close.setInt(1, page);
      close.setString(2, state.word());
      close.setObject(3, total);
      close.setLong(4, clock.millis());
      close.executeUpdate();
    }
    return state;
  }

  private void insert(UnstoredRow row) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO unstored_rows (page, row, id, url, title, state, reason)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setInt(1, row.page());
      insert.setInt(2, row.row());
      insert.setString(3, row.id());
      insert.setString(4, row.url());
      insert.setString(5, row.title());
      insert.setString(6, row.state().word());
      insert.setString(7, row.reason());
      insert.executeUpdate();
    }
  }

  private boolean hasQueued(int page) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT 1 FROM unstored_rows u JOIN documents d ON d.id = u.id"
                + " WHERE u.page = ? AND u.state = 'failed' AND d.state = 'queued' LIMIT 1")) {
      select.setInt(1, page);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  Requeued requeueFailed() throws SQLException {
    return requeue(FAILED, "attempts = 0, looked_at_end = 0");
  }

  /** The attempts stay as they are, so that one more is enough. */
  Requeued requeueGone(int first, int last) throws SQLException {
    return requeue(GONE.formatted(first, last), "looked_at_end = 1");
  }

  /**
   * @param which condition on a failed document
   * @param change what to set besides its state
   */
  private Requeued requeue(String which, String change) throws SQLException {
    List<PageBook.Delta> deltas = new ArrayList<>();
    int documents = 0;
    for (int[] line :
        query("SELECT page, count(*) FROM documents WHERE " + which + " GROUP BY page")) {
      deltas.add(count(new PageBook.Delta(line[0], 0, 0, -line[1])));
      documents += line[1];
    }
    List<Integer> pages = new ArrayList<>();
    for (int[] line :
        query(
            """
            SELECT DISTINCT u.page, 0 FROM unstored_rows u JOIN pages p ON p.page = u.page
            WHERE u.state = 'failed' AND p.state = 'complete'
              AND u.id IN (SELECT id FROM documents WHERE %s)"""
                .formatted(which))) {
      update("UPDATE pages SET state = 'retry' WHERE page = ?", line[0]);
      pages.add(line[0]);
    }
    try (PreparedStatement queue =
        connection.prepareStatement(
            "UPDATE documents SET state = 'queued', " + change + " WHERE " + which)) {
      queue.executeUpdate();
    }
    return new Requeued(documents, deltas, pages);
  }

  int accept(int page) throws SQLException {
    return update(
        "INSERT INTO pages (page, state, accepted, updated_at) VALUES (?, 'open', 1, 0)"
            + " ON CONFLICT (page) DO UPDATE SET accepted = 1",
        page);
  }

  List<PageBook.Delta> tryAgain(Collection<String> ids) throws SQLException {
    List<PageBook.Delta> deltas = new ArrayList<>();
    for (String id : ids) {
      Prior before = prior(id, 0);
      if (before.isFailed() || before.state() == DocumentState.REJECTED) {
        change(
            "UPDATE documents SET state = 'queued', attempts = 0, looked_at_end = 0 WHERE id = ?",
            id);
        deltas.add(count(new PageBook.Delta(before.page(), 0, 0, before.isFailed() ? -1 : 0)));
      }
    }
    return deltas;
  }

  List<PageBook.Delta> giveUp(Map<String, DocumentState> states) throws SQLException {
    List<PageBook.Delta> deltas = new ArrayList<>();
    for (Map.Entry<String, DocumentState> line : states.entrySet()) {
      Prior before = prior(line.getKey(), 0);
      if (before.state() == DocumentState.QUEUED) {
        boolean failed = line.getValue() == DocumentState.FAILED;
        String sql = "UPDATE documents SET state = '%s' WHERE id = ?";
        change(sql.formatted(line.getValue().word()), line.getKey());
        deltas.add(count(new PageBook.Delta(before.page(), 0, 0, failed ? 1 : 0)));
      }
    }
    return deltas;
  }

  private void change(String sql, String id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, id);
      statement.executeUpdate();
    }
  }

  int setRunning(Collection<Integer> scripts, boolean running) throws SQLException {
    for (int script : scripts) {
      update(
          running
              ? "INSERT OR IGNORE INTO running_scripts (script) VALUES (?)"
              : "DELETE FROM running_scripts WHERE script = ?",
          script);
    }
    return scripts.size();
  }

  int sweep(int script, int first, int last) throws SQLException {
    extendSweep(script, last);
    try (PreparedStatement forget =
        connection.prepareStatement(
            "UPDATE documents SET looked_at_end = 0 WHERE state = 'failed' AND page BETWEEN ? AND ?")) {
      forget.setInt(1, first);
      forget.setInt(2, last);
      forget.executeUpdate();
    }
    try (PreparedStatement reopen =
        connection.prepareStatement(
            "UPDATE pages SET state = 'open', found = 0 WHERE page BETWEEN ? AND ?")) {
      reopen.setInt(1, first);
      reopen.setInt(2, last);
      return reopen.executeUpdate();
    }
  }

  int reopen(int page) throws SQLException {
    return update("UPDATE pages SET state = 'open' WHERE page = ?", page);
  }

  int extendSweep(int script, int lastPage) throws SQLException {
    try (PreparedStatement put =
        connection.prepareStatement(
            "INSERT INTO sweeps (script, last_page) VALUES (?, ?)"
                + " ON CONFLICT (script) DO UPDATE SET last_page = excluded.last_page")) {
      put.setInt(1, script);
      put.setInt(2, lastPage);
      return put.executeUpdate();
    }
  }

  int countError(String kind) throws SQLException {
    try (PreparedStatement add =
        connection.prepareStatement(
            "INSERT INTO errors (kind, count) VALUES (?, 1)"
                + " ON CONFLICT (kind) DO UPDATE SET count = count + 1")) {
      add.setString(1, kind);
      return add.executeUpdate();
    }
  }

  int keepSession(int script, String state) throws SQLException {
    try (PreparedStatement put =
        connection.prepareStatement(
            "INSERT INTO sessions (script, state) VALUES (?, ?)"
                + " ON CONFLICT (script) DO UPDATE SET state = excluded.state")) {
      put.setInt(1, script);
      put.setString(2, state);
      return put.executeUpdate();
    }
  }

  int heartbeat() throws SQLException {
    try (PreparedStatement put =
        connection.prepareStatement(
            "INSERT INTO heartbeat (id, written_at) VALUES (1, ?)"
                + " ON CONFLICT (id) DO UPDATE SET written_at = excluded.written_at")) {
      put.setLong(1, clock.millis());
      return put.executeUpdate();
    }
  }

  private List<int[]> query(String sql) throws SQLException {
    List<int[]> lines = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        lines.add(new int[] {rows.getInt(1), rows.getInt(2)});
      }
    }
    return lines;
  }

  private int update(String sql, int number) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, number);
      return statement.executeUpdate();
    }
  }
}
