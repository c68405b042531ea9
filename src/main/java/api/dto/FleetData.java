package api.dto;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The instances of a fleet, starting with the one that serves this response, and the totals of
 * those that responded.
 */
public record FleetData(List<Member> instances, Total total) {

  /**
   * An instance.
   *
   * @param instanceId null if it has never responded
   * @param lastSeen when it last responded; null if it never did
   * @param problem why it is not part of this harvest, or does not respond; null if all is well
   * @param data null if it does not respond now
   */
  public record Member(
      @Nullable Integer instanceId,
      String address,
      Boolean reachable,
      @Nullable String lastSeen,
      @Nullable String problem,
      @Nullable StatusData data) {}

  /** Totals, with the names of {@link StatusData}. */
  public record Total(
      Long totalScripts,
      Long runningScripts,
      Long completedScripts,
      Long errorScripts,
      Long waitingScripts,
      Long totalFilesDownloaded,
      Long totalBytes,
      Long failedDownloads,
      Long retryingDownloads,
      Long rejectedDownloads,
      Map<String, Long> rejectedReasons,
      Long replaced,
      Long totalPages,
      Long completedPages,
      Double progressPercentage,
      @Nullable Double successRate,
      Double filesPerSecond,
      @Nullable Long etaSeconds,
      Map<String, Long> errors) {}
}
