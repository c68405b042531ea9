package ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The pages, each open or complete, and the results of their rows. Thread-safe. */
public final class Pages {
  private final LedgerReads reads;
  private final UnstoredReads unstored;
  private final GroupCommit writer;
  private final PageWrites writes;
  private final PageBook book;
  private final RejectedRows rejected = new RejectedRows();

  /**
   * @param book is filled
   */
  Pages(
      LedgerReads reads,
      UnstoredReads unstored,
      GroupCommit writer,
      PageWrites writes,
      PageBook book) {
    this.reads = reads;
    this.unstored = unstored;
    this.writer = writer;
    this.writes = writes;
    this.book = book;
    reads.loadPages(book);
    unstored.loadRejected(rejected);
  }

  /** The first incomplete page, starting at {@code first}. */
  public int nextOpen(int first) {
    return book.nextOpen(first);
  }

  /** Whether the page is not complete, or reopened. */
  public boolean isOpen(int page) {
    return nextOpen(page) == page;
  }

  /** Whether a page was complete before some of its documents were queued again. */
  public boolean isRetry(int page) {
    return book.isRetry(page);
  }

  /** Work on the page begins: if it is reopened from now on, it stays open when it is closed. */
  public void begin(int page) {
    book.begun().begin(page);
  }

  /**
   * Closes a page whose manifest is in the bucket.
   *
   * @param unstoredRows its rows that are not in the bucket; if one of their documents was queued
   *     again in the meantime, the page stays open for a retry
   * @param total the portal's total when the page was read; null if it named none
   */
  public void close(int page, List<UnstoredRow> unstoredRows, @Nullable Long total) {
    close(page, unstoredRows, total, List.of());
  }

  /**
   * Closes a page like {@link #close(int, List, Long)}, and records its names.
   *
   * @param names by which its rows are found: see {@link model.ListedName}
   */
  public void close(
      int page, List<UnstoredRow> unstoredRows, @Nullable Long total, Collection<Long> names) {
    writer.commit(
        c -> {
          writes.addNames(page, names);
          return writes.close(page, unstoredRows, total);
        },
        state -> {
          book.mark(page, state);
          rejected.close(page, unstoredRows);
        });
  }

  /** The portal's total when the page was last read; empty if unknown. */
  public OptionalLong total(int page) {
    return reads.total(page);
  }

  /**
   * Records that a person accepts a page as it is, although none of its documents could be fetched.
   */
  public void accept(int page) {
    writer.commit(c -> writes.accept(page));
  }

  /** Whether a person has ever accepted the page as it is. */
  public boolean isAccepted(int page) {
    return reads.isAccepted(page);
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
  public UnstoredCounts unstored(int first, int last) {
    return unstored.count(first, last);
  }
}
