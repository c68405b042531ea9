package ledger;

import java.util.Collection;
import java.util.OptionalInt;
import model.PageRange;

/** Pages that are listed again: one by one, or a script's whole range by a sweep. Thread-safe. */
public final class Sweeps {
  private final LedgerReads reads;
  private final GroupCommit writer;
  private final PageWrites pages;
  private final PageBook book;

  Sweeps(LedgerReads reads, GroupCommit writer, PageWrites pages, PageBook book) {
    this.reads = reads;
    this.writer = writer;
    this.pages = pages;
    this.book = book;
  }

  /**
   * Reopens the pages of a script's range, to be listed again with new counts of what they find.
   * Stored documents stay stored.
   */
  public void sweep(int script, int first, int last) {
    writer.commit(c -> pages.sweep(script, first, last), done -> book.reopen(first, last));
  }

  /** Resets the count of documents found on these pages, although none of them is listed again. */
  public void forgetFound(int first, int last) {
    writer.commit(c -> pages.forgetFound(first, last));
  }

  /** Reopens one page, to be listed again. */
  public void reopen(int page) {
    reopen(new PageRange(page, page));
  }

  /**
   * Reopens these pages, which an audit has found damaged, to be listed again from their source.
   * The objects of their documents may be damaged, too, whatever the ledger says.
   */
  public void repair(Collection<Integer> numbers) {
    writer.commit(
        c -> {
          for (int page : numbers) {
            pages.repair(page);
          }
          return numbers.size();
        },
        done -> numbers.forEach(page -> book.reopen(page, page)));
  }

  /** Whether the page is listed again because an audit has found it damaged. */
  public boolean isRepair(int page) {
    return reads.isRepair(page);
  }

  /** Reopens those of these pages that are known, to be listed again. */
  public void reopen(PageRange range) {
    writer.commit(
        c -> pages.reopen(range.first(), range.last()),
        done -> book.reopen(range.first(), range.last()));
  }

  /** Extends the range of a sweeping script, because the portal has grown. */
  public void extendSweep(int script, int lastPage) {
    writer.commit(c -> pages.extendSweep(script, lastPage));
  }

  /** The last page of a script's sweep; empty if it was never swept. */
  public OptionalInt sweptTo(int script) {
    Integer last = reads.sweeps().get(script);
    return last == null ? OptionalInt.empty() : OptionalInt.of(last);
  }

  /** The result of the last walk over these pages. */
  public Walk walk(int first, int last) {
    return reads.walk(first, last);
  }

  /**
   * Has the stored documents of these pages requested again when the pages are next listed; they
   * have been reopened by {@link #sweep}. The request ends when the page is closed.
   */
  public void refresh(int first, int last) {
    writer.commit(c -> pages.refresh(first, last));
  }

  /** Whether the stored documents of the page are to be requested again. */
  public boolean isRefresh(int page) {
    return reads.isRefresh(page);
  }

  /** Documents first found in the range whose stored version has replaced another, from memory. */
  public long replaced(int first, int last) {
    return book.replaced(first, last);
  }
}
