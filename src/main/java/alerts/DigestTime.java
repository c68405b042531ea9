package alerts;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * When the daily digest is due: once per date, even when the clock changes for summer time or is
 * corrected. One that was missed because nothing was running comes late. Not thread-safe.
 */
final class DigestTime {
  private final @Nullable LocalTime at;
  private final ZoneId zone;
  private @Nullable LocalDate last;

  /**
   * @param at null for no digest
   */
  DigestTime(@Nullable LocalTime at, ZoneId zone) {
    this.at = at;
    this.zone = zone;
  }

  /** Restores the date of the last digest, ISO-8601; null for none. */
  void restore(@Nullable String date) {
    last = date == null ? null : LocalDate.parse(date);
  }

  /** The date of the last digest, or of the first check. */
  @Nullable String last() {
    return last == null ? null : last.toString();
  }

  /** Whether a digest is due now; if so, the next is due on another day. */
  boolean isDue(ZonedDateTime instant) {
    if (at == null) {
      return false;
    }
    ZonedDateTime now = instant.withZoneSameInstant(zone);
    LocalDate today = now.toLocalDate();
    boolean isTime =
        !now.isBefore(today.atTime(at).atZone(zone)); // a time that is skipped comes later
    if (last == null) { // the very first one must not come at once
      last = isTime ? today : today.minusDays(1);
    }
    if (last.isAfter(today)) { // the system's clock was set back
      last = today;
    }
    if (!isTime || last.equals(today)) {
      return false;
    }
    last = today;
    return true;
  }
}
