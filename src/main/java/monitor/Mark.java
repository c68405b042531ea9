package monitor;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as the plots show it.
 *
 * @param until when it was over; null while it lasts, and for what takes no time
 * @param script the script's number; null if it concerns all
 * @param reason what a script waited for, or why it stopped by itself; null if there is none
 */
public record Mark(
    Kind kind,
    Instant at,
    @Nullable Instant until,
    @Nullable Integer script,
    @Nullable String reason) {
  private static final Set<Kind> LASTING = EnumSet.of(Kind.OUTAGE, Kind.CAPTCHA, Kind.QUOTA);

  /** What happened. */
  public enum Kind {
    /** The process started again. */
    RESTART,
    START,
    STOP,
    /** Scripts wait for the portal, the store, robots.txt or the disk. */
    OUTAGE,
    CAPTCHA,
    /** Scripts wait for the next day, because this one's quota is used up. */
    QUOTA,
    SWEEP;

    /** As the API spells it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Mark over(Instant end) {
    return new Mark(kind, at, end, script, reason);
  }

  Mark again() {
    return new Mark(kind, at, null, script, reason);
  }

  /** Whether it takes time, and is not over. */
  boolean lasts() {
    return until == null && LASTING.contains(kind);
  }
}
