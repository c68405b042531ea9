package alerts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an alert is about. */
public enum AlertKind {
  SCRIPT_ERROR("script in error", "is no longer in error"),
  SCRIPT_WAITING("script waiting", "no longer waits"),
  CAPTCHA("captcha waiting", "no longer waits for a captcha"),
  DISK("disk nearly full", "the disk has room again"),
  CPU("CPU load", "the CPU load is no longer above 80 %"),
  MEMORY("memory use", "the memory use is no longer above 75 %"),
  SUCCESS_RATE("success rate", "the success rate is no longer below 98 %"),
  NO_PROGRESS("no progress", "makes progress again, or no longer runs"),
  PEER("peer unreachable", "answers again"),
  SCRIPT_COMPLETED("script completed", ""),
  HARVEST_COMPLETED("harvest completed", ""),
  AUDIT("audit not clean", "the last audit is clean");

  private final String heading;
  private final String over;

  AlertKind(String heading, String over) {
    this.heading = heading;
    this.over = over;
  }

  /** The word, as webhooks receive it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with this word; empty if there is none. */
  static Optional<AlertKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** The heading in the subject of a mail. */
  String heading() {
    return heading;
  }

  /**
   * The text when it is over.
   *
   * @param who the script or peer; empty for the whole instance
   */
  String over(String who) {
    return who.isEmpty() ? over : who + " " + over;
  }

  /** Whether it happens once, and is never over. */
  boolean isCompletion() {
    return this == SCRIPT_COMPLETED || this == HARVEST_COMPLETED;
  }
}
