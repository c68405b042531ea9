package model;

import java.time.Duration;

/**
 * Waits that double with each failure in a row.
 *
 * @param first wait after the first failure
 * @param longest limit that no wait exceeds
 */
public record Backoff(Duration first, Duration longest) {
  private static final int MOST_DOUBLINGS = 20;

  /**
   * The wait after this many failures in a row.
   *
   * @param failures from 1
   */
  public Duration after(int failures) {
    Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
