package api;

import api.dto.StatusData;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds instances that cannot work together: two with the same number fetch the same pages, while
 * nobody fetches those of a third; and another harvest has other pages.
 */
final class FleetConflicts {
  private final Self self;

  FleetConflicts(Self self) {
    this.self = self;
  }

  /** Whether it is the status of this instance: a list of peers may name it, too. */
  boolean isSelf(StatusData peer) {
    return peer.runId() == null // another version
        ? peer.instanceId() == self.instanceId()
        : peer.runId().equals(self.runId());
  }

  /**
   * Why a peer cannot work together with the others; null if it can.
   *
   * @param all the peers that respond, with this one
   */
  @Nullable String of(StatusData peer, List<StatusData> all) {
    if (isSelf(peer) || peer.runId() == null) {
      return null;
    }
    if (peer.instanceId() == self.instanceId() || isTwice(peer, all)) {
      return "harvest.instance-id %d is used twice; every instance needs its own"
          .formatted(peer.instanceId());
    }
    String difference = self.harvest().difference(texts(peer.harvest()));
    return difference.isEmpty() ? null : "it works on another harvest: " + difference;
  }

  private static boolean isTwice(StatusData peer, List<StatusData> all) {
    return all.stream()
        .filter(other -> other.runId() != null)
        .anyMatch(
            other ->
                other.instanceId().equals(peer.instanceId())
                    && !other.runId().equals(peer.runId()));
  }

  private static Map<String, String> texts(@Nullable Map<String, Object> harvest) {
    Map<String, String> texts = new TreeMap<>();
    if (harvest != null) {
      harvest.forEach((key, value) -> texts.put(key, String.valueOf(value)));
    }
    return texts;
  }
}
