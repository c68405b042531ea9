package ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the latest attempts at each document, and every success that was later undone, since it
 * matters whether there was one. Runs on the writer's thread only.
 */
final class TryWrites {
  /** The number of attempts kept per document. */
  static final int KEPT = 20;

  private final PreparedStatement add;
  private final PreparedStatement forget;

  TryWrites(Connection connection) throws SQLException {
    this.add =
        connection.prepareStatement(
            """
            INSERT INTO tries (id, number, at, reason, http_status)
            SELECT ?1, 1 + coalesce(max(number), 0), ?2, ?3, ?4 FROM tries WHERE id = ?1""");
    this.forget =
        connection.prepareStatement(
            """
            DELETE FROM tries WHERE id = ?1 AND reason IS NOT NULL
              AND number <= (SELECT max(number) FROM tries WHERE id = ?1) - %d"""
                .formatted(KEPT));
  }

  /**
   * @param reason null for a success
   */
  void add(String id, long at, @Nullable String reason, OptionalInt httpStatus)
      throws SQLException {
    add.setString(1, id);
    add.setLong(2, at);
    add.setString(3, reason);
    add.setObject(4, httpStatus.isPresent() ? httpStatus.getAsInt() : null);
    add.executeUpdate();
    forget.setString(1, id);
    forget.executeUpdate();
  }
}
