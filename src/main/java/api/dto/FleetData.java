package api.dto;

import java.util.List;
import java.util.Map;

/** The instances of a fleet, the one that answers first, and the sums over those that answered. */
public record FleetData(List<Member> instances, Total total) {

  /**
   * An instance.
   *
   * @param instanceId null while it never answered
   * @param lastSeen when it last answered; null while it never did
   * @param data null when it does not answer now
   */
  public record Member(
      Integer instanceId, String address, Boolean reachable, String lastSeen, StatusData data) {}

  /** Sums, under the names of {@link StatusData}. */
  public record Total(
      Long totalScripts,
      Long runningScripts,
      Long completedScripts,
      Long errorScripts,
      Long waitingScripts,
      Long totalFilesDownloaded,
      Long totalBytes,
      Long failedDownloads,
      Long totalPages,
      Long completedPages,
      Double progressPercentage,
      Double successRate,
      Double filesPerSecond,
      Long etaSeconds,
      Map<String, Long> errors) {}
}
