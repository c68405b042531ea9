package ledger;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import platform.OwnerOnly;

/** The database file of a ledger: its settings and its schema. */
final class LedgerDatabase {
  private static final int BUSY_MILLIS = 10_000;

  /**
   * The {@code user_version} of a restored ledger: the bucket may hold more documents than it
   * knows.
   */
  static final int RESTORED = 1;

  private static final int HEADER = 100;
  private static final int APPLICATION_ID = 68;
  private static final int BACKUP = 0x4A48_4255;

  private LedgerDatabase() {}

  /** Creates the file or migrates its schema if necessary, and returns what opens connections. */
  static SQLiteDataSource open(Path file) throws IOException, SQLException {
    OwnerOnly.file(file);
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setGetGeneratedKeys(false); // else the driver asks for one after every INSERT
    SQLiteDataSource source = source(file, config);
    boolean isBackup = isBackup(file);
    if (isBackup) { // the files next to it belong to the ledger that it replaces
      Files.deleteIfExists(beside(file, "-wal"));
      Files.deleteIfExists(beside(file, "-shm"));
    }
    flyway(source).migrate();
    if (isBackup) {
      try (Connection connection = source.getConnection()) {
        Sql.execute(
            connection,
            "PRAGMA user_version = " + RESTORED,
            "PRAGMA application_id = 0",
            "PRAGMA wal_checkpoint(TRUNCATE)");
      }
    }
    return source;
  }

  /** Marks a backup, so that a ledger knows when it was put in its place. */
  static void markAsBackup(Path file) throws SQLException {
    try (Connection connection = source(file, new SQLiteConfig()).getConnection()) {
      Sql.execute(connection, "PRAGMA journal_mode = DELETE", "PRAGMA application_id = " + BACKUP);
    }
  }

  /** Whether the file is a backup that was put in the ledger's place, and not opened yet. */
  static boolean isBackup(Path file) throws IOException {
    if (Files.size(file) < HEADER) {
      return false;
    }
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      in.skipNBytes(APPLICATION_ID);
      return in.readInt() == BACKUP;
    }
  }

  /** A file that SQLite keeps beside the database. */
  static Path beside(Path file, String end) {
    return file.resolveSibling(file.getFileName() + end);
  }

  /** Opens connections that only read: the file stays as it is, and so does its WAL. */
  static SQLiteDataSource readOnly(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return source(file, config);
  }

  /**
   * Uses an encoded URL: the driver would take whatever follows a ? in a file name for settings.
   */
  private static SQLiteDataSource source(Path file, SQLiteConfig config) {
    config.setBusyTimeout(BUSY_MILLIS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:file:" + file.toUri().getRawPath());
    return source;
  }

  /** The migrations of the schema. */
  static Flyway flyway(SQLiteDataSource source) {
    return Flyway.configure().dataSource(source).locations("classpath:db/migration").load();
  }
}
