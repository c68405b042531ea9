package app;

import cli.DataFolders;
import cli.Invocation;
import config.ConfigKey;
import config.Configuration;
import config.UsageException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.PortalException;
import portal.SourceAwayException;
import portal.http.RetryAfter;

/**
 * The survey of an instance that is about to run. A source that is down is asked again until it
 * answers; a signal ends the wait, and nothing is left half done.
 */
final class WaitForSource {
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(WaitForSource.class);

  private final Invocation invocation;
  private int unnamedPauses;

  WaitForSource(Invocation invocation) {
    this.invocation = invocation;
  }

  /**
   * @throws UsageException if the source cannot be used
   * @throws cli.MachineFault for a fault of the machine that may be temporary
   */
  Configuration survey(Configuration configuration) throws InterruptedException {
    DataFolders.requireFree(configuration.harvest().dataDir());
    Thread onSignal = new Thread(() -> Runtime.getRuntime().halt(0), "shutdown");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      Configuration surveyed = untilThere(configuration);
      if (surveyed.isSurveyed()) {
        tellIgnored(surveyed);
      }
      return surveyed;
    } catch (UncheckedIOException e) {
      throw DataFolders.unusable(
          configuration.harvest().dataDir(), Objects.requireNonNull(e.getCause()));
    } finally {
      end(onSignal);
    }
  }

  private Configuration untilThere(Configuration configuration) throws InterruptedException {
    String told = "";
    while (true) {
      try {
        return invocation.surveyor().toRun(configuration, this::warn);
      } catch (SourceAwayException e) {
        if (!told.equals(e.getMessage())) {
          told = String.valueOf(e.getMessage());
          invocation.out().printf("the start waits for its source: %s%n", told);
        }
        invocation.pause(wait(e));
      }
    }
  }

  /** Each look is a request of its own, so that the pause that the source asks for is kept here. */
  private Duration wait(SourceAwayException away) {
    Optional<PortalException> answer = away.answer();
    Optional<Duration> named = answer.flatMap(PortalException::retryAfter);
    if (named.isEmpty() && answer.filter(PortalException::isPause).isPresent()) {
      return RetryAfter.UNNAMED.after(++unnamedPauses);
    }
    return named.filter(wait -> wait.compareTo(POLL_INTERVAL) > 0).orElse(POLL_INTERVAL);
  }

  private void tellIgnored(Configuration surveyed) {
    Stream.of(ConfigKey.TOTAL_RESULTS, ConfigKey.PAGES)
        .filter(surveyed.values()::isSet)
        .forEach(
            key ->
                warn(
                    "%s has no effect: with portal.type=%s the source says how many there are"
                        .formatted(key.key(), surveyed.portal().type())));
  }

  private void warn(String words) {
    LOG.warn(words);
    invocation.out().println("warning: " + words);
  }

  private static void end(Thread onSignal) throws InterruptedException {
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException e) { // the process is shutting down
      onSignal.join();
    }
  }
}
