package portal.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import model.StopSignal;
import model.Ticker;
import portal.Permit;
import portal.http.Places.Turn;

/**
 * Keeps this instance within the limits promised to the portal, for listings and documents
 * together.
 *
 * <ul>
 *   <li>There are never more concurrent requests than allowed.
 *   <li>Requests start evenly spaced: no second has more than the rate plus one, and under load the
 *       average over a minute stays above 0.95 of the rate.
 *   <li>Requests start at least as far apart as {@link #keepApart} says, whatever the rate.
 *   <li>A pause applies to everyone, and no burst follows it.
 *   <li>Each party gets its share of the places and never more, so that a party whose requests hang
 *       does not block the others.
 * </ul>
 *
 * <p>This is our own class because the usual rate limiters (Bucket4j, resilience4j) each lack one
 * of these: even spacing, a pause for everyone, no burst after it, or shares.
 */
public final class Governor {
  /** How often waiting requests check whether the shares have changed. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  private final double rate;
  private final Ticker ticker;
  private final Observer observer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Places places; // guarded by lock
  private final StartTimes times; // guarded by lock

  /** Is told while requests wait. */
  @FunctionalInterface
  public interface Observer {
    /**
     * Called again and again, by every thread whose request waits: must be fast.
     *
     * @param party who sends the request
     * @param hold why the portal holds it back for long; empty if it does not
     */
    void waits(Object party, Optional<Hold> hold);
  }

  /**
   * The limits, and whether requests are held back.
   *
   * @param rate requests per second; 0 for no limit
   * @param concurrency maximum number of concurrent requests
   * @param hold why the portal holds requests back now; empty if it does not
   */
  public record State(double rate, int concurrency, Optional<Hold> hold) {}

  /**
   * @param rate requests per second; 0 for no limit
   * @param concurrency maximum number of concurrent requests
   * @param parties how many parties share the places now; called often, and under a lock
   * @param clock tells people until when requests are held back
   */
  public Governor(
      double rate,
      int concurrency,
      IntSupplier parties,
      Ticker ticker,
      InstantSource clock,
      Observer observer) {
    this.rate = rate;
    this.ticker = ticker;
    this.observer = observer;
    this.times = new StartTimes(rate, clock, ticker.nanos());
    this.places = new Places(concurrency, parties);
  }

  /**
   * Waits, first come first served among those below their share, until a request may be sent.
   *
   * @param party who sends the request
   * @param stop ends the wait
   * @return must be closed once, when the request has ended
   * @throws CancellationException if the script stops or the thread is interrupted
   */
  public Permit enter(Object party, StopSignal stop) {
    Turn turn = locked(() -> places.queue(party, lock.newCondition()));
    StopSignal.Registration onStop = stop.onStop(Duration.ZERO, () -> wake(turn));
    try {
      while (!began(turn, stop)) { // waits for its turn, its time, or the stop
        observer.waits(party, locked(() -> times.longHold(ticker.nanos())));
      }
      return new Request(party, ticker.nanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } finally {
      onStop.close();
      leaveQueue(turn);
    }
  }

  /** The request that a permit allows. */
  private final class Request implements Permit {
    private final Object party;
    private final long sent;
    private boolean paused;

    Request(Object party, long sent) {
      this.party = party;
      this.sent = sent;
    }

    @Override
    public void answered() {
      lock.lock();
      try {
        times.answered(sent);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void paused(Optional<Duration> time, String why) {
      paused = true;
      locked(() -> times.pause(sent, time, why, ticker.nanos())).run();
    }

    @Override
    public void close() {
      if (!endsDuringLongPauses()) {
        observer.waits(party, Optional.empty());
      }
    }

    private boolean endsDuringLongPauses() {
      lock.lock();
      try {
        if (!paused) {
          times.passed(sent);
        }
        places.free(party);
        wakeTheFirst();
        return times.arePausesLong();
      } finally {
        lock.unlock();
      }
    }
  }

  private <T> T locked(Supplier<T> access) {
    lock.lock();
    try {
      return access.get();
    } finally {
      lock.unlock();
    }
  }

  /** The limits, and whether requests are held back now. */
  public State state() {
    return locked(() -> new State(rate, places.concurrency(), times.hold(ticker.nanos())));
  }

  /**
   * Keeps at least this much time before the next start and between any two starts after it,
   * including those of requests already waiting. It can only lower the rate.
   *
   * @param time zero for no limit besides the rate
   * @param why who asked for it, and how
   */
  public void keepApart(Duration time, String why) {
    lock.lock();
    try {
      times.keepApart(time, why, ticker.nanos());
    } finally {
      lock.unlock();
    }
  }

  /** The number of waiting requests. */
  public int waiting() {
    return locked(places::waiting);
  }

  /** Starts the request if it is its turn and time; otherwise waits a little. */
  private boolean began(Turn turn, StopSignal stop) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      stop.throwIfStopped();
      long now = ticker.nanos();
      long wait =
          places.first().filter(turn::equals).isPresent()
              ? waitOfTheFirst(now)
              : POLL_INTERVAL.toNanos();
      if (wait > 0) {
        await(turn, Duration.ofNanos(Math.min(wait, POLL_INTERVAL.toNanos())));
        return false;
      }
      places.take(turn.party());
      times.started(now);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void await(Turn turn, Duration time) throws InterruptedException {
    Ticker.Timer timer = ticker.after(time, () -> wake(turn));
    try {
      turn.condition().await();
    } finally {
      timer.cancel();
    }
  }

  /** First a place, then a start time: a start time spent waiting for a place would be lost. */
  private long waitOfTheFirst(long now) {
    return places.areTaken() ? POLL_INTERVAL.toNanos() : times.waitFrom(now);
  }

  private void wake(Turn turn) {
    lock.lock();
    try {
      turn.condition().signal();
    } finally {
      lock.unlock();
    }
  }

  private void leaveQueue(Turn turn) {
    lock.lock();
    try {
      places.leaveQueue(turn);
      wakeTheFirst();
    } finally {
      lock.unlock();
    }
  }

  private void wakeTheFirst() {
    places.first().ifPresent(turn -> turn.condition().signal());
  }
}
