package scripts;

import java.time.Duration;
import java.util.Locale;

/** What a waiting script waits for. */
public enum WaitingReason {
  CAPTCHA,
  PORTAL,
  STORE,
  ROBOTS,
  DISK;

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration LONGEST_FOR_DISK = Duration.ofSeconds(10);

  /** The longest time after which the script looks again; nobody is asked about a disk. */
  Duration longestWait() {
    return this == DISK ? LONGEST_FOR_DISK : LONGEST;
  }

  /** As the API spells it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
