package config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hours of every day in which requests to the portal are allowed. They may reach over midnight.
 *
 * @param from the first moment
 * @param to the moment after the last one; equal to {@code from} for the whole day
 * @param zone of both times
 * @param rate requests per second in these hours; empty for the usual rate
 */
public record OpenHours(LocalTime from, LocalTime to, ZoneId zone, OptionalDouble rate) {
  /** Samoa skipped a whole day when it changed sides of the date line. */
  private static final int LONGEST_GAP_DAYS = 1;

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

  /**
   * When these hours begin the next time; called only while they are closed. Where the clock is set
   * forward over their begin, that is right after the gap; where it is set back into them or before
   * them, they begin once more.
   */
  public Instant opens(Instant now) {
    ZoneRules rules = zone.getRules();
    LocalDate today = now.atZone(zone).toLocalDate();
    Stream<Instant> starts =
        IntStream.rangeClosed(0, LONGEST_GAP_DAYS + 1)
            .mapToObj(day -> today.plusDays(day).atTime(from))
            .flatMap(start -> rules.getValidOffsets(start).stream().map(start::toInstant));
    Stream<Instant> changes =
        Stream.ofNullable(rules.nextTransition(now)).map(ZoneOffsetTransition::getInstant);
    return Stream.concat(starts, changes)
        .filter(time -> time.isAfter(now) && isOpen(time))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** As in the configuration, without a rate. */
  @Override
  public String toString() {
    return "%s-%s %s".formatted(from, to.equals(LocalTime.MIDNIGHT) ? "24:00" : to, zone);
  }
}
