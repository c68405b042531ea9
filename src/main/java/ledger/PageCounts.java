package ledger;

/**
 * Counts over a range of pages.
 *
 * @param completedPages pages that are complete, except for documents that were queued again
 * @param stored documents in the bucket
 * @param bytes their size
 * @param failed documents given up
 * @param retrying documents that had been given up, and are tried again
 */
public record PageCounts(int completedPages, long stored, long bytes, long failed, long retrying) {}
