package portal.http;

import config.RateLimits;
import java.time.Duration;
import java.time.Instant;
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

  /** How often the rate is computed anew from hours, shares and response times. */
  private static final long LOOK_NANOS = 1_000_000_000L;

  private final AllowedRate allowed;
  private final Pace pace;
  private final Pauses pauses;
  private final Holds holds;
  private final InstantSource clock;
  private long looked;
  private Optional<Instant> opens = Optional.empty();
  private long closedUntil;

  /**
   * @param clock for the hours in which requests are allowed, and tells people until when they are
   *     held back
   */
  StartTimes(RateLimits limits, InstantSource clock, long now) {
    this.clock = clock;
    this.allowed = new AllowedRate(limits, clock, now);
    this.pace = new Pace(allowed.now(now), now);
    this.pauses = new Pauses(now);
    this.holds = new Holds(clock);
    this.closedUntil = now;
    look(now);
  }

  private void look(long now) {
    looked = now;
    pace.rate(allowed.now(now));
    opens = allowed.opens();
    closedUntil =
        opens
            .map(time -> now + Math.max(1, Duration.between(clock.instant(), time).toNanos()))
            .orElse(now);
  }

  private void lookIfDue(long now) {
    if (now - looked >= LOOK_NANOS) {
      look(now);
    }
  }

  /** A person allows this many requests a second; 0 for no limit. */
  void set(double rate, long now) {
    allowed.set(rate);
    look(now);
  }

  /** This instance's share of the rate of all instances, in requests per second. */
  void share(double rate, long now) {
    allowed.share(rate);
    look(now);
  }

  /** Requests per second; 0 for no limit. */
  double rate(long now) {
    lookIfDue(now);
    return pace.rate();
  }

  /** Nanoseconds until the next start; zero or less if it may be now. */
  long waitFrom(long now) {
    lookIfDue(now);
    return Math.max(closedUntil - now, Math.max(pace.waitFrom(now), pauses.waitFrom(now)));
  }

  /** A request starts now. */
  void started(long now) {
    pace.started(now);
  }

  /** The portal has answered well. */
  void answered(long sent) {
    pauses.answered(sent);
  }

  /** A request has ended. */
  void ended(long sent, Ending ending, long now) {
    if (ending != Ending.PAUSED) {
      pauses.passed(sent);
      allowed.ended(now - sent, ending == Ending.ANSWERED);
    }
  }

  /** The portal answered 5xx. */
  void overloaded(long now) {
    allowed.troubled();
    look(now);
  }

  /**
   * The portal asks for a pause.
   *
   * @param sent when the request was sent
   * @param time how long; empty if it did not say
   * @return logs the pause; to be run without holding the lock
   */
  Runnable pause(long sent, Optional<Duration> time, String why, long now) {
    allowed.troubled();
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

  /** Whether requests are held back for long. */
  boolean isHeldLong(long now) {
    return pauses.areLong() || isClosed(now);
  }

  private boolean isClosed(long now) {
    return closedUntil - now > 0;
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
    return closed(now).or(() -> holds.of(pauses, pauses.waitFrom(now) > 0, pace, now));
  }

  private Optional<Hold> closed(long now) {
    lookIfDue(now);
    return isClosed(now) ? opens.map(time -> new Hold(allowed.hours(), time)) : Optional.empty();
  }

  /** Why requests are held back for long; empty if they are not. */
  Optional<Hold> longHold(long now) {
    return closed(now).or(() -> holds.of(pauses, pauses.areLong(), pace, now));
  }
}
