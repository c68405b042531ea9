package ledger;

/**
 * Counts over a range of pages.
 *
 * @param completedPages pages that are complete
 * @param stored documents in the bucket
 * @param bytes their size
 * @param failed documents given up
 */
public record PageCounts(int completedPages, long stored, long bytes, long failed) {}
