package portal.http;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

  /** How often waiting threads check whether their script is stopping. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  private record Reading(RobotsTxt robots, Instant at) {}

  private final RobotsFetch robots;
  private final Consumer<Duration> keepApart;
  private final InstantSource clock;
  private final Map<URI, CompletableFuture<Reading>> readings = new ConcurrentHashMap<>();
  private final Map<URI, Duration> delays = new HashMap<>(); // guarded by itself

  /**
   * @param allowedHosts hosts that redirects of a robots.txt may lead to, lower case
   * @param keepApart receives the minimum time between two requests whenever a robots.txt has been
   *     read; zero if none asks for one
   */
  public RobotsGate(
      Collection<String> allowedHosts, Consumer<Duration> keepApart, InstantSource clock) {
    this.robots = new RobotsFetch(allowedHosts);
    this.keepApart = keepApart;
    this.clock = clock;
  }

  /**
   * Wraps a {@link PortalHttp}: the result throws {@link RobotsException} for requests that must
   * not be sent.
   *
   * @param stopping whether the script that sends the requests is being stopped
   */
  public PortalHttp before(PortalHttp door, BooleanSupplier stopping) {
    return request -> {
      URI address = request.uri().resolve("/robots.txt");
      known(address, door, stopping).require(request.uri());
      return door.send(request);
    };
  }

  private RobotsTxt known(URI address, PortalHttp door, BooleanSupplier stopping) {
    Optional<Reading> known = Optional.empty();
    while (known.isEmpty()) {
      if (stopping.getAsBoolean()) {
        throw new CancellationException("the script stops");
      }
      CompletableFuture<Reading> mine = new CompletableFuture<>();
      CompletableFuture<Reading> current =
          readings.merge(address, mine, (last, next) -> isGood(last) ? last : next);
      known = current == mine ? Optional.of(read(address, door, mine)) : await(current);
    }
    return known.get().robots();
  }

  /** Whether it is in progress, or was read less than a day ago. */
  private boolean isGood(CompletableFuture<Reading> reading) {
    if (!reading.isDone()) {
      return true;
    }
    return !reading.isCompletedExceptionally()
        && clock.instant().isBefore(reading.join().at().plus(KNOWN_FOR));
  }

  private Reading read(URI address, PortalHttp door, CompletableFuture<Reading> mine) {
    try {
      Reading reading = new Reading(robots.fetch(address, door), clock.instant());
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
      LOG.info("{} asks for {} s between two requests", address, delay.toMillis() / 1000.0);
    }
    synchronized (delays) {
      delays.put(address, delay);
      keepApart.accept(Collections.max(delays.values()));
    }
  }

  /**
   * Waits briefly for another thread's result.
   *
   * @return empty while it is in progress, or if that thread gave up because its script stops
   */
  private static Optional<Reading> await(CompletableFuture<Reading> reading) {
    try {
      return Optional.of(reading.get(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | CancellationException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
