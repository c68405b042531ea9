package ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import model.DocumentState;
import model.OwnerOnly;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The pages and documents of this instance, with what became of them. Safe for many threads.
 *
 * <p>A claim lives in memory alone: what was claimed and not confirmed at a crash is simply not
 * stored. Everything else is on disk (WAL, synchronous) when the method that reports it returns.
 *
 * <p>Every method may throw {@link LedgerException} when the disk does.
 */
public final class Ledger implements AutoCloseable {
  private final Connection readConnection;
  private final Connection writeConnection;
  private final LedgerReads reads;
  private final LedgerWrites writes;
  private final GroupCommit writer;
  private final PageBook book = new PageBook();
  private final Set<String> claimed = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> errors = new ConcurrentHashMap<>();

  private Ledger(Connection readConnection, Connection writeConnection, Clock clock)
      throws SQLException {
    this.readConnection = readConnection;
    this.writeConnection = writeConnection;
    this.reads = new LedgerReads(readConnection);
    this.writes = new LedgerWrites(writeConnection, clock);
    this.writer = new GroupCommit(writeConnection);
  }

  /**
   * Opens the ledger, creating it or bringing its schema up to date.
   *
   * @param file the database; its folder exists and is held by this process (see {@link
   *     DataFolder})
   */
  public static Ledger open(Path file) {
    try {
      OwnerOnly.file(file);
      SQLiteDataSource source = dataSource(file);
      migrate(source);
      Ledger ledger = new Ledger(source.getConnection(), source.getConnection(), Clock.systemUTC());
      ledger.reads.loadPages(ledger.book);
      ledger.errors.putAll(ledger.reads.errors());
      return ledger;
    } catch (IOException | SQLException | FlywayException e) {
      throw new LedgerException(
          "the ledger " + file + " could not be opened: " + e.getMessage(), e);
    }
  }

  private static SQLiteDataSource dataSource(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(10_000);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }

  private static void migrate(SQLiteDataSource source) {
    Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
  }

  /**
   * Claims a document for the caller, who then stores it or releases it.
   *
   * @return false when another holds it, or when nothing more is to be done for it
   */
  public boolean claim(String id) {
    if (!claimed.add(id)) {
      return false;
    }
    boolean done = find(id).filter(record -> record.state().isClosed()).isPresent();
    if (done) {
      claimed.remove(id);
    }
    return !done;
  }

  /** Whether the document is claimed or closed: {@link #claim} would answer no. */
  public boolean isTaken(String id) {
    return claimed.contains(id) || find(id).filter(record -> record.state().isClosed()).isPresent();
  }

  /** Gives up a claim without a verdict. */
  public void release(String id) {
    claimed.remove(id);
  }

  /** Records that the bucket has acknowledged a claimed document, and ends the claim. */
  public void stored(String id, int page, long size, String sha256) {
    book.add(writer.commit(c -> writes.stored(id, page, size, sha256)));
    claimed.remove(id);
  }

  /**
   * Records a try without success.
   *
   * @param state what it comes to: queued, failed or rejected
   * @param reason one of the contract's words
   */
  public void failed(String id, int page, DocumentState state, String reason) {
    book.add(writer.commit(c -> writes.failed(id, page, state, reason)));
  }

  /** What is known of a document; empty when it was never tried to an end. */
  public Optional<DocumentRecord> find(String id) {
    return reads.find(id);
  }

  /** What is known of these documents, by id; those that were never tried are not in it. */
  public Map<String, DocumentRecord> find(Collection<String> ids) {
    Map<String, DocumentRecord> found = new HashMap<>();
    ids.forEach(id -> find(id).ifPresent(known -> found.put(id, known)));
    return found;
  }

  /** The first page from {@code first} on that is not complete. */
  public int nextOpenPage(int first) {
    return book.nextOpen(first);
  }

  /** Whether a page was complete before documents of it were queued again. */
  public boolean isRetry(int page) {
    return book.isRetry(page);
  }

  /**
   * Closes a page whose manifest is in the bucket.
   *
   * @param unstored its rows that are not in the bucket; if one of their documents was queued again
   *     meanwhile, the page stays to be retried
   * @param total documents that the portal listed in all when the page was read; null when it named
   *     none
   */
  public void closePage(int page, List<UnstoredRow> unstored, Long total) {
    book.mark(page, writer.commit(c -> writes.closePage(page, unstored, total)));
  }

  /** The total that the portal named when the page was last read; empty when that is not known. */
  public OptionalLong total(int page) {
    return reads.total(page);
  }

  /** What the last walk over these pages came to. */
  public Walk walk(int first, int last) {
    return reads.walk(first, last);
  }

  /**
   * Queues every failed document again; their pages are open again.
   *
   * @return how many
   */
  public int requeueFailed() {
    LedgerWrites.Requeued requeued = writer.commit(c -> writes.requeueFailed());
    requeued.deltas().forEach(book::add);
    requeued.pages().forEach(page -> book.mark(page, "retry"));
    return requeued.documents();
  }

  /** Remembers whether scripts run, over the end of this process. */
  public void setRunning(Collection<Integer> scripts, boolean running) {
    writer.commit(c -> writes.setRunning(scripts, running));
  }

  /** The scripts that ran when the instance last went down. */
  public Set<Integer> runningScripts() {
    return reads.runningScripts();
  }

  /** Counts over a range of pages, from memory. */
  public PageCounts tally(int first, int last) {
    return book.tally(first, last);
  }

  /** Rows of closed pages in the range whose document is not in the bucket, in their order. */
  public List<UnstoredRow> unstoredRows(int first, int last, int limit) {
    return reads.unstoredRows(first, last, limit);
  }

  /**
   * Opens the pages of a script's range again: they are to be listed anew, and what they find is
   * counted anew. What is stored stays so.
   */
  public void sweep(int script, int first, int last) {
    writer.commit(c -> writes.sweep(script, first, last));
    book.reopen(first, last);
  }

  /** Opens one page again: it is to be listed anew. */
  public void reopen(int page) {
    writer.commit(c -> writes.reopen(page));
    book.reopen(page, page);
  }

  /** The range of a script that sweeps has grown with the portal. */
  public void extendSweep(int script, int lastPage) {
    writer.commit(c -> writes.extendSweep(script, lastPage));
  }

  /** The last page of a script that was told to sweep; empty when it never was. */
  public OptionalInt sweptTo(int script) {
    Integer last = reads.sweeps().get(script);
    return last == null ? OptionalInt.empty() : OptionalInt.of(last);
  }

  /** Keeps what a script's conversation with the portal must know again. Written a little later. */
  public void keepSession(int script, String state) {
    writer.submit(c -> writes.keepSession(script, state));
  }

  /** What was kept of a script's conversation with the portal; empty when nothing was. */
  public Optional<String> session(int script) {
    return reads.session(script);
  }

  /** Counts something that went wrong. Written a little later: a crash may lose the last few. */
  public void countError(String kind) {
    errors.merge(kind, 1L, Long::sum);
    writer.submit(c -> writes.countError(kind));
  }

  /** What went wrong so far, by kind. */
  public Map<String, Long> errors() {
    return Map.copyOf(errors);
  }

  /** Writes a line of no meaning, to find out whether the ledger can be written. */
  public void heartbeat() {
    writer.commit(c -> writes.heartbeat());
  }

  /** Writes what is under way, then closes the database. */
  @Override
  public void close() {
    writer.close();
    try {
      readConnection.close();
      writeConnection.close();
    } catch (SQLException e) {
      throw new LedgerException("the ledger could not be closed", e);
    }
  }
}
