package portal.http;

/**
 * Computes when the next request may start from the previous starts. It has no clock: the time is
 * passed in, in nanoseconds. Not thread-safe.
 *
 * <p>Starts follow a regular beat. A start that is a little late keeps the beat; a later one shifts
 * it, so that missed starts are not made up for in a burst. In any case, starts are as far apart as
 * the portal asks.
 */
final class Pace {
  /**
   * The share of the rate that is used. The rest compensates for network jitter, so that the portal
   * does not see more than the rate plus one in any second either.
   */
  private static final double USED_SHARE = 0.98;

  /**
   * A start may be late by this much at any rate, and keep the beat: what the clocks of a busy
   * machine need. A second then has at most 0.98 times 1.015 of the rate, and one more. Where the
   * beat is faster than that, late starts follow each other at once.
   */
  private static final long LATE_NANOS = 15_000_000;

  private double rate;
  private long intervalNanos;
  private long shortestNanos;
  private long lateNanos;
  private long apartNanos;
  private long due;
  private long nearest;
  private long last;

  /**
   * @param rate starts per second; 0 for no limit
   * @param now earliest time of the first start
   */
  Pace(double rate, long now) {
    this.due = now;
    this.nearest = now;
    this.last = now;
    take(rate);
  }

  private void take(double perSecond) {
    rate = perSecond;
    intervalNanos = perSecond == 0 ? 0 : Math.round(1e9 / (perSecond * USED_SHARE));
    // a rate just below an integer leaves less room: at 1.9, only two starts a second are allowed,
    // not three
    double kept = Math.min(0.5, Math.floor(perSecond) + 1 - perSecond);
    long keptNanos = Math.round(intervalNanos * kept);
    shortestNanos = intervalNanos < LATE_NANOS ? 0 : intervalNanos - keptNanos;
    lateNanos = Math.max(keptNanos, LATE_NANOS);
  }

  /**
   * Goes on at another rate, from the last start.
   *
   * @param perSecond starts per second; 0 for no limit
   */
  void rate(double perSecond) {
    if (perSecond != rate) {
      long beat = due - intervalNanos;
      long started = nearest - shortestNanos;
      take(perSecond);
      due = beat + intervalNanos;
      nearest = started + shortestNanos;
    }
  }

  /** Starts per second; 0 for no limit. */
  double rate() {
    return rate;
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
    return Math.max(Math.max(due - now, nearest - now), last + apartNanos - now);
  }

  /** Records that a request starts now. */
  void started(long now) {
    due = now + Math.max(due + intervalNanos - now, intervalNanos - lateNanos);
    nearest = now + shortestNanos;
    last = now;
  }
}
