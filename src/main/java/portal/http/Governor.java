package portal.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import model.FairShare;
import model.StopSignal;
import model.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

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
  private static final Logger LOG = LoggerFactory.getLogger(Governor.class);

  /** How often waiting requests check whether the shares have changed. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  private final double rate;
  private final int concurrency;
  private final Ticker ticker;
  private final Observer observer;
  private final FairShare share;
  private final ReentrantLock lock = new ReentrantLock();
  // all below guarded by lock
  private final Deque<Turn> queue = new ArrayDeque<>();
  private final Map<Object, Integer> underWayOf = new HashMap<>();
  private final Pace pace;
  private final Pauses pauses;
  private final Holds holds;
  private int underWay;

  private record Turn(Object party, Condition condition) {}

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

  /** Permission for one request. */
  public interface Permit extends AutoCloseable {
    /** The portal has answered well. */
    void answered();

    /**
     * The portal answered that it wants no request for a while: all requests pause.
     *
     * @param time how long; empty if it did not say, for the usual time
     * @param why who asked for it, and how
     */
    void paused(Optional<Duration> time, String why);

    /** Ends the request. */
    @Override
    void close();
  }

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
    this.holds = new Holds(clock);
    this.observer = observer;
    this.pace = new Pace(rate, ticker.nanos());
    this.pauses = new Pauses(ticker.nanos());
    this.concurrency = concurrency;
    this.share = new FairShare(concurrency, parties);
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
    Turn turn = takeTurn(party);
    StopSignal.Registration onStop = stop.onStop(Duration.ZERO, () -> wake(turn));
    try {
      while (!began(turn, stop)) { // waits for its turn, its time, or the stop
        observer.waits(party, told());
      }
      return new Request(party, ticker.nanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } finally {
      onStop.close();
      giveUp(turn);
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
        pauses.answered(sent);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void paused(Optional<Duration> time, String why) {
      paused = true;
      pause(sent, time, why);
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (!paused) {
          pauses.passed(sent);
        }
      } finally {
        lock.unlock();
      }
      leave(party);
      if (!arePausesLong()) {
        observer.waits(party, Optional.empty());
      }
    }
  }

  private void pause(long sent, Optional<Duration> time, String why) {
    boolean wasLong;
    boolean isLong;
    Hold hold;
    lock.lock();
    try {
      long now = ticker.nanos();
      long before = pauses.until();
      wasLong = pauses.areLong();
      time.ifPresentOrElse(
          length -> pauses.pause(length, why, now), () -> pauses.pauseUnnamed(sent, why, now));
      if (pauses.until() == before) {
        return;
      }
      isLong = pauses.areLong();
      hold = holds.of(pauses, now);
    } finally {
      lock.unlock();
    }
    LOG.atLevel(isLong && !wasLong ? Level.WARN : Level.INFO).log(hold.words());
  }

  private boolean arePausesLong() {
    lock.lock();
    try {
      return pauses.areLong();
    } finally {
      lock.unlock();
    }
  }

  /** The limits, and whether requests are held back now. */
  public State state() {
    lock.lock();
    try {
      long now = ticker.nanos();
      return new State(rate, concurrency, holds.of(pauses, pauses.waitFrom(now) > 0, pace, now));
    } finally {
      lock.unlock();
    }
  }

  /** Why requests are held back for long. */
  private Optional<Hold> told() {
    lock.lock();
    try {
      return holds.of(pauses, pauses.areLong(), pace, ticker.nanos());
    } finally {
      lock.unlock();
    }
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
      holds.keepApart(time, why);
      pace.keepApart(time.toNanos(), ticker.nanos());
    } finally {
      lock.unlock();
    }
  }

  /** The number of waiting requests. */
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

  /** Starts the request if it is its turn and time; otherwise waits a little. */
  private boolean began(Turn turn, StopSignal stop) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      stop.throwIfStopped();
      long now = ticker.nanos();
      long wait =
          first().filter(turn::equals).isPresent() ? waitOfTheFirst(now) : POLL_INTERVAL.toNanos();
      if (wait > 0) {
        await(turn, Duration.ofNanos(Math.min(wait, POLL_INTERVAL.toNanos())));
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

  private void await(Turn turn, Duration time) throws InterruptedException {
    Ticker.Timer timer = ticker.after(time, () -> wake(turn));
    try {
      turn.condition().await();
    } finally {
      timer.cancel();
    }
  }

  /** The first one whose party is below its share. */
  private Optional<Turn> first() {
    int most = share.now();
    return queue.stream()
        .filter(turn -> underWayOf.getOrDefault(turn.party(), 0) < most)
        .findFirst();
  }

  /** First a place, then a start time: a start time spent waiting for a place would be lost. */
  private long waitOfTheFirst(long now) {
    return underWay >= concurrency
        ? POLL_INTERVAL.toNanos()
        : Math.max(pace.waitFrom(now), pauses.waitFrom(now));
  }

  private void wake(Turn turn) {
    lock.lock();
    try {
      turn.condition().signal();
    } finally {
      lock.unlock();
    }
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
}
