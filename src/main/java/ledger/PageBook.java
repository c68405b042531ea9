package ledger;

import java.util.Arrays;
import java.util.BitSet;
import java.util.NavigableMap;
import java.util.TreeMap;
import model.PageState;

/**
 * The counts of each page in memory, so that the dashboard and the search for the next page need no
 * query: it would have to wait for queries of the document threads, which have the lowest priority.
 * Takes about twenty bytes per page.
 */
final class PageBook {
  private final BitSet complete = new BitSet();
  private final BitSet retry = new BitSet();
  private final PagesBegun begun = new PagesBegun();
  private int[] stored = new int[0];
  private int[] failed = new int[0];
  private int[] retrying = new int[0];
  private long[] bytes = new long[0];

  /** Contains only pages that have any. */
  private final NavigableMap<Integer, Integer> replaced = new TreeMap<>();

  /**
   * A change of one page's counts.
   *
   * @param replaced documents whose stored version has replaced another
   */
  record Delta(int page, int stored, long bytes, int failed, int retrying, int replaced) {
    Delta(int page, int stored, long bytes, int failed, int retrying) {
      this(page, stored, bytes, failed, retrying, 0);
    }
  }

  synchronized void set(int page, PageState state, Delta counts) {
    grow(page);
    stored[page] = counts.stored();
    bytes[page] = counts.bytes();
    failed[page] = counts.failed();
    retrying[page] = counts.retrying();
    mark(page, state);
  }

  synchronized void mark(int page, PageState state) {
    complete.set(page, state == PageState.COMPLETE);
    retry.set(page, state == PageState.RETRY);
  }

  /** What has been asked of pages since work on them began. */
  PagesBegun begun() {
    return begun;
  }

  /** Marks the pages to be walked again. */
  synchronized void reopen(int first, int last) {
    begun.reopen(first, last);
    complete.clear(first, last + 1);
    retry.clear(first, last + 1);
  }

  synchronized void add(Delta delta) {
    grow(delta.page());
    stored[delta.page()] += delta.stored();
    bytes[delta.page()] += delta.bytes();
    failed[delta.page()] += delta.failed();
    retrying[delta.page()] += delta.retrying();
    if (delta.replaced() != 0) {
      replaced.merge(delta.page(), delta.replaced(), Integer::sum);
    }
  }

  /** The first incomplete page, starting at {@code first}; may be after every known page. */
  synchronized int nextOpen(int first) {
    return complete.nextClearBit(first);
  }

  synchronized boolean isRetry(int page) {
    return retry.get(page);
  }

  synchronized PageCounts tally(int first, int last) {
    long storedSum = 0;
    long bytesSum = 0;
    long failedSum = 0;
    long retryingSum = 0;
    int end = Math.min(last, stored.length - 1);
    for (int page = first; page <= end; page++) {
      storedSum += stored[page];
      bytesSum += bytes[page];
      failedSum += failed[page];
      retryingSum += retrying[page];
    }
    return new PageCounts(doneIn(first, last), storedSum, bytesSum, failedSum, retryingSum);
  }

  synchronized long replaced(int first, int last) {
    return replaced.subMap(first, last + 1).values().stream().mapToLong(Integer::longValue).sum();
  }

  /** A page whose failed documents are tried again was complete, and counts as such. */
  private int doneIn(int first, int last) {
    return complete.get(first, last + 1).cardinality() + retry.get(first, last + 1).cardinality();
  }

  private void grow(int page) {
    if (page >= stored.length) {
      int size = Math.max(page + 1, stored.length * 3 / 2);
      stored = Arrays.copyOf(stored, size);
      failed = Arrays.copyOf(failed, size);
      retrying = Arrays.copyOf(retrying, size);
      bytes = Arrays.copyOf(bytes, size);
    }
  }
}
