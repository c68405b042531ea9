package portal.http;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import model.Backoff;
import model.ServerText;

/** The header {@code Retry-After}: seconds, or a date in one of HTTP's three formats (RFC 9110). */
public final class RetryAfter {
  /** The pauses after a 429 that names no time. */
  public static final Backoff UNNAMED = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));

  /** Longer waits are cut: one document must not hold up an instance for days. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final List<DateTimeFormatter> DATES =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss zzz", Locale.ENGLISH),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
              .withZone(ZoneOffset.UTC));

  private RetryAfter() {}

  /**
   * The wait that a response asks for; empty if it asks for none. A date in it goes by the portal's
   * clock, which the response names, too: that of this machine may be wrong.
   *
   * @param headers names in lower case
   */
  static Optional<Duration> of(Map<String, List<String>> headers, Instant now) {
    Instant sent = first(headers, "date").flatMap(RetryAfter::date).orElse(now);
    return first(headers, "retry-after").flatMap(value -> parse(value, sent));
  }

  private static Optional<String> first(Map<String, List<String>> headers, String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** The wait that a value asks for; empty if it cannot be read or is in the past. */
  static Optional<Duration> parse(String value, Instant now) {
    return wait(value.strip(), now)
        .filter(wait -> !wait.isNegative())
        .map(wait -> wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
  }

  /** The pause that a response asked for, as a message for people. */
  public static String words(Transfer transfer) {
    String said =
        first(transfer.headers(), "retry-after")
            .map(value -> "with Retry-After: " + ServerText.cut(ServerText.harmless(value), 40))
            .orElse("without Retry-After");
    return "%s answered %d %s, to %s"
        .formatted(
            transfer.request().uri().getRawAuthority(),
            transfer.status(),
            said,
            transfer.request().uri().getRawPath());
  }

  private static Optional<Duration> wait(String value, Instant now) {
    if (value.matches("\\d+")) {
      BigInteger seconds = new BigInteger(value).min(BigInteger.valueOf(LONGEST.toSeconds()));
      return Optional.of(Duration.ofSeconds(seconds.longValue()));
    }
    return date(value).map(date -> Duration.between(now, date));
  }

  private static Optional<Instant> date(String value) {
    for (DateTimeFormatter format : DATES) {
      try {
        return Optional.of(ZonedDateTime.parse(value, format).toInstant());
      } catch (DateTimeException e) {
        continue; // perhaps another format
      }
    }
    return Optional.empty();
  }
}
