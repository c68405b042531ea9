package scripts;

import java.time.Instant;
import ledger.PageCounts;
import model.Script;
import model.TimeLeft;

/**
 * A script as it was at one moment.
 *
 * @param script number, instance, pages
 * @param lastPage of its range, which grows with the portal when the last script sweeps; 0 for a
 *     script without pages
 * @param status what it does
 * @param waitingReason what it waits for; null when it does not wait
 * @param currentPage the page in work, or the next, or the last; 0 for a script without pages
 * @param tally what is done
 * @param filesPerSecond over the last minute
 * @param secondsPerFile since its last start; null while nothing was stored since then
 * @param startTime of its last start in this process; null when there was none
 * @param lastUpdated time of the last change; null when there was none in this process
 * @param lastProgress time of its start, or of the last listing, document or page since then; null
 *     when there was no start in this process
 * @param lastError why its page could not be done; null when the last one could
 */
public record ScriptSnapshot(
    Script script,
    int lastPage,
    ScriptStatus status,
    WaitingReason waitingReason,
    int currentPage,
    PageCounts tally,
    double filesPerSecond,
    Double secondsPerFile,
    Instant startTime,
    Instant lastUpdated,
    Instant lastProgress,
    String lastError) {

  /** Pages of the script's range. */
  public int totalPages() {
    return script.pages().map(range -> lastPage - range.first() + 1).orElse(0);
  }

  /** Seconds until the range is done at the present rate; null when it is done or stands still. */
  public Long etaSeconds(int pageSize) {
    return status.isRunning()
        ? TimeLeft.of(totalPages() - tally.completedPages(), pageSize, filesPerSecond)
        : null;
  }
}
