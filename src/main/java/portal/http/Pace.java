package portal.http;

/**
 * Computes when the next request may start from the previous starts. It has no clock: the time is
 * passed in, in nanoseconds. Not thread-safe.
 *
 * <p>Starts follow a regular beat. A start that is late by up to half an interval keeps the beat; a
 * later one shifts it, so that missed starts are not made up for in a burst. In any case, starts
 * are as far apart as the portal asks.
 */
final class Pace {
  /**
   * The share of the rate that is used. The rest compensates for network jitter, so that the portal
   * does not see more than the rate plus one in any second either.
   */
  private static final double USED_SHARE = 0.98;

  private final long intervalNanos;
  private final long shortestNanos;
  private long apartNanos;
  private long due;
  private long last;

  /**
   * @param rate starts per second; 0 for no limit
   * @param now earliest time of the first start
   */
  Pace(double rate, long now) {
    this.intervalNanos = rate == 0 ? 0 : Math.round(1e9 / (rate * USED_SHARE));
    // a rate just below an integer leaves less room: at 1.9, only two starts a second are allowed,
    // not three
    double kept = Math.min(0.5, Math.floor(rate) + 1 - rate);
    this.shortestNanos = Math.round(intervalNanos * (1 - kept));
    this.due = now;
    this.last = now;
  }

  /**
   * Keeps starts at least this many nanoseconds apart, and the next one this far from now, because
   * it is unknown how long the last one took to reach the portal.
   *
   * @param nanos 0 for no limit besides the rate
   */
  void keepApart(long nanos, long now) {
    apartNanos = Math.round(nanos / USED_SHARE);
    last = now;
  }

  /** The earliest start that the portal allows. */
  long apartUntil() {
    return last + apartNanos;
  }

  /** Nanoseconds until the next start; zero or less if it may be now. */
  long waitFrom(long now) {
    return Math.max(due - now, last + apartNanos - now);
  }

  /** Records that a request starts now. */
  void started(long now) {
    due = now + Math.max(due + intervalNanos - now, shortestNanos);
    last = now;
  }
}
