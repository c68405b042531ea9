package portal.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * When the next request may start, by the rate and by what the portal asks for. It has no monotonic
 * clock: the time is passed in, in nanoseconds. Not thread-safe.
 */
final class StartTimes {
  private static final Logger LOG = LoggerFactory.getLogger(StartTimes.class);

  private final Pace pace;
  private final Pauses pauses;
  private final Holds holds;

  /**
   * @param rate starts per second; 0 for no limit
   * @param clock tells people until when requests are held back
   */
  StartTimes(double rate, InstantSource clock, long now) {
    this.pace = new Pace(rate, now);
    this.pauses = new Pauses(now);
    this.holds = new Holds(clock);
  }

  /** Nanoseconds until the next start; zero or less if it may be now. */
  long waitFrom(long now) {
    return Math.max(pace.waitFrom(now), pauses.waitFrom(now));
  }

  /** A request starts now. */
  void started(long now) {
    pace.started(now);
  }

  /** The portal has answered well. */
  void answered(long sent) {
    pauses.answered(sent);
  }

  /** A request has ended, and its answer asked for no pause. */
  void passed(long sent) {
    pauses.passed(sent);
  }

  /**
   * The portal asks for a pause.
   *
   * @param sent when the request was sent
   * @param time how long; empty if it did not say
   * @return tells it in the log, to be run without a lock
   */
  Runnable pause(long sent, Optional<Duration> time, String why, long now) {
    long before = pauses.until();
    boolean wasLong = pauses.areLong();
    time.ifPresentOrElse(
        length -> pauses.pause(length, why, now), () -> pauses.pauseUnnamed(sent, why, now));
    if (pauses.until() == before) {
      return () -> {};
    }
    Level level = pauses.areLong() && !wasLong ? Level.WARN : Level.INFO;
    Hold hold = holds.of(pauses, now);
    return () -> LOG.atLevel(level).log(hold.words());
  }

  /** Whether pauses hold requests back for long. */
  boolean arePausesLong() {
    return pauses.areLong();
  }

  /**
   * Keeps at least this much time before the next start and between any two starts after it.
   *
   * @param time zero for no limit besides the rate
   * @param why who asked for it, and how
   */
  void keepApart(Duration time, String why, long now) {
    holds.keepApart(time, why);
    pace.keepApart(time.toNanos(), now);
  }

  /** Why requests are held back now; empty if they are not. */
  Optional<Hold> hold(long now) {
    return holds.of(pauses, pauses.waitFrom(now) > 0, pace, now);
  }

  /** Why requests are held back for long; empty if they are not. */
  Optional<Hold> longHold(long now) {
    return holds.of(pauses, pauses.areLong(), pace, now);
  }
}
