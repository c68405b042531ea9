package portal.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes for people what holds requests back, so that all messages agree. Not thread-safe. */
final class Holds {
  /** A longer gap between two requests is reported: the scripts wait, and the log says why. */
  static final Duration LONGEST_UNTOLD_GAP = Duration.ofSeconds(60);

  private final InstantSource clock;
  private String whyApart = ""; // empty unless the time between two requests is long
  private @Nullable Shown last;

  private record Shown(long untilNanos, Hold hold) {}

  Holds(InstantSource clock) {
    this.clock = clock;
  }

  /** Requests are kept apart from now on. */
  void keepApart(Duration time, String why) {
    whyApart = time.compareTo(LONGEST_UNTOLD_GAP) > 0 ? why : "";
  }

  /**
   * What holds requests back; empty if nothing does.
   *
   * @param isPaused whether the pauses count now
   */
  Optional<Hold> of(Pauses pauses, boolean isPaused, Pace pace, long now) {
    long gap = pace.apartUntil();
    boolean isApart = !whyApart.isEmpty() && gap - now > 0;
    if (isApart && !(isPaused && pauses.until() - gap > 0)) {
      return Optional.of(hold(whyApart, gap, now));
    }
    return isPaused ? Optional.of(of(pauses, now)) : Optional.empty();
  }

  /** The last pause. */
  Hold of(Pauses pauses, long now) {
    return hold(pauses.reason(), pauses.until(), now);
  }

  private Hold hold(String reason, long until, long now) {
    Shown shown = last;
    if (shown == null || shown.untilNanos() != until || !shown.hold().reason().equals(reason)) {
      Instant time = clock.instant().plusNanos(until - now).truncatedTo(ChronoUnit.SECONDS);
      shown = new Shown(until, new Hold(reason, time));
      last = shown;
    }
    return shown.hold();
  }
}
