package scripts;

import java.time.Duration;
import java.util.Locale;

/** What a waiting script waits for. */
public enum WaitingReason {
  CAPTCHA,
  PORTAL,
  STORE,
  ROBOTS,
  DISK,
  /** Nothing more is stored today. */
  QUOTA;

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration LONGEST_UNASKED = Duration.ofSeconds(10);

  /**
   * The longest time until the script tries again. It can be short for a disk or a quota, since
   * checking them sends no request.
   */
  Duration longestWait() {
    return this == DISK || this == QUOTA ? LONGEST_UNASKED : LONGEST;
  }

  /** As the API spells it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
