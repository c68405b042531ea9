package portal.http;

import config.RateLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import model.Concurrency;
import model.StopSignal;
import model.Ticker;
import portal.http.Places.Turn;

/**
 * What the {@link Governor} allows now, and whose request is next. People, the portal and other
 * instances change it. Thread-safe; no call waits.
 */
public final class Limits {
  /** How often waiting requests check whether the shares have changed. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Concurrency concurrency;
  private final Places places; // guarded by lock
  private final StartTimes times; // guarded by lock

  /**
   * The limits, and whether requests are held back.
   *
   * @param rate requests per second; 0 for no limit
   * @param concurrency maximum number of concurrent requests
   * @param hold why the portal holds requests back now; empty if it does not
   */
  public record State(double rate, int concurrency, Optional<Hold> hold) {}

  /**
   * A request has to wait.
   *
   * @param woken completes when it is to try again
   * @param longest when it tries again in any case
   */
  record Wait(CompletableFuture<Void> woken, Duration longest) {}

  Limits(
      RateLimits limits,
      Concurrency concurrency,
      IntSupplier parties,
      Ticker ticker,
      InstantSource clock) {
    this.ticker = ticker;
    this.concurrency = concurrency;
    this.times = new StartTimes(limits, clock, ticker.nanos());
    this.places = new Places(concurrency, parties);
  }

  /** The limits, and whether requests are held back now. */
  public State state() {
    return locked(
        () -> {
          long now = ticker.nanos();
          return new State(times.rate(now), concurrency.now(), times.hold(now));
        });
  }

  /**
   * A person allows this rate, until the instance ends. It replaces the configured one; the hours,
   * the share of this instance and the portal's own answers can still lower it.
   *
   * @param rate requests per second; 0 for no limit
   */
  public void set(double rate) {
    change(() -> times.set(rate, ticker.nanos()));
  }

  /** This instance's share of the rate of all instances, in requests per second. */
  public void share(double rate) {
    change(() -> times.share(rate, ticker.nanos()));
  }

  /**
   * Keeps at least this much time before the next start and between any two starts after it,
   * including those of requests already waiting. It can only lower the rate.
   *
   * @param time zero for no limit besides the rate
   * @param why who asked for it, and how
   */
  public void keepApart(Duration time, String why) {
    change(() -> times.keepApart(time, why, ticker.nanos()));
  }

  /** How many concurrent requests there may be. */
  public Concurrency concurrency() {
    return concurrency;
  }

  /** The number of waiting requests. */
  public int waiting() {
    return locked(places::waiting);
  }

  /** Puts a request of the party into the queue. */
  Turn queue(Object party) {
    return locked(() -> places.queue(party));
  }

  /**
   * Starts the request if it is its turn and time.
   *
   * @param stop has not fired when it starts
   * @return how long it waits before it tries again; empty if it has started
   */
  Optional<Wait> start(Turn turn, StopSignal stop) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      stop.throwIfStopped();
      long now = ticker.nanos();
      long wait =
          places.first().filter(turn::equals).isPresent()
              ? waitOfTheFirst(now)
              : POLL_INTERVAL.toNanos();
      if (wait <= 0) {
        places.take(turn.party());
        times.started(now);
        return Optional.empty();
      }
      Duration longest = Duration.ofNanos(Math.min(wait, POLL_INTERVAL.toNanos()));
      return Optional.of(new Wait(turn.sleep(), longest));
    } finally {
      lock.unlock();
    }
  }

  /** First a place, then a start time: a start time spent waiting for a place would be lost. */
  private long waitOfTheFirst(long now) {
    return places.areTaken() ? POLL_INTERVAL.toNanos() : times.waitFrom(now);
  }

  void wake(Turn turn) {
    change(turn::wake);
  }

  void leaveQueue(Turn turn) {
    change(
        () -> {
          places.leaveQueue(turn);
          wakeTheFirst();
        });
  }

  private void wakeTheFirst() {
    places.first().ifPresent(Turn::wake);
  }

  /** The portal has answered well. */
  void answered(long sent) {
    change(() -> times.answered(sent));
  }

  /** The portal answered 5xx. */
  void overloaded() {
    change(() -> times.overloaded(ticker.nanos()));
  }

  /**
   * The portal asks for a pause.
   *
   * @param sent when the request was sent
   * @param time how long; empty if it did not say
   */
  void pause(long sent, Optional<Duration> time, String why) {
    locked(() -> times.pause(sent, time, why, ticker.nanos())).run();
  }

  /**
   * A request has ended, and its place is free.
   *
   * @return whether requests are held back for long
   */
  boolean ended(Object party, long sent, Ending ending) {
    return locked(
        () -> {
          times.ended(sent, ending, ticker.nanos());
          places.free(party);
          wakeTheFirst();
          return times.isHeldLong(ticker.nanos());
        });
  }

  /** Why requests are held back for long; empty if they are not. */
  Optional<Hold> longHold() {
    return locked(() -> times.longHold(ticker.nanos()));
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
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
}
