package ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** A ledger on a real file, whose commits may fail, and which may be copied between any two. */
public final class SimulatedLedger implements AutoCloseable {
  private static final Commits UNWATCHED =
      new Commits() {
        @Override
        public void begins() {}

        @Override
        public void commits() {}

        @Override
        public void committed() {}
      };

  /** Called around every commit, on the thread of the first caller that waits for it. */
  public interface Commits {
    /** A transaction begins. */
    void begins() throws SQLException;

    /** All of it is written, and is about to be committed. */
    void commits() throws SQLException;

    /** It is on the disk, and nobody knows yet. */
    void committed() throws SQLException;
  }

  private static final String[] FILES = {"", "-wal"};

  private final Ledger ledger;
  private final LedgerLooks looks;

  private SimulatedLedger(Ledger ledger, LedgerLooks looks) {
    this.ledger = ledger;
    this.looks = looks;
  }

  /** Creates a ledger there, without the time that its schema takes. */
  public static void create(Path file) throws IOException {
    Files.write(file, Template.BYTES);
  }

  private static final class Template {
    private static final byte[] BYTES = bytes();

    private static byte[] bytes() {
      try {
        Path folder = Files.createTempDirectory("ledger");
        Path file = folder.resolve("ledger.db");
        Ledger.open(file).close();
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        Files.delete(folder);
        return bytes;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Copies a ledger as it is on the disk at this moment. */
  public static void copy(Path from, Path to) throws IOException {
    for (String end : FILES) {
      Path file = LedgerDatabase.beside(from, end);
      if (Files.exists(file)) {
        Files.copy(file, LedgerDatabase.beside(to, end));
      }
    }
  }

  /** Opens a ledger for the program. */
  public static SimulatedLedger open(Path file, InstantSource clock, Commits commits)
      throws SQLException {
    SQLiteConnection only = new WatchedConnection(file, commits);
    SQLiteDataSource source =
        new SQLiteDataSource() {
          @Override
          public SQLiteConnection getConnection() {
            return only; // since one thread runs at a time, none sees what another is writing
          }
        };
    return new SimulatedLedger(
        new Ledger(source, clock, new OnTheCallersThread(), true), new LedgerLooks(only));
  }

  /** Looks into the file of a ledger that is not open. */
  public static LedgerLooks looks(Path file) throws SQLException {
    return new LedgerLooks(new WatchedConnection(file, UNWATCHED));
  }

  /** Replaces a ledger by a new one, without the time that its schema takes. */
  public static LedgerRestore restore(Path file) throws IOException, SQLException {
    Path made = file.resolveSibling("ledger.restored.db");
    create(made);
    return LedgerRestore.of(file, made, new WatchedConnection(made, UNWATCHED));
  }

  /** A memory of an instance that writes nothing down. */
  public static InstanceMemory forgetful(InstantSource clock) throws SQLException {
    GroupCommit ended = new GroupCommit(Nothing.CONNECTION, new OnTheCallersThread());
    ended.close();
    return new InstanceMemory(Nothing.CONNECTION, Nothing.CONNECTION, ended, clock);
  }

  private static final class Nothing {
    private static final Connection CONNECTION = connection();

    private static Connection connection() {
      try {
        Connection empty = DriverManager.getConnection("jdbc:sqlite::memory:");
        Sql.execute(
            empty,
            "CREATE TABLE errors (kind, count)",
            "CREATE TABLE day_counts (day PRIMARY KEY, documents, bytes)");
        return empty;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public Ledger ledger() {
    return ledger;
  }

  public LedgerLooks looks() {
    return looks;
  }

  /** Changes the file of a ledger that is not open. */
  public static void change(Path file, String... statements) throws SQLException {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    try (Connection connection = source.getConnection()) {
      Sql.execute(connection, statements);
    }
  }

  @Override
  public void close() throws SQLException {
    ledger.close();
    looks.close();
  }
}
