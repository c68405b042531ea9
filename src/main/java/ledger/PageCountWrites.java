package ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;

/** Keeps the counts of each page on disk, as {@link PageBook} does in memory. */
final class PageCountWrites {
  private final InstantSource clock;
  private final PreparedStatement count;

  PageCountWrites(Connection connection, InstantSource clock) throws SQLException {
    this.clock = clock;
    this.count =
        connection.prepareStatement(
            """
            INSERT INTO pages (page, state, stored, bytes, failed, retrying, updated_at)
            VALUES (?, 'open', ?, ?, ?, ?, ?)
            ON CONFLICT (page) DO UPDATE SET stored = stored + excluded.stored,
              bytes = bytes + excluded.bytes, failed = failed + excluded.failed,
              retrying = retrying + excluded.retrying, updated_at = excluded.updated_at""");
  }

  PageBook.Delta add(PageBook.Delta delta) throws SQLException {
    count.setInt(1, delta.page());
    count.setInt(2, delta.stored());
    count.setLong(3, delta.bytes());
    count.setInt(4, delta.failed());
    count.setInt(5, delta.retrying());
    count.setLong(6, clock.millis());
    count.executeUpdate();
    return delta;
  }
}
