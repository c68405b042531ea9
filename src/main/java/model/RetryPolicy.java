package model;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a document is tried, and how long to wait in between.
 *
 * @param maxAttempts attempts before it counts as failed
 * @param firstWait wait before the second attempt, doubled for each further one up to a minute
 */
public record RetryPolicy(int maxAttempts, Duration firstWait) {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** Whether no attempt is left after this many failed ones. */
  public boolean exhausted(int attempts) {
    return attempts >= maxAttempts;
  }

  /**
   * The wait after this many failed attempts: between half and all of the doubled wait, so that
   * documents that failed together do not come back together.
   *
   * @param attempts failed attempts so far, from 1
   * @param chance spreads the waits
   */
  public Duration waitAfter(int attempts, RandomGenerator chance) {
    Duration longest = new Backoff(firstWait, LONGEST).after(attempts);
    double share = chance.nextDouble(0.5, 1);
    return Duration.ofNanos(Math.round(longest.toNanos() * share));
  }
}
