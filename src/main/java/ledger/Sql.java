package ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import model.Acceptance;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements that are too rare to be kept prepared. A connection runs one query at a time: a
 * query that starts while another is in progress would see only the snapshot of that one, and
 * nothing recorded since.
 */
final class Sql {
  private Sql() {}

  /** Converts one row of a result. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Consumes one row of a result. */
  @FunctionalInterface
  interface RowVisitor {
    void visit(ResultSet row) throws SQLException;
  }

  /** Returns the number of changed rows. */
  static int update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepared(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static boolean exists(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    return !list(connection, sql, row -> true, values).isEmpty();
  }

  static <T> List<T> list(
      Connection connection, String sql, RowReader<T> reader, @Nullable Object... values)
      throws SQLException {
    List<T> list = new ArrayList<>();
    each(connection, sql, row -> list.add(reader.read(row)), values);
    return list;
  }

  /** Reads one row after another, so that any number of them needs little memory. */
  static void each(
      Connection connection, String sql, RowVisitor visitor, @Nullable Object... values)
      throws SQLException {
    synchronized (connection) {
      try (PreparedStatement statement = prepared(connection, sql, values);
          ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          visitor.visit(rows);
        }
      }
    }
  }

  /** The acceptance in two columns, of which this is the first; null if there is none. */
  static @Nullable Acceptance acceptance(ResultSet row, int column) throws SQLException {
    long at = row.getLong(column);
    String note = row.getString(column + 1);
    return note == null ? null : new Acceptance(Instant.ofEpochMilli(at), note);
  }

  /** A number that may be absent. */
  static OptionalInt optionalInt(ResultSet row, int column) throws SQLException {
    int number = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static PreparedStatement prepared(
      Connection connection, String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int column = 0; column < values.length; column++) {
      statement.setObject(column + 1, values[column]);
    }
    return statement;
  }
}
