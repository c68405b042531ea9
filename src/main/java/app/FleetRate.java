package app;

import api.Fleet;
import config.Configuration;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalDouble;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import portal.http.Limits;

/**
 * Tracks when each peer was last seen, and takes this instance's share of the fleet's rate. When
 * the instance starts, or continues after it was halted, the others may have divided the whole rate
 * among themselves: until they have seen it, it takes only what they leave, so that together they
 * keep to the rate.
 */
final class FleetRate {
  /** How long a peer that does not answer keeps its share. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(15);

  /** How often it polls while the others leave it less than its share. */
  private static final Duration SHORT_POLL_INTERVAL = Duration.ofSeconds(1);

  /** By then each of the others has polled twice, and has left this instance its share. */
  private static final Duration ARRIVAL = Duration.ofSeconds(45);

  /** The part of its share that it always takes: a rate of zero would be no limit. */
  private static final double LEAST = 0.01;

  private final Configuration configuration;
  private final Fleet fleet;
  private final Limits limits;
  private final InstantSource clock;
  private final AtomicBoolean isPollScheduled = new AtomicBoolean();
  private volatile Instant polled = Instant.MIN;
  private volatile Instant begun = Instant.MIN;

  FleetRate(Configuration configuration, Fleet fleet, Limits limits, InstantSource clock) {
    this.configuration = configuration;
    this.fleet = fleet;
    this.limits = limits;
    this.clock = clock;
  }

  /** Polls now, and regularly from then on. */
  void follow(ScheduledExecutorService executor) {
    poll(executor);
    long every = POLL_INTERVAL.toSeconds();
    executor.scheduleWithFixedDelay(() -> poll(executor), every, every, TimeUnit.SECONDS);
  }

  /** Polls once. */
  void poll(ScheduledExecutorService executor) {
    Instant now = clock.instant();
    if (polled.isBefore(now.minus(LONGEST_SILENCE))) {
      begun = now;
      rate().ifPresent(all -> limits.share(all / sharers() * LEAST)); // until the others answer
    }
    polled = now;
    fleet.look().thenRun(() -> rate().ifPresent(all -> share(all, executor)));
  }

  private OptionalDouble rate() {
    return configuration.portal().politeness().rate().fleetRate();
  }

  private void share(double all, ScheduledExecutorService executor) {
    double fair = all / sharers();
    double left = all - fleet.rates(LONGEST_SILENCE, fair);
    if (left >= fair * (1 - LEAST) || hasArrived()) {
      limits.share(fair);
    } else {
      limits.share(Math.max(left, fair * LEAST));
      pollSoon(executor);
    }
  }

  /** Schedules one early poll, however many polls found that the others leave too little. */
  private void pollSoon(ScheduledExecutorService executor) {
    if (!isPollScheduled.getAndSet(true)) {
      executor.schedule(
          () -> {
            isPollScheduled.set(false);
            poll(executor);
          },
          SHORT_POLL_INTERVAL.toSeconds(),
          TimeUnit.SECONDS);
    }
  }

  private boolean hasArrived() {
    return !clock.instant().isBefore(begun.plus(ARRIVAL));
  }

  /**
   * Instances that have just stopped answering may only be unreachable, and still send requests.
   */
  private int sharers() {
    return configuration.api().peers().isEmpty()
        ? configuration.harvest().distribution().instances()
        : 1 + fleet.others(LONGEST_SILENCE);
  }
}
