package portal.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import model.Concurrency;
import model.FairShare;

/**
 * The places for concurrent requests, and the queue for them: first come, first served among the
 * parties below their share. Not thread-safe.
 */
final class Places {
  private final Concurrency concurrency;
  private final FairShare share;
  private final Deque<Turn> queue = new ArrayDeque<>();
  private final Map<Object, Integer> underWayOf = new HashMap<>();
  private int underWay;

  /** A waiting request. */
  static final class Turn {
    private final Object party;
    private CompletableFuture<Void> woken = new CompletableFuture<>();

    private Turn(Object party) {
      this.party = party;
    }

    /** Who sends it. */
    Object party() {
      return party;
    }

    /** Completes when its thread should check again. */
    CompletableFuture<Void> sleep() {
      woken = new CompletableFuture<>();
      return woken;
    }

    void wake() {
      woken.complete(null);
    }
  }

  /**
   * @param concurrency the concurrent requests allowed
   * @param parties how many parties share the places now
   */
  Places(Concurrency concurrency, IntSupplier parties) {
    this.concurrency = concurrency;
    this.share = new FairShare(concurrency::now, parties);
  }

  Turn queue(Object party) {
    Turn turn = new Turn(party);
    queue.addLast(turn);
    return turn;
  }

  void leaveQueue(Turn turn) {
    queue.remove(turn);
  }

  int waiting() {
    return queue.size();
  }

  /** The first one whose party is below its share. */
  Optional<Turn> first() {
    int most = share.now();
    return queue.stream()
        .filter(turn -> underWayOf.getOrDefault(turn.party(), 0) < most)
        .findFirst();
  }

  boolean areTaken() {
    return underWay >= concurrency.now();
  }

  void take(Object party) {
    underWay++;
    underWayOf.merge(party, 1, Integer::sum);
  }

  void free(Object party) {
    underWay--;
    underWayOf.computeIfPresent(party, (key, count) -> count == 1 ? null : count - 1);
  }
}
