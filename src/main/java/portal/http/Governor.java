package portal.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import model.FairShare;

/**
 * Holds this instance to what the portal was promised, listings and documents together.
 *
 * <ul>
 *   <li>No more requests at once than the concurrency allows.
 *   <li>Requests begin evenly spaced: no second holds more than the rate plus one, and with work at
 *       hand a minute's average stays above 0.95 of the rate.
 *   <li>No two requests begin nearer to each other than {@link #keepApart} says, whatever the rate.
 *   <li>A pause holds everybody back, and is followed by no burst.
 *   <li>Each party has its share of the places and never more: one whose requests hang leaves the
 *       others theirs.
 * </ul>
 *
 * <p>A class of its own, since the rate limiters at hand (Bucket4j, resilience4j) each lack one of
 * these: even spacing, a pause of all, no burst behind it, or shares.
 */
public final class Governor {
  /** How often those who wait look whether their script still wants the request. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final int concurrency;
  private final FairShare share;
  private final ReentrantLock lock = new ReentrantLock();
  // all below guarded by lock
  private final Deque<Turn> queue = new ArrayDeque<>();
  private final Map<Object, Integer> underWayOf = new HashMap<>();
  private final Pace pace;
  private int underWay;
  private long pausedUntil = System.nanoTime();

  private record Turn(Object party, Condition condition) {}

  /** Leave to have one request under way. */
  public interface Permit extends AutoCloseable {
    /** The request is over. */
    @Override
    void close();
  }

  /**
   * @param rate requests per second; 0 for no limit
   * @param concurrency requests at once
   * @param parties how many parties share the places now; asked often, and under a lock
   */
  public Governor(double rate, int concurrency, IntSupplier parties) {
    this.pace = new Pace(rate, System.nanoTime());
    this.concurrency = concurrency;
    this.share = new FairShare(concurrency, parties);
  }

  /**
   * Waits, first come first served among those below their share, until a request may be sent.
   *
   * @param party on whose behalf it goes
   * @param cancelled whether the request is no longer wanted; looked at several times a second
   * @return to be closed once, when the request is over
   * @throws CancellationException when the request is no longer wanted
   */
  public Permit enter(Object party, BooleanSupplier cancelled) {
    Turn turn = takeTurn(party);
    try {
      do {
        check(cancelled); // not under the lock: it may wait for locks of its own
      } while (!began(turn));
      return () -> leave(party);
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      giveUp(turn);
    }
  }

  /** Holds every request back for this long from now, also those that wait already. */
  public void pause(Duration length) {
    lock.lock();
    try {
      long until = System.nanoTime() + length.toNanos();
      pausedUntil = until - pausedUntil > 0 ? until : pausedUntil;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets at least this much time pass before the next start and between any two from then on, also
   * for those that wait already. It slows the rate down or leaves it as it is, never speeds it up.
   *
   * @param time zero leaves it to the rate
   */
  public void keepApart(Duration time) {
    lock.lock();
    try {
      pace.keepApart(time.toNanos(), System.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  /** How many requests wait. */
  public int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  private Turn takeTurn(Object party) {
    lock.lock();
    try {
      Turn turn = new Turn(party, lock.newCondition());
      queue.addLast(turn);
      return turn;
    } finally {
      lock.unlock();
    }
  }

  /** Begins the request, if it is its turn and time; else waits a little. */
  private boolean began(Turn turn) throws InterruptedException {
    lock.lock();
    try {
      long now = System.nanoTime();
      long wait = first().filter(turn::equals).isPresent() ? waitOfTheFirst(now) : LOOK_NANOS;
      if (wait > 0) {
        turn.condition().awaitNanos(Math.min(wait, LOOK_NANOS));
        return false;
      }
      underWay++;
      underWayOf.merge(turn.party(), 1, Integer::sum);
      pace.started(now);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The first who is below its share. */
  private Optional<Turn> first() {
    int most = share.now();
    return queue.stream()
        .filter(turn -> underWayOf.getOrDefault(turn.party(), 0) < most)
        .findFirst();
  }

  /** A place first, then its start: a start that waited for a place would be wasted. */
  private long waitOfTheFirst(long now) {
    return underWay >= concurrency ? LOOK_NANOS : Math.max(pace.waitFrom(now), pausedUntil - now);
  }

  private void giveUp(Turn turn) {
    lock.lock();
    try {
      queue.remove(turn);
      wakeTheFirst();
    } finally {
      lock.unlock();
    }
  }

  private void leave(Object party) {
    lock.lock();
    try {
      underWay--;
      underWayOf.computeIfPresent(party, (key, count) -> count == 1 ? null : count - 1);
      wakeTheFirst();
    } finally {
      lock.unlock();
    }
  }

  private void wakeTheFirst() {
    first().ifPresent(turn -> turn.condition().signal());
  }

  private static void check(BooleanSupplier cancelled) {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
    if (cancelled.getAsBoolean()) {
      throw new CancellationException("the script stops");
    }
  }

  private static CancellationException interrupted() {
    Thread.currentThread().interrupt();
    return new CancellationException("interrupted");
  }
}
