package ledger;

import java.io.IOException;
import java.nio.file.Path;
import model.OwnerOnly;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The database file of a ledger: its settings and its schema. */
final class LedgerDatabase {
  private static final int BUSY_MILLIS = 10_000;

  private LedgerDatabase() {}

  /** Creates the file or migrates its schema if necessary, and returns what opens connections. */
  static SQLiteDataSource open(Path file) throws IOException {
    OwnerOnly.file(file);
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    SQLiteDataSource source = source(file, config);
    flyway(source).migrate();
    return source;
  }

  /** Opens connections that only read: the file stays as it is, and so does its WAL. */
  static SQLiteDataSource readOnly(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return source(file, config);
  }

  /** As an encoded address: the driver would take what stands behind a ? in a name for settings. */
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
