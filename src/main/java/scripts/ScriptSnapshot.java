package scripts;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import ledger.PageCounts;
import model.Script;
import model.TimeLeft;
import org.jspecify.annotations.Nullable;

/**
 * The state of a script at one moment.
 *
 * @param script number, instance, pages
 * @param lastPage last page of its range, which grows with the portal when the last script sweeps;
 *     0 for a script without pages
 * @param status what it does
 * @param waitingReason what it waits for; null unless it is waiting
 * @param currentPage the page in progress, or the next, or the last; 0 for a script without pages
 * @param tally the progress of its pages and documents
 * @param rejected rejected rows of its closed pages, by reason
 * @param replaced number of documents whose stored version replaced another
 * @param filesPerSecond over the last minute
 * @param secondsPerFile average since its last start; null until something has been stored
 * @param startTime time of its last start in this process; null if there was none
 * @param lastUpdated time of the last change in this process; null if there was none
 * @param sinceProgress time since its start, or since the last listing, document or page after it;
 *     null if there was no start in this process
 * @param lastError why its page could not be completed; null if the last one could
 */
public record ScriptSnapshot(
    Script script,
    int lastPage,
    ScriptStatus status,
    @Nullable WaitingReason waitingReason,
    int currentPage,
    PageCounts tally,
    Map<String, Long> rejected,
    long replaced,
    double filesPerSecond,
    @Nullable Double secondsPerFile,
    @Nullable Instant startTime,
    @Nullable Instant lastUpdated,
    @Nullable Duration sinceProgress,
    @Nullable String lastError) {

  /** Rejected rows of its closed pages. */
  public long rejectedRows() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Pages of the script's range. */
  public int totalPages() {
    return script.pages().map(range -> lastPage - range.first() + 1).orElse(0);
  }

  /**
   * Seconds until the range is complete at the current rate; null if it is complete or makes no
   * progress.
   */
  public @Nullable Long etaSeconds(int pageSize) {
    return status.isRunning()
        ? TimeLeft.of(totalPages() - tally.completedPages(), pageSize, filesPerSecond)
        : null;
  }
}
