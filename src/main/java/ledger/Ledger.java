package ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
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
import model.PageRange;
import model.Validators;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;

/**
 * The pages and documents of this instance, and their state. Thread-safe.
 *
 * <p>Claims are kept in memory only: a document that was claimed but not recorded before a crash is
 * simply not stored. Everything else is on disk (WAL, synchronous) when the method that records it
 * returns.
 *
 * <p>Every method may throw {@link LedgerException} if the disk fails.
 */
public final class Ledger implements AutoCloseable {
  /** Enough for about five million documents on a slow disk. */
  private static final Duration LONGEST_CHECK = Duration.ofSeconds(10);

  private final Connection readConnection;
  private final Connection writeConnection;
  private final LedgerReads reads;
  private final UnstoredReads unstored;
  private final DocumentWrites documents;
  private final PageWrites pages;
  private final GroupCommit writer;
  private final PageBook book = new PageBook();
  private final RejectedRows rejected = new RejectedRows();
  private final Set<String> claimed = ConcurrentHashMap.newKeySet();
  private final Retries retries;
  private final Sweeps sweeps;
  private final FailureList failures;
  private final InstanceMemory instance;
  private final boolean isWhollyChecked;
  private final boolean isRestored;

  private Ledger(
      Connection readConnection,
      Connection writeConnection,
      Connection listConnection,
      InstantSource clock,
      boolean isWhollyChecked)
      throws SQLException {
    this.isWhollyChecked = isWhollyChecked;
    this.readConnection = readConnection;
    this.writeConnection = writeConnection;
    this.reads = new LedgerReads(readConnection);
    this.isRestored = reads.isRestored();
    this.unstored = new UnstoredReads(readConnection);
    this.writer = new GroupCommit(writeConnection);
    PageCountWrites counts = new PageCountWrites(writeConnection, clock);
    this.documents = new DocumentWrites(writeConnection, clock, counts);
    this.pages = new PageWrites(writeConnection, clock);
    this.retries =
        new Retries(
            writer,
            new RetryWrites(writeConnection, counts),
            new RepairWrites(writeConnection, counts),
            book);
    this.sweeps = new Sweeps(reads, writer, pages, book);
    this.failures = new FailureList(listConnection);
    this.instance = new InstanceMemory(readConnection, writeConnection, writer, clock);
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
      SQLiteDataSource source = LedgerDatabase.open(file);
      Ledger ledger =
          new Ledger(
              source.getConnection(),
              source.getConnection(),
              source.getConnection(),
              InstantSource.system(),
              isWhollyChecked);
      ledger.reads.loadPages(ledger.book);
      ledger.unstored.loadRejected(ledger.rejected);
      return ledger;
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

  /**
   * Claims a document for the caller, who then records a result or releases it.
   *
   * @return false if somebody else has claimed it, or if it is closed
   */
  public boolean claim(String id) {
    if (!claimed.add(id)) {
      return false;
    }
    boolean done = isClosed(id);
    if (done) {
      claimed.remove(id);
    }
    return !done;
  }

  /** Whether the document is claimed or closed, so that {@link #claim} would return false. */
  public boolean isTaken(String id) {
    return claimed.contains(id) || isClosed(id);
  }

  /** Whether nothing more is done for the document by itself: it is stored, or was given up. */
  public boolean isClosed(String id) {
    return find(id).filter(known -> known.state().isClosed()).isPresent();
  }

  /** Whether the document is in the bucket. */
  public boolean isStored(String id) {
    return find(id).filter(known -> known.state() == DocumentState.STORED).isPresent();
  }

  /** Releases a claim without a result. */
  public void release(String id) {
    claimed.remove(id);
  }

  /**
   * Records that the bucket has acknowledged a claimed document, and releases the claim.
   *
   * @param defect what is wrong with it; null if nothing is
   * @param validators what the portal said of this version
   */
  public void stored(
      String id,
      int page,
      long size,
      String sha256,
      @Nullable String defect,
      Validators validators) {
    book.add(writer.commit(c -> documents.stored(id, page, size, sha256, defect, validators)));
    claimed.remove(id);
  }

  /**
   * Claims a stored document for the caller, who asks whether the portal has another version.
   *
   * @return false if somebody else has claimed it
   */
  public boolean claimStored(String id) {
    return claimed.add(id);
  }

  /** Records that the portal has the stored version still, and what it said of it. */
  public void unchanged(String id, Validators validators) {
    writer.commit(c -> documents.unchanged(id, validators));
  }

  /**
   * Records a failed attempt.
   *
   * @param state the resulting state: queued, failed or rejected
   * @param reason the word of a {@link model.FailureReason}
   * @param httpStatus what the portal answered; empty if it did not
   */
  public void failed(
      String id, int page, DocumentState state, String reason, OptionalInt httpStatus) {
    book.add(writer.commit(c -> documents.failed(id, page, state, reason, httpStatus)));
  }

  /**
   * Records that a download was a PDF without its end.
   *
   * @return whether the last such download of the document had the same digest
   */
  public boolean unended(String id, String sha256) {
    return writer.commit(c -> documents.unended(id, sha256));
  }

  /** The record of a document; empty if no attempt has ended yet. */
  public Optional<DocumentRecord> find(String id) {
    return reads.find(id);
  }

  /** The records of these documents, by id, without those that were never tried. */
  public Map<String, DocumentRecord> find(Collection<String> ids) {
    Map<String, DocumentRecord> found = new HashMap<>();
    ids.forEach(id -> find(id).ifPresent(known -> found.put(id, known)));
    return found;
  }

  /** The first incomplete page, starting at {@code first}. */
  public int nextOpenPage(int first) {
    return book.nextOpen(first);
  }

  /** Whether a page was complete before some of its documents were queued again. */
  public boolean isRetry(int page) {
    return book.isRetry(page);
  }

  /**
   * Closes a page whose manifest is in the bucket.
   *
   * @param unstored its rows that are not in the bucket; if one of their documents was queued again
   *     in the meantime, the page stays open for a retry
   * @param total the portal's total when the page was read; null if it named none
   */
  public void closePage(int page, List<UnstoredRow> unstored, @Nullable Long total) {
    book.mark(page, writer.commit(c -> pages.close(page, unstored, total)));
    rejected.close(page, unstored);
  }

  /** The portal's total when the page was last read; empty if unknown. */
  public OptionalLong total(int page) {
    return reads.total(page);
  }

  /** Records that a person accepts a page as it is, though nothing of it could be had. */
  public void accept(int page) {
    writer.commit(c -> pages.accept(page));
  }

  /** Whether a person has ever accepted the page as it is. */
  public boolean isAccepted(int page) {
    return reads.isAccepted(page);
  }

  /** Queues documents again that were given up. */
  public Retries retries() {
    return retries;
  }

  /** The rows whose document is not in the bucket. */
  public FailureList failures() {
    return failures;
  }

  /** Pages that are listed again. */
  public Sweeps sweeps() {
    return sweeps;
  }

  /** What the instance remembers besides pages and documents. */
  public InstanceMemory instance() {
    return instance;
  }

  /** Counts over a range of pages, from memory. */
  public PageCounts tally(int first, int last) {
    return book.tally(first, last);
  }

  /** The rejected rows of closed pages in the range, by reason, from memory. */
  public Map<String, Long> rejected(int first, int last) {
    return rejected.count(first, last);
  }

  /** The rows of closed pages in the range whose document is not in the bucket, counted. */
  public UnstoredCounts unstoredCounts(int first, int last) {
    return unstored.count(first, last);
  }

  /** Rows of closed pages in the range whose document is not in the bucket, in order. */
  public List<UnstoredRow> unstoredRows(int first, int last, int limit) {
    FailureFilter pages = new FailureFilter(null, new PageRange(first, last), null);
    return failures.rows(pages, FailureList.Position.START, limit);
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
