package ledger;

import java.io.IOException;
import java.nio.file.Path;
import model.OwnerOnly;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The database file of a ledger: its settings and its schema. */
final class LedgerDatabase {
  private LedgerDatabase() {}

  /** Creates the file or migrates its schema if necessary, and returns what opens connections. */
  static SQLiteDataSource open(Path file) throws IOException {
    OwnerOnly.file(file);
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(10_000);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
    return source;
  }
}
