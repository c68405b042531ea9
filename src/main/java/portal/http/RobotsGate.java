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
 * Lets through what robots.txt allows. Each authority's is read before the first other request to
 * it and again after a day, by the first who needs it; the others wait for him and share what he
 * finds. One that could not be read is asked for again by the next request.
 */
public final class RobotsGate {
  private static final Logger LOG = LoggerFactory.getLogger(RobotsGate.class);
  private static final Duration KNOWN_FOR = Duration.ofDays(1);

  /** How often those who wait look whether their script still wants the request. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  private record Reading(RobotsTxt robots, Instant at) {}

  private final RobotsFetch robots;
  private final Consumer<Duration> keepApart;
  private final InstantSource clock;
  private final Map<URI, CompletableFuture<Reading>> readings = new ConcurrentHashMap<>();
  private final Map<URI, Duration> delays = new HashMap<>(); // guarded by itself

  /**
   * @param allowedHosts where redirects of a robots.txt may lead, in lower case
   * @param keepApart takes the time that must pass between two requests, whenever it has been read;
   *     zero when no robots.txt asks for any
   */
  public RobotsGate(
      Collection<String> allowedHosts, Consumer<Duration> keepApart, InstantSource clock) {
    this.robots = new RobotsFetch(allowedHosts);
    this.keepApart = keepApart;
    this.clock = clock;
  }

  /**
   * The same door with the gate before it: it throws {@link RobotsException} for what must not be
   * sent.
   *
   * @param stopping whether the script whose door it is is being stopped
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

  /** Under way, or read less than a day ago. */
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

  /** The slowest of all that we ask counts. */
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
   * Waits a little for another's reading.
   *
   * @return empty while it is under way, and when he left it, since his script stops
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
