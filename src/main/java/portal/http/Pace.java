package portal.http;

/**
 * When the next request may begin, given when the last ones did. Knows no clock: it is told the
 * time, in nanoseconds of {@link System#nanoTime}. Not safe for use by several threads.
 *
 * <p>Starts lie on a beat. One that came late by up to half an interval keeps the beat; a later one
 * shifts it, so that what was missed is not made up for in a bunch. Whatever the beat, no start is
 * nearer to the last one than the portal asks.
 */
final class Pace {
  /**
   * Share of the rate that is used. What is left makes up for requests that take unequally long to
   * reach the portal, so that its seconds, too, hold no more than the rate plus one.
   */
  private static final double USED_SHARE = 0.98;

  private final long intervalNanos;
  private final long shortestNanos;
  private long apartNanos;
  private long due;
  private long last;

  /**
   * @param rate starts per second; 0 for no limit
   * @param now time of the first start at the earliest
   */
  Pace(double rate, long now) {
    this.intervalNanos = rate == 0 ? 0 : Math.round(1e9 / (rate * USED_SHARE));
    // a rate just below a whole number leaves less room: 1.9 and one more is two a second, no three
    double kept = Math.min(0.5, Math.floor(rate) + 1 - rate);
    this.shortestNanos = Math.round(intervalNanos * (1 - kept));
    this.due = now;
    this.last = now;
  }

  /**
   * Keeps starts at least this many nanoseconds apart, the next one as far from now: how long the
   * last one took to reach the portal is not known.
   *
   * @param nanos 0 leaves it to the rate
   */
  void keepApart(long nanos, long now) {
    apartNanos = Math.round(nanos / USED_SHARE);
    last = now;
  }

  /** Nanoseconds until the next start; zero or less when it may be now. */
  long waitFrom(long now) {
    return Math.max(due - now, last + apartNanos - now);
  }

  /** A request begins now, which was its turn. */
  void started(long now) {
    due = now + Math.max(due + intervalNanos - now, shortestNanos);
    last = now;
  }
}
