package monitor;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import model.Ticker;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the instance can work. Slow checks run in the background, so that queries are fast; a
 * check that hangs counts as a problem, too.
 */
public final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private record Tried(long atNanos, @Nullable String problem) {}

  private final ScheduledExecutorService executor;
  private final Ticker ticker;
  private final Map<String, Supplier<Optional<String>>> checks = new LinkedHashMap<>();

  /**
   * @param executor runs the background checks; needs one thread for each that may hang
   * @param ticker says how long a check has been running; a change of the system's clock is no time
   */
  public Health(ScheduledExecutorService executor, Ticker ticker) {
    this.executor = executor;
    this.ticker = ticker;
  }

  /**
   * Adds a check that runs repeatedly in the background.
   *
   * @param name of the check
   * @param problem the message if it fails; visible to everyone, so without details
   * @param trial throws an exception if the check fails
   */
  public Health tries(String name, String problem, Callable<?> trial) {
    Trial running = new Trial(name, problem, trial);
    executor.scheduleWithFixedDelay(running, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return asks(name, running::problem);
  }

  /** Adds a check that runs at every query. */
  public Health asks(String name, Supplier<Optional<String>> problem) {
    checks.put(name, problem);
    return this;
  }

  /** Passes each check with its name to the taker, to be queried later. */
  void each(BiConsumer<String, Supplier<Optional<String>>> taker) {
    checks.forEach(taker);
  }

  /** The names of the checks. */
  public Set<String> names() {
    return checks.keySet();
  }

  /** All checks by name, each with its problem if it has one. */
  public Map<String, Optional<String>> results() {
    Map<String, Optional<String>> results = new LinkedHashMap<>();
    checks.forEach((name, check) -> results.put(name, check.get()));
    return results;
  }

  /** Registers the checks with Camel, which serves them on the management port. */
  public void register(CamelContext camel) {
    checks.forEach((name, check) -> HealthCheckRegistry.get(camel).register(check(name, check)));
  }

  private static AbstractHealthCheck check(String name, Supplier<Optional<String>> check) {
    return new AbstractHealthCheck("harvester", name) {
      @Override
      protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        check.get().ifPresentOrElse(problem -> builder.message(problem).down(), builder::up);
      }
    };
  }

  private final class Trial implements Runnable {
    private final String name;
    private final String problem;
    private final Callable<?> trial;
    private volatile Tried last = new Tried(ticker.nanos(), null);

    Trial(String name, String problem, Callable<?> trial) {
      this.name = name;
      this.problem = problem;
      this.trial = trial;
    }

    @Override
    public void run() {
      try {
        trial.call();
        last = new Tried(ticker.nanos(), null);
      } catch (Exception e) {
        if (last.problem() == null) {
          LOG.warn("{}: {} ({})", name, problem, e.getMessage());
        }
        last = new Tried(ticker.nanos(), problem);
      }
    }

    Optional<String> problem() {
      Tried now = last;
      boolean hangs = ticker.nanos() - now.atNanos() > EVERY.plus(LONGEST).toNanos();
      return hangs ? Optional.of("no answer") : Optional.ofNullable(now.problem());
    }
  }
}
