package portal;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
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
  /**
   * Share of the rate that is used. What is left makes up for requests that take unequally long to
   * reach the portal, so that its seconds, too, hold no more than the rate plus one.
   */
  private static final double USED_SHARE = 0.98;

  /** How often those who wait look whether their script still wants the request. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final long intervalNanos;
  private final Semaphore places;
  private final ReentrantLock pace = new ReentrantLock(true);
  private final AtomicLong pausedUntil = new AtomicLong(System.nanoTime());
  private long nextStart = System.nanoTime(); // guarded by pace

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
    this.intervalNanos = rate == 0 ? 0 : Math.round(1e9 / (rate * USED_SHARE));
    this.places = new Semaphore(concurrency, true);
  }

  /**
   * Waits, first come first served, until a request may be sent.
   *
   * @param cancelled whether the request is no longer wanted; looked at several times a second
   * @return to be closed when the request is over
   * @throws CancellationException when the request is no longer wanted
   */
  public Permit enter(BooleanSupplier cancelled) {
    takePlace(cancelled);
    try {
      // a place first, then its start: a start that waited for a place would be wasted
      awaitStart(cancelled);
    } catch (RuntimeException e) {
      places.release();
      throw e;
    }
    return places::release;
  }

  /** Holds every request back for this long from now, also those that wait already. */
  public void pause(Duration length) {
    pausedUntil.accumulateAndGet(System.nanoTime() + length.toNanos(), (a, b) -> a - b > 0 ? a : b);
  }

  /** How long the present pause still lasts; zero when there is none. */
  public Duration pausedFor() {
    return Duration.ofNanos(Math.max(0, pausedUntil.get() - System.nanoTime()));
  }

  private void takePlace(BooleanSupplier cancelled) {
    try {
      do {
        check(cancelled);
      } while (!places.tryAcquire(LOOK_NANOS, TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void awaitStart(BooleanSupplier cancelled) {
    if (intervalNanos == 0) {
      sleepUntilStart(cancelled);
      return;
    }
    try {
      do {
        check(cancelled);
      } while (!pace.tryLock(LOOK_NANOS, TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      throw interrupted();
    }
    try {
      long start = sleepUntilStart(cancelled);
      // a start that came late by up to half an interval keeps the beat, a later one shifts it:
      // what was missed is not made up for in a bunch
      nextStart = Math.max(nextStart + intervalNanos - start, intervalNanos / 2) + start;
    } finally {
      pace.unlock();
    }
  }

  private long sleepUntilStart(BooleanSupplier cancelled) {
    while (true) {
      check(cancelled);
      long now = System.nanoTime();
      long wait = Math.max(intervalNanos == 0 ? 0 : nextStart - now, pausedUntil.get() - now);
      if (wait <= 0) {
        return now;
      }
      LockSupport.parkNanos(Math.min(wait, LOOK_NANOS));
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
