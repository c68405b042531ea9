package portal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "0 ! PT0S",
        " 120 ! PT2M",
        "Tue, 01 Dec 2026 10:01:30 GMT ! PT1M30S",
        "Tuesday, 01-Dec-26 10:01:30 GMT ! PT1M30S",
        "Tue Dec  1 10:01:30 2026 ! PT1M30S",
        "3600 ! PT1H",
        "3601 ! PT1H",
        "315360000 ! PT1H",
        "999999999999999999 ! PT1H",
        "9999999999999999999999 ! PT1H",
        "Fri, 01 Jan 2027 10:00:00 GMT ! PT1H",
      })
  void secondsAndAllDatesOfHttpAreRead(String value, Duration wait) {
    assertThat(RetryAfter.parse(value, NOW)).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "-1",
        "1.5",
        "12s",
        "Tue, 01 Dec 2026 09:59:59 GMT",
        "Mon, 32 Dec 2026 10:00:00 GMT",
      })
  void anythingElseIsIgnored(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1H", "PT24H"})
  void aDateIsReadByThePortalsOwnClock(Duration wrong) {
    Map<String, List<String>> headers =
        Map.of(
            "date", List.of("Tue, 01 Dec 2026 10:00:00 GMT"),
            "retry-after", List.of("Tue, 01 Dec 2026 10:00:30 GMT"));

    assertThat(RetryAfter.of(headers, NOW.plus(wrong))).contains(Duration.ofSeconds(30));
  }
}
