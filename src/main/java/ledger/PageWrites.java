package ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import model.PageState;
import org.jspecify.annotations.Nullable;

/** Closes and opens pages. Runs on the writer's thread only. */
final class PageWrites {
  private final Connection connection;
  private final InstantSource clock;
  private final PagesBegun begun;
  private final PreparedStatement addName;

  PageWrites(Connection connection, InstantSource clock, PagesBegun begun) throws SQLException {
    this.begun = begun;
    this.connection = connection;
    this.addName =
        connection.prepareStatement("INSERT OR IGNORE INTO names (name, page) VALUES (?, ?)");
    this.clock = clock;
  }

  PageState close(int page, List<UnstoredRow> unstored, @Nullable Long total) throws SQLException {
    update("DELETE FROM unstored_rows WHERE page = ?", page);
    for (UnstoredRow row : unstored) {
      insert(row);
    }
    PageState asked = begun.end(page);
    PageState state = asked == PageState.COMPLETE && hasChanged(page) ? PageState.RETRY : asked;
    update(
        """
        INSERT INTO pages (page, state, total, updated_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (page) DO UPDATE SET state = excluded.state, total = excluded.total,
          refresh = CASE excluded.state WHEN 'open' THEN refresh ELSE 0 END,
          repair = CASE excluded.state WHEN 'open' THEN repair ELSE 0 END,
          updated_at = excluded.updated_at""",
        page,
        state.word(),
        total,
        clock.millis());
    return state;
  }

  private void insert(UnstoredRow row) throws SQLException {
    update(
        "INSERT INTO unstored_rows (page, row, id, url, title, state, reason, accepted_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        row.page(),
        row.row(),
        row.id(),
        row.url(),
        row.title(),
        row.state().word(),
        row.reason(),
        row.acceptance() == null ? null : row.acceptance().at().toEpochMilli());
  }

  /** Names from an earlier listing are kept, because a lookup checks the page's rows anyway. */
  void addNames(int page, Collection<Long> names) throws SQLException {
    for (long name : names) {
      addName.setLong(1, name);
      addName.setInt(2, page);
      addName.addBatch();
    }
    addName.executeBatch();
  }

  /** Whether a document was stored, queued again or accepted after the manifest was made. */
  private boolean hasChanged(int page) throws SQLException {
    return Sql.exists(
        connection,
        "SELECT 1 FROM unstored_rows u JOIN documents d ON d.id = u.id"
            + " WHERE u.page = ? AND u.state = 'failed'"
            + " AND (d.state IN ('queued', 'stored') OR d.accepted_at IS NOT u.accepted_at) LIMIT 1",
        page);
  }

  int accept(int page) throws SQLException {
    return update(
        "INSERT INTO pages (page, state, accepted, updated_at) VALUES (?, 'open', 1, 0)"
            + " ON CONFLICT (page) DO UPDATE SET accepted = 1",
        page);
  }

  int sweep(int script, int first, int last) throws SQLException {
    begun.reopen(first, last);
    extendSweep(script, last);
    update(
        "UPDATE documents SET looked_at_end = 0 WHERE state = 'failed' AND page BETWEEN ? AND ?",
        first,
        last);
    return update(
        "UPDATE pages SET state = 'open', found = 0 WHERE page BETWEEN ? AND ?", first, last);
  }

  int forgetFound(int first, int last) throws SQLException {
    return update("UPDATE pages SET found = 0 WHERE page BETWEEN ? AND ?", first, last);
  }

  int refresh(int first, int last) throws SQLException {
    return update("UPDATE pages SET refresh = 1 WHERE page BETWEEN ? AND ?", first, last);
  }

  int reopen(int first, int last) throws SQLException {
    begun.reopen(first, last);
    return update("UPDATE pages SET state = 'open' WHERE page BETWEEN ? AND ?", first, last);
  }

  int repair(int page) throws SQLException {
    begun.reopen(page, page);
    return update("UPDATE pages SET state = 'open', repair = 1 WHERE page = ?", page);
  }

  int extendSweep(int script, int lastPage) throws SQLException {
    return update(
        "INSERT INTO sweeps (script, last_page) VALUES (?, ?)"
            + " ON CONFLICT (script) DO UPDATE SET last_page = excluded.last_page",
        script,
        lastPage);
  }

  private int update(String sql, @Nullable Object... values) throws SQLException {
    return Sql.update(connection, sql, values);
  }
}
