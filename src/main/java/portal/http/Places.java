package portal.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.function.IntSupplier;
import model.FairShare;

/**
 * The places for concurrent requests, and the queue for them: first come, first served among the
 * parties below their share. Not thread-safe.
 */
final class Places {
  private final int concurrency;
  private final FairShare share;
  private final Deque<Turn> queue = new ArrayDeque<>();
  private final Map<Object, Integer> underWayOf = new HashMap<>();
  private int underWay;

  /**
   * A waiting request.
   *
   * @param party who sends it
   * @param condition wakes its thread
   */
  record Turn(Object party, Condition condition) {}

  /**
   * @param concurrency maximum number of concurrent requests
   * @param parties how many parties share the places now
   */
  Places(int concurrency, IntSupplier parties) {
    this.concurrency = concurrency;
    this.share = new FairShare(concurrency, parties);
  }

  int concurrency() {
    return concurrency;
  }

  Turn queue(Object party, Condition condition) {
    Turn turn = new Turn(party, condition);
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
    return underWay >= concurrency;
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
