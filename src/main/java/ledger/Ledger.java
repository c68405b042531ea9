package ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;

/**
 * The pages and documents of this instance, and their state. Thread-safe.
 *
 * <p>Everything is on disk (WAL, synchronous) when the method that records it returns, except the
 * claims of {@link Documents}.
 *
 * <p>Every method may throw {@link LedgerException} if the disk fails.
 */
public final class Ledger implements AutoCloseable {
  /** Enough for about five million documents on a slow disk. */
  private static final Duration LONGEST_CHECK = Duration.ofSeconds(10);

  private final Connection readConnection;
  private final Connection writeConnection;
  private final LedgerReads reads;
  private final Documents documents;
  private final Pages pages;
  private final GroupCommit writer;
  private final PageBook book = new PageBook();
  private final Retries retries;
  private final Sweeps sweeps;
  private final FailureList failures;
  private final DocumentHistory history;
  private final InstanceMemory instance;
  private final boolean isWhollyChecked;
  private final boolean isRestored;

  /**
   * @param source opens connections to a ledger with the current schema
   * @param thread writes it, one change at a time; ends with the ledger
   * @param isWhollyChecked whether its integrity was checked completely
   */
  Ledger(DataSource source, InstantSource clock, ExecutorService thread, boolean isWhollyChecked)
      throws SQLException {
    this.isWhollyChecked = isWhollyChecked;
    this.readConnection = source.getConnection();
    this.writeConnection = source.getConnection();
    this.reads = new LedgerReads(readConnection);
    this.isRestored = reads.isRestored();
    this.writer = new GroupCommit(writeConnection, thread);
    PageCountWrites counts = new PageCountWrites(writeConnection, clock);
    this.documents =
        new Documents(reads, writer, new DocumentWrites(writeConnection, clock, counts), book);
    PageWrites pageWrites = new PageWrites(writeConnection, clock, book.begun());
    Connection listConnection = source.getConnection();
    this.pages = new Pages(reads, new UnstoredReads(listConnection), writer, pageWrites, book);
    this.retries =
        new Retries(
            writer,
            new RetryWrites(writeConnection, counts),
            new RepairWrites(writeConnection, counts, book.begun()),
            book);
    this.sweeps = new Sweeps(reads, writer, pageWrites, book);
    this.failures = new FailureList(listConnection);
    this.history = new DocumentHistory(listConnection);
    this.instance = new InstanceMemory(listConnection, writeConnection, writer, clock);
  }

  /**
   * Opens the ledger, creating it or migrating its schema if necessary.
   *
   * @param file the database; its folder exists and is held by this process (see {@link
   *     DataFolder})
   * @throws DamagedLedgerException if it must not be used as it is; nothing was changed
   */
  public static Ledger open(Path file) {
    try {
      boolean isWhollyChecked = LedgerCheck.check(file, LONGEST_CHECK);
      return new Ledger(
          LedgerDatabase.open(file), InstantSource.system(), GroupCommit.thread(), isWhollyChecked);
    } catch (IOException | SQLException | FlywayException e) {
      throw new LedgerException(
          "the ledger " + file + " could not be opened: " + e.getMessage(), e);
    }
  }

  /**
   * Whether its integrity was checked completely before it was opened. Of a large one, only a part
   * is; its backups are checked completely.
   */
  public boolean isWhollyChecked() {
    return isWhollyChecked;
  }

  /**
   * Whether it was restored from a backup or from the bucket, which may hold more documents than it
   * knows of.
   */
  public boolean isRestored() {
    return isRestored;
  }

  /** Whether it knows neither a page nor a document. */
  public boolean isEmpty() {
    return reads.isEmpty();
  }

  /** The documents that were tried. */
  public Documents documents() {
    return documents;
  }

  /** The pages, each open or complete. */
  public Pages pages() {
    return pages;
  }

  /** What happens to documents that were given up: retries, repairs, acceptances. */
  public Retries retries() {
    return retries;
  }

  /** The rows whose document is not in the bucket. */
  public FailureList failures() {
    return failures;
  }

  /** What a person may want to know about one document. */
  public DocumentHistory history() {
    return history;
  }

  /** Pages that are listed again. */
  public Sweeps sweeps() {
    return sweeps;
  }

  /** What the instance remembers besides pages and documents. */
  public InstanceMemory instance() {
    return instance;
  }

  /** Writes all queued changes, then closes the database. */
  @Override
  public void close() {
    writer.close();
    try {
      failures.close();
      readConnection.close();
      writeConnection.close();
    } catch (SQLException e) {
      throw new LedgerException("the ledger could not be closed", e);
    }
  }
}
