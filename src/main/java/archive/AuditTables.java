package archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What an audit has to remember, in a database of its own that goes with it: millions of rows need
 * no memory.
 */
final class AuditTables implements AutoCloseable {
  private static final String SCHEMA =
      """
      CREATE TABLE pages (page INTEGER PRIMARY KEY, etag TEXT, rows INTEGER NOT NULL,
        rejected INTEGER NOT NULL, gone INTEGER NOT NULL, bad TEXT);
      CREATE TABLE named (key TEXT NOT NULL, page INTEGER NOT NULL, row INTEGER NOT NULL,
        size INTEGER, state TEXT NOT NULL, reason TEXT, PRIMARY KEY (key, page, row)) WITHOUT ROWID;
      CREATE INDEX named_page ON named (page);
      CREATE TABLE objects (key TEXT PRIMARY KEY, size INTEGER NOT NULL) WITHOUT ROWID""";

  private final Path file;
  private final Connection connection;
  private final PreparedStatement putObject;
  private final PreparedStatement putNamed;

  AuditTables() throws IOException, SQLException {
    this.file = Files.createTempFile("audit", ".db");
    this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      // nothing in it outlives the audit
      statement.execute("PRAGMA journal_mode = OFF");
      statement.execute("PRAGMA synchronous = OFF");
      for (String table : SCHEMA.split(";")) {
        statement.execute(table);
      }
    }
    connection.setAutoCommit(false);
    this.putObject = connection.prepareStatement("INSERT OR REPLACE INTO objects VALUES (?, ?)");
    this.putNamed = connection.prepareStatement("INSERT INTO named VALUES (?, ?, ?, ?, ?, ?)");
  }

  /** Takes what a page's manifest says, in place of what it said before. */
  void putPage(int page, String etag, List<ManifestRow> rows) throws SQLException {
    putPage(page, etag, rows, null);
  }

  /** Remembers that a page's manifest cannot be read. */
  void putBadPage(int page, String etag, String why) throws SQLException {
    putPage(page, etag, List.of(), why);
  }

  private void putPage(int page, String etag, List<ManifestRow> rows, String bad)
      throws SQLException {
    update("DELETE FROM named WHERE page = " + page);
    for (ManifestRow row : rows) {
      if (row.key() != null) {
        putNamed.setString(1, row.key());
        putNamed.setInt(2, page);
        putNamed.setInt(3, row.row());
        putNamed.setObject(4, row.size());
        putNamed.setString(5, row.state());
        putNamed.setString(6, row.reason());
        putNamed.addBatch();
      }
    }
    putNamed.executeBatch();
    try (PreparedStatement put =
        connection.prepareStatement("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?)")) {
      put.setInt(1, page);
      put.setString(2, etag);
      put.setInt(3, rows.size());
      put.setLong(4, rows.stream().filter(ManifestRow::isRejected).count());
      put.setLong(5, rows.stream().filter(row -> "gone".equals(row.reason())).count());
      put.setString(6, bad);
      put.executeUpdate();
    }
  }

  void putObject(String key, long size) throws SQLException {
    putObject.setString(1, key);
    putObject.setLong(2, size);
    putObject.executeUpdate();
  }

  /** Whether the page's manifest was read with this entity tag. */
  boolean isRead(int page, String etag) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT 1 FROM pages WHERE page = ? AND etag = ?")) {
      select.setInt(1, page);
      select.setString(2, etag);
      try (ResultSet found = select.executeQuery()) {
        return found.next();
      }
    }
  }

  /** Something done with each line of an answer. */
  @FunctionalInterface
  interface Line {
    void take(ResultSet line) throws SQLException;
  }

  /** Puts a question; its parameters are whole numbers. */
  void each(String sql, Line line, int... parameters) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setInt(i + 1, parameters[i]);
      }
      try (ResultSet lines = select.executeQuery()) {
        while (lines.next()) {
          line.take(lines);
        }
      }
    }
  }

  /** The one number that answers a question. */
  long number(String sql, int... parameters) throws SQLException {
    long[] number = new long[1];
    each(sql, line -> number[0] = line.getLong(1), parameters);
    return number[0];
  }

  private void update(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("the audit's database could not be closed", e);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
