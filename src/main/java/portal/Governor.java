package portal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Holds this instance to what the portal was promised, listings and documents together.
 *
 * <ul>
 *   <li>No more requests at once than the concurrency allows.
 *   <li>Requests begin evenly spaced: no second holds more than the rate plus one, and with work at
 *       hand a minute's average stays above 0.95 of the rate.
 *   <li>A pause holds everybody back, and is followed by no burst.
 * </ul>
 *
 * <p>A class of its own, since the rate limiters at hand (Bucket4j, resilience4j) each lack one of
 * the three: even spacing, a pause of all, or no burst behind it.
 */
public final class Governor {
  /** How often those who wait look whether their script still wants the request. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final int concurrency;
  private final ReentrantLock lock = new ReentrantLock();
  // all below guarded by lock
  private final Deque<Condition> queue = new ArrayDeque<>();
  private final Pace pace;
  private int underWay;
  private long pausedUntil = System.nanoTime();

  /** Leave to have one request under way. */
  public interface Permit extends AutoCloseable {
    /** The request is over. */
    @Override
    void close();
  }

  /**
   * @param rate requests per second; 0 for no limit
   * @param concurrency requests at once
   */
  public Governor(double rate, int concurrency) {
    this.pace = new Pace(rate, System.nanoTime());
    this.concurrency = concurrency;
  }

  /**
   * Waits, first come first served, until a request may be sent.
   *
   * @param cancelled whether the request is no longer wanted; looked at several times a second
   * @return to be closed once, when the request is over
   * @throws CancellationException when the request is no longer wanted
   */
  public Permit enter(BooleanSupplier cancelled) {
    Condition turn = takeTurn();
    try {
      do {
        check(cancelled); // not under the lock: it may wait for locks of its own
      } while (!began(turn));
      return this::leave;
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

  /** How long the present pause still lasts; zero when there is none. */
  public Duration pausedFor() {
    lock.lock();
    try {
      return Duration.ofNanos(Math.max(0, pausedUntil - System.nanoTime()));
    } finally {
      lock.unlock();
    }
  }

  private Condition takeTurn() {
    lock.lock();
    try {
      Condition turn = lock.newCondition();
      queue.addLast(turn);
      return turn;
    } finally {
      lock.unlock();
    }
  }

  /** Begins the request, if it is its turn and time; else waits a little. */
  private boolean began(Condition turn) throws InterruptedException {
    lock.lock();
    try {
      long now = System.nanoTime();
      long wait = queue.peekFirst() == turn ? waitOfTheFirst(now) : LOOK_NANOS;
      if (wait > 0) {
        turn.awaitNanos(Math.min(wait, LOOK_NANOS));
        return false;
      }
      underWay++;
      pace.started(now);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** A place first, then its start: a start that waited for a place would be wasted. */
  private long waitOfTheFirst(long now) {
    return underWay >= concurrency ? LOOK_NANOS : Math.max(pace.waitFrom(now), pausedUntil - now);
  }

  private void giveUp(Condition turn) {
    lock.lock();
    try {
      queue.remove(turn);
      wakeTheFirst();
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      underWay--;
      wakeTheFirst();
    } finally {
      lock.unlock();
    }
  }

  private void wakeTheFirst() {
    if (!queue.isEmpty()) {
      queue.peekFirst().signal();
    }
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
