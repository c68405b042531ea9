package app;

import api.Fleet;
import config.Configuration;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import portal.http.Limits;

/** Knows when each peer was last seen, and takes this instance's share of the fleet's rate. */
final class FleetRate {
  /** For so long, a peer that does not answer keeps its share. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(15);

  private final Configuration configuration;
  private final Fleet fleet;
  private final Limits limits;

  FleetRate(Configuration configuration, Fleet fleet, Limits limits) {
    this.configuration = configuration;
    this.fleet = fleet;
    this.limits = limits;
  }

  /** Looks now, and again and again. */
  void follow(ScheduledExecutorService executor) {
    look();
    long every = POLL_INTERVAL.toSeconds();
    executor.scheduleWithFixedDelay(this::look, every, every, TimeUnit.SECONDS);
  }

  private void look() {
    fleet.look();
    configuration
        .portal()
        .politeness()
        .rate()
        .fleetRate()
        .ifPresent(all -> limits.share(all / sharers()));
  }

  /** Instances that have just stopped answering may only be out of reach, and still ask. */
  private int sharers() {
    return configuration.api().peers().isEmpty()
        ? configuration.harvest().distribution().instances()
        : 1 + fleet.others(LONGEST_SILENCE);
  }
}
