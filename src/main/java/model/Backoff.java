package model;

import java.time.Duration;

/**
 * How long a script waits before it tries a page again: 2 s, then doubled each time, up to 5 min.
 */
public final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private int failures;

  /** The wait after one more failure. */
  public Duration next() {
    Duration wait = FIRST.multipliedBy(1L << Math.min(failures, 10));
    failures++;
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }

  public void reset() {
    failures = 0;
  }
}
