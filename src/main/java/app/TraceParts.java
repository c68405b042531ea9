package app;

import config.Configuration;
import config.Version;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import monitor.PageTraces;

/** The traces of an instance. */
final class TraceParts {
  private TraceParts() {}

  /** Where traces go, if a collector is configured. */
  static Optional<PageTraces> traces(Configuration configuration, Pools pools) {
    return configuration
        .tracing()
        .map(
            settings ->
                new PageTraces(
                    settings,
                    configuration.harvest().instanceId(),
                    Version.number(),
                    pools.health(),
                    InstantSource.system(),
                    pools.ticker(),
                    new Random()));
  }
}
