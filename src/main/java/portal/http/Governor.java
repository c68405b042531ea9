package portal.http;

import config.RateLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.IntSupplier;
import model.Concurrency;
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
 *   <li>Requests start at least as far apart as {@link Limits#keepApart} says, whatever the rate.
 *   <li>A pause applies to everyone, and no burst follows it.
 *   <li>Each party gets its share of the places and never more, so that a party whose requests hang
 *       does not block the others.
 * </ul>
 *
 * <p>This is our own class because the usual rate limiters (Bucket4j, resilience4j) each lack one
 * of these: even spacing, a pause for everyone, no burst after it, or shares.
 */
public final class Governor {
  private final Limits limits;
  private final Ticker ticker;
  private final WaitObserver observer;

  /**
   * @param rate how fast requests may be sent
   * @param concurrency how many concurrent requests there may be
   * @param parties how many parties share the places now; called often, and under a lock
   * @param clock for the hours in which requests are allowed, and tells people until when they are
   *     held back
   */
  public Governor(
      RateLimits rate,
      Concurrency concurrency,
      IntSupplier parties,
      Ticker ticker,
      InstantSource clock,
      WaitObserver observer) {
    this.limits = new Limits(rate, concurrency, parties, ticker, clock);
    this.ticker = ticker;
    this.observer = observer;
  }

  /** What it allows now, to be read and changed. */
  public Limits limits() {
    return limits;
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
    Turn turn = limits.queue(party);
    StopSignal.Registration onStop = stop.onStop(Duration.ZERO, () -> limits.wake(turn));
    try {
      Optional<Limits.Wait> wait = limits.start(turn, stop);
      while (wait.isPresent()) { // for its turn, its time, or the stop
        await(turn, wait.get());
        waits(party);
        wait = limits.start(turn, stop);
      }
      return new Request(party, ticker.nanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } finally {
      onStop.close();
      limits.leaveQueue(turn);
    }
  }

  private void await(Turn turn, Limits.Wait wait) throws InterruptedException {
    Ticker.Timer timer = ticker.after(wait.longest(), () -> limits.wake(turn));
    try {
      ticker.await(wait.woken());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      timer.cancel();
    }
  }

  /** Reports that a party waits, perhaps for the answer to another party's request. */
  public void waits(Object party) {
    observer.waits(party, limits.longHold());
  }

  /** The request that a permit allows. */
  private final class Request implements Permit {
    private final Object party;
    private final long sent;
    private Ending ending = Ending.FAILED;

    Request(Object party, long sent) {
      this.party = party;
      this.sent = sent;
    }

    @Override
    public void answered() {
      ending = Ending.ANSWERED;
      limits.answered(sent);
    }

    @Override
    public void overloaded() {
      limits.overloaded();
    }

    @Override
    public void paused(Optional<Duration> time, String why) {
      ending = Ending.PAUSED;
      limits.pause(sent, time, why);
    }

    @Override
    public void close() {
      if (!limits.ended(party, sent, ending)) {
        observer.waits(party, Optional.empty());
      }
    }
  }
}
