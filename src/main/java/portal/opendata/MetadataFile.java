package portal.opendata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import platform.OwnerOnly;

/**
 * The metadata of a partition by the names of its PDFs, in a file, because a partition may have
 * 350,000. The file is only a cache: without it the metadata is read again.
 */
final class MetadataFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataFile.class);
  private static final int DONE = 1;

  private final Connection connection;

  private MetadataFile(Connection connection) {
    this.connection = connection;
  }

  /** Opens the file, which need not exist. A damaged one, as after a power failure, is replaced. */
  static MetadataFile open(Path file) {
    try {
      return opened(file);
    } catch (SQLException damaged) {
      LOG.info("{} is read from the source again: {}", file.getFileName(), damaged.getMessage());
      delete(file);
    }
    try {
      return opened(file);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static MetadataFile opened(Path file) throws SQLException {
    try {
      OwnerOnly.file(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " could not be opened: " + e.getMessage(), e);
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.OFF);
    config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
    config.setGetGeneratedKeys(false); // else the driver asks for one after every INSERT
    Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    try (Statement statement = connection.createStatement()) {
      requireWhole(statement);
      statement.execute(
          "CREATE TABLE IF NOT EXISTS rows (name TEXT PRIMARY KEY, row TEXT) WITHOUT ROWID");
      return new MetadataFile(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Nothing of it is synced, so that it may lack anything once the machine was off. */
  private static void requireWhole(Statement statement) throws SQLException {
    try (ResultSet check = statement.executeQuery("PRAGMA quick_check(1)")) {
      if (check.next() && !check.getString(1).equals("ok")) {
        throw new SQLException(check.getString(1));
      }
    }
  }

  /** Deletes a file that cannot be read to its end. */
  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Whether all metadata of the partition are in it. */
  synchronized boolean isDone() {
    try (Statement statement = connection.createStatement();
        ResultSet version = statement.executeQuery("PRAGMA user_version")) {
      return version.next() && version.getInt(1) == DONE;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Fills the file with rows; without its end, nothing of it counts. */
  synchronized void fill(Filling filling) throws IOException {
    execute("DELETE FROM rows");
    execute("BEGIN");
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT OR REPLACE INTO rows VALUES (?, ?)")) {
      filling.fill(
          (name, row) -> {
            try {
              insert.setString(1, name);
              insert.setString(2, row.write());
              insert.executeUpdate();
            } catch (SQLException e) {
              throw failure(e);
            }
          });
      execute("COMMIT");
    } catch (SQLException e) {
      throw failure(e);
    } catch (IOException | RuntimeException e) {
      execute("ROLLBACK");
      throw e;
    }
    execute("PRAGMA user_version = " + DONE);
  }

  /** Gives rows to a file. */
  @FunctionalInterface
  interface Filling {
    void fill(Rows rows) throws IOException;
  }

  /** Takes the row of a name. */
  @FunctionalInterface
  interface Rows {
    void put(String name, MetadataRow row);
  }

  /** The row of a name; empty if there is none. */
  synchronized Optional<MetadataRow> find(String name) {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT row FROM rows WHERE name = ?")) {
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(MetadataRow.parse(row.getString(1))) : Optional.empty();
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static UncheckedIOException failure(SQLException e) {
    return new UncheckedIOException(
        new IOException("the metadata could not be kept: " + e.getMessage(), e));
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }
}
