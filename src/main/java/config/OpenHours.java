package config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours of every day in which requests to the portal are allowed. They may reach over midnight.
 *
 * @param from the first moment
 * @param to the moment after the last one; equal to {@code from} for the whole day
 * @param zone of both times
 * @param rate requests per second in these hours; empty for the usual rate
 */
public record OpenHours(LocalTime from, LocalTime to, ZoneId zone, OptionalDouble rate) {
  private static final String TIME = "([01]\\d|2[0-3]):([0-5]\\d)";
  private static final Pattern FORMAT =
      Pattern.compile(
          "(?<from>%1$s)-(?<to>%1$s|24:00)(?: +(?<zone>[A-Za-z+-][\\w/+:-]*))?(?: +(?<rate>\\d{1,9}(?:\\.\\d{1,9})?))?"
              .formatted(TIME.replace("(", "(?:")));

  /** Reads {@code 20:00-08:00 Asia/Kolkata 2.5}; empty if it is something else. */
  static Optional<OpenHours> read(String text) {
    Matcher parts = FORMAT.matcher(text.strip());
    if (!parts.matches() || parts.group("from").equals(parts.group("to"))) {
      return Optional.empty();
    }
    LocalTime from = LocalTime.parse(parts.group("from"));
    LocalTime to =
        parts.group("to").equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(parts.group("to"));
    return zone(parts.group("zone"))
        .map(zone -> new OpenHours(from, to, zone, rate(parts.group("rate"))))
        .filter(hours -> hours.rate().orElse(1) > 0);
  }

  private static Optional<ZoneId> zone(String name) {
    try {
      return Optional.of(name == null ? ZoneId.systemDefault() : ZoneId.of(name));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static OptionalDouble rate(String text) {
    return text == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
  }

  /** Whether requests are allowed now. */
  public boolean isOpen(Instant now) {
    LocalTime time = now.atZone(zone).toLocalTime();
    return from.isBefore(to)
        ? !time.isBefore(from) && time.isBefore(to)
        : !time.isBefore(from) || time.isBefore(to);
  }

  /** When these hours begin the next time. */
  public Instant opens(Instant now) {
    ZonedDateTime today = now.atZone(zone).toLocalDate().atTime(from).atZone(zone);
    return (today.toInstant().isAfter(now) ? today : today.plusDays(1)).toInstant();
  }

  /** As in the configuration, without a rate. */
  @Override
  public String toString() {
    return "%s-%s %s".formatted(from, to.equals(LocalTime.MIDNIGHT) ? "24:00" : to, zone);
  }
}
