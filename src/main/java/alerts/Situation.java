package alerts;

import api.dto.StatusData;
import java.util.List;

/**
 * The state of an instance at one moment.
 *
 * @param status as the API shows it
 * @param diskFreePercent of the data folder's disk
 * @param awayPeers the other instances that do not answer
 * @param quota how much of the day's quota is used, in words; empty without a quota
 */
public record Situation(
    StatusData status, double diskFreePercent, List<AwayPeer> awayPeers, String quota) {
  /**
   * Another instance that does not answer.
   *
   * @param address as {@code fleet.peers} has it
   * @param problem why
   */
  public record AwayPeer(String address, String problem) {}
}
