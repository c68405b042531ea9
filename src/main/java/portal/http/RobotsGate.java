package portal.http;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import model.StopSignal;
import model.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import portal.PortalHttp;
import portal.RobotsException;

/**
 * Allows the requests that robots.txt allows. Each authority's robots.txt is read before the first
 * other request to it, and again after a day, by the first thread that needs it; other threads wait
 * for the result. If it could not be read, the next request tries again.
 */
public final class RobotsGate {
  private static final Logger LOG = LoggerFactory.getLogger(RobotsGate.class);
  private static final Duration KNOWN_FOR = Duration.ofDays(1);

  /** How often a thread that waits for another thread's result reports that. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  /** A robots.txt, and when it was read. */
  private record Reading(RobotsTxt robots, long nanos) {}

  private final RobotsFetch robots;
  private final BiConsumer<Duration, String> keepApart;
  private final Ticker ticker;
  private final Map<URI, CompletableFuture<Reading>> readings = new ConcurrentHashMap<>();
  private final Map<URI, Duration> delays = new HashMap<>(); // guarded by itself

  /**
   * @param allowedHosts hosts that redirects of a robots.txt may lead to, lower case
   * @param keepApart receives the minimum time between two requests, and who asks for it, whenever
   *     a robots.txt has been read; zero if none asks for one
   */
  public RobotsGate(
      Collection<String> allowedHosts, BiConsumer<Duration, String> keepApart, Ticker ticker) {
    this.robots = new RobotsFetch(allowedHosts);
    this.keepApart = keepApart;
    this.ticker = ticker;
  }

  /**
   * Wraps a {@link PortalHttp}: the result throws {@link RobotsException} for requests that must
   * not be sent, and a {@link portal.PortalException}, reason {@code robots}, for documents.
   *
   * @param stop the stop signal of the current run of the script that sends the requests
   * @param meanwhile called repeatedly while a request waits for a robots.txt that another request
   *     is reading
   */
  public PortalHttp before(PortalHttp door, Supplier<StopSignal> stop, Runnable meanwhile) {
    return request -> {
      URI address = request.uri().resolve("/robots.txt");
      known(address, door, stop.get(), meanwhile).require(request);
      return door.send(request);
    };
  }

  private RobotsTxt known(URI address, PortalHttp door, StopSignal stop, Runnable meanwhile) {
    Optional<Reading> known = Optional.empty();
    while (known.isEmpty()) {
      stop.throwIfStopped();
      CompletableFuture<Reading> mine = new CompletableFuture<>();
      CompletableFuture<Reading> current =
          readings.merge(address, mine, (last, next) -> isGood(last) ? last : next);
      known =
          current == mine
              ? Optional.of(read(address, door, mine))
              : await(current, stop, meanwhile);
    }
    return known.get().robots();
  }

  /** Whether it is in progress, or was read less than a day ago. */
  private boolean isGood(CompletableFuture<Reading> reading) {
    if (!reading.isDone()) {
      return true;
    }
    return !reading.isCompletedExceptionally()
        && ticker.nanos() - reading.join().nanos() < KNOWN_FOR.toNanos();
  }

  private Reading read(URI address, PortalHttp door, CompletableFuture<Reading> mine) {
    try {
      Reading reading = new Reading(robots.fetch(address, door), ticker.nanos());
      slowDown(address, reading.robots().crawlDelay());
      mine.complete(reading);
      return reading;
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    }
  }

  /** The longest delay of all authorities applies. */
  private void slowDown(URI address, Duration delay) {
    if (!delay.isZero()) {
      boolean isLong = delay.compareTo(Holds.LONGEST_UNTOLD_GAP) > 0;
      LOG.atLevel(isLong ? Level.WARN : Level.INFO).log(words(address, delay));
    }
    synchronized (delays) {
      delays.put(address, delay);
      Map.Entry<URI, Duration> longest =
          Collections.max(delays.entrySet(), Map.Entry.comparingByValue());
      keepApart.accept(longest.getValue(), words(longest.getKey(), longest.getValue()));
    }
  }

  private static String words(URI address, Duration delay) {
    return "%s asks for %s s between two requests (Crawl-delay)"
        .formatted(
            address, BigDecimal.valueOf(delay.toMillis(), 3).stripTrailingZeros().toPlainString());
  }

  /**
   * Waits for another thread's result.
   *
   * @return empty if that thread gave up because its script stops
   */
  private Optional<Reading> await(
      CompletableFuture<Reading> reading, StopSignal stop, Runnable meanwhile) {
    try {
      while (!reading.isDone()) {
        meanwhile.run();
        stop.await(CompletableFuture.anyOf(reading, afterAWhile()));
      }
      return Optional.of(stop.await(reading));
    } catch (CancellationException e) {
      if (reading.isCancelled()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private CompletableFuture<Void> afterAWhile() {
    CompletableFuture<Void> over = new CompletableFuture<>();
    ticker.after(POLL_INTERVAL, () -> over.complete(null));
    return over;
  }
}
