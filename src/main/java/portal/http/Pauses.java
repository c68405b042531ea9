package portal.http;

import java.time.Duration;

/**
 * The pauses that the portal has asked for. It has no clock: the time is passed in, in nanoseconds.
 * Not thread-safe.
 *
 * <p>Answers to requests that were in progress when a pause began belong to the time before it:
 * another 429 among them does not count again, and a success ends nothing.
 */
final class Pauses {
  /** A longer pause is reported: the scripts wait, and the log says why. */
  static final Duration LONGEST_UNTOLD = Duration.ofSeconds(30);

  private boolean open; // a pause has begun, and the portal has not answered otherwise since
  private long since;
  private long began;
  private long until;
  private int unnamed;
  private String reason = "";

  Pauses(long now) {
    this.until = now;
    this.began = now - 1;
  }

  /** Pauses for this long. A shorter pause does not end a longer one. */
  void pause(Duration length, String why, long now) {
    long end = now + length.toNanos();
    if (end - until <= 0) {
      return;
    }
    since = open ? since : now;
    open = true;
    began = now;
    until = end;
    reason = why;
  }

  /**
   * Pauses after a 429 that names no time, twice as long as after the last one.
   *
   * @param sent when the request was sent
   */
  void pauseUnnamed(long sent, String why, long now) {
    if (isAfterPause(sent)) {
      unnamed++;
      pause(RetryAfter.UNNAMED.after(unnamed), why, now);
    }
  }

  /** The portal has answered well. */
  void answered(long sent) {
    if (isAfterPause(sent)) {
      unnamed = 0;
    }
  }

  /** A request has ended, and its answer asked for no pause. */
  void passed(long sent) {
    if (isAfterPause(sent)) {
      open = false;
    }
  }

  private boolean isAfterPause(long sent) {
    return sent - began > 0;
  }

  /** Nanoseconds until the pause ends; zero or less if there is none. */
  long waitFrom(long now) {
    return until - now;
  }

  /** When the last pause ends, or ended. */
  long until() {
    return until;
  }

  /** Who asked for the last pause, and how. */
  String reason() {
    return reason;
  }

  /** Whether requests are held back for long, by one pause or by several in a row. */
  boolean areLong() {
    return open && until - since > LONGEST_UNTOLD.toNanos();
  }
}
