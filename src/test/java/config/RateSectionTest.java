package config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateSectionTest {
  private static final Instant DAY = Instant.parse("2026-11-27T00:00:00Z");

  private static RateLimits read(Map<ConfigKey, String> settings) {
    return new RateSection(
            new Values(
                settings.entrySet().stream()
                    .collect(
                        Collectors.toMap(
                            Map.Entry::getKey, each -> new Setting(each.getValue(), "a test")))))
        .read();
  }

  @Test
  void theDefaultIsFiveASecond() {
    assertThat(read(Map.of())).isEqualTo(RateLimits.fixed(5));
  }

  @Test
  void autoGoesUpToTheMaximumOrToTheDefault() {
    RateLimits limits = read(Map.of(ConfigKey.RATE, "auto", ConfigKey.MAX_RATE, "30"));
    assertThat(limits.adapts()).isTrue();
    assertThat(limits.rate()).isEqualTo(30);
    assertThat(limits.ceiling()).hasValue(30);
    assertThat(read(Map.of(ConfigKey.RATE, "auto")).rate()).isEqualTo(5);
  }

  @Test
  void theMaximumReplacesAHigherDefaultAndNoLimit() {
    assertThat(read(Map.of(ConfigKey.MAX_RATE, "3")).rate()).isEqualTo(3);
    assertThat(read(Map.of(ConfigKey.MAX_RATE, "30")).rate()).isEqualTo(5);
    assertThat(read(Map.of(ConfigKey.MAX_RATE, "30", ConfigKey.RATE, "0")).rate()).isEqualTo(30);
  }

  @Test
  void whatTheFleetMaySendReplacesTheDefaultOnly() {
    RateLimits limits = read(Map.of(ConfigKey.FLEET_RATE, "40"));
    assertThat(limits.rate()).isZero();
    assertThat(limits.fleetRate()).isEqualTo(OptionalDouble.of(40));
    assertThat(limits.mean(4, DAY)).isEqualTo(10);
    assertThat(read(Map.of(ConfigKey.FLEET_RATE, "40", ConfigKey.RATE, "2")).mean(4, DAY))
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "20:00-08:00 Asia/Kolkata, 2026-11-27T14:29:59Z, false",
    "20:00-08:00 Asia/Kolkata, 2026-11-27T14:30:00Z, true",
    "20:00-08:00 Asia/Kolkata, 2026-11-28T02:29:59Z, true",
    "20:00-08:00 Asia/Kolkata, 2026-11-28T02:30:00Z, false",
    "09:00-17:30 UTC, 2026-11-27T17:29:59Z, true",
    "09:00-17:30 UTC, 2026-11-27T17:30:00Z, false",
    "09:00-17:30 UTC, 2026-11-27T08:59:59Z, false",
    "18:00-24:00 UTC 2.5, 2026-11-27T23:59:59Z, true",
    "18:00-24:00 UTC 2.5, 2026-11-27T00:00:00Z, false",
    "00:00-24:00 +05:30, 2026-11-27T00:00:00Z, true",
    "00:00-24:00 Etc/GMT+5, 2026-11-27T00:00:00Z, true",
  })
  void hoursAreThoseOfTheirZone(String hours, Instant time, boolean open) {
    assertThat(OpenHours.read(hours).orElseThrow().isOpen(time)).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-27T14:29:59Z, 2026-11-27T14:30:00Z",
    "2026-11-27T14:30:00Z, 2026-11-28T14:30:00Z",
    "2026-11-28T02:30:00Z, 2026-11-28T14:30:00Z",
  })
  void hoursOpenAtTheirNextStart(Instant now, Instant opens) {
    assertThat(OpenHours.read("20:00-08:00 Asia/Kolkata").orElseThrow().opens(now))
        .isEqualTo(opens);
  }

  @ParameterizedTest
  @CsvSource({
    // set forward from 02:00 to 03:00 at 01:00Z
    "02:30-04:00 Europe/Berlin, 2026-03-29T00:00:00Z, 2026-03-29T01:00:00Z",
    "02:30-04:00 Europe/Berlin, 2026-03-29T02:00:00Z, 2026-03-30T00:30:00Z",
    "02:00-03:00 Europe/Berlin, 2026-03-29T00:59:59Z, 2026-03-30T00:00:00Z", // not on that day
    "02:10-02:40 Europe/Berlin, 2026-03-29T00:00:00Z, 2026-03-30T00:10:00Z",
    "02:30-04:00 America/New_York, 2026-03-08T06:00:00Z, 2026-03-08T07:00:00Z",
    "02:15-04:00 Australia/Lord_Howe, 2026-10-03T15:00:00Z, 2026-10-03T15:30:00Z", // by 30 min
    "00:00-06:00 Africa/Cairo, 2026-04-23T21:00:00Z, 2026-04-23T22:00:00Z", // at midnight
    "10:00-11:00 Pacific/Apia, 2011-12-30T00:00:00Z, 2011-12-30T20:00:00Z", // by a whole day
    // set back from 03:00 to 02:00 at 01:00Z
    "02:30-04:00 Europe/Berlin, 2026-10-25T00:00:00Z, 2026-10-25T00:30:00Z",
    "02:30-04:00 Europe/Berlin, 2026-10-25T01:10:00Z, 2026-10-25T01:30:00Z", // the second 02:10
    "20:00-02:30 Europe/Berlin, 2026-10-25T00:40:00Z, 2026-10-25T01:00:00Z",
    "02:30-04:00 America/New_York, 2026-11-01T06:10:00Z, 2026-11-01T07:30:00Z",
    "01:30-04:00 America/New_York, 2026-11-01T06:10:00Z, 2026-11-01T06:30:00Z",
    "01:45-04:00 Australia/Lord_Howe, 2026-04-04T15:05:00Z, 2026-04-04T15:15:00Z",
  })
  void hoursOpenByTheWallClockAlsoWhenItIsChanged(String text, Instant now, Instant opens) {
    OpenHours hours = OpenHours.read(text).orElseThrow();
    assertThat(hours.isOpen(now)).isFalse();
    assertThat(hours.opens(now)).isEqualTo(opens);
    assertThat(hours.isOpen(opens.minusNanos(1))).isFalse();
    assertThat(hours.isOpen(opens)).isTrue();
  }

  @Test
  void severalHoursHaveRatesOfTheirOwn() {
    RateLimits limits =
        read(Map.of(ConfigKey.HOURS, "20:00-08:00 UTC 10, 08:00-14:00 UTC", ConfigKey.RATE, "2"));
    assertThat(limits.hours()).hasSize(2);
    assertThat(limits.mean(4, DAY)).isCloseTo((12 * 10 + 6 * 2) / 24.0, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "20:00|holds \"20:00\"",
        "20:00-20:00 UTC|holds",
        "25:00-08:00|holds",
        "20:00-08:00 Mars/Olympus|holds",
        "20:00-08:00 UTC 0|holds",
        "20:00-08:00 UTC fast|holds",
        "20:00-08:00 UTC 7|has a rate above portal.max-rate, 6",
      })
  void invalidHoursAreReportedWithWhatWouldBeRight(String hours, String words) {
    assertThatThrownBy(() -> read(Map.of(ConfigKey.HOURS, hours, ConfigKey.MAX_RATE, "6")))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("portal.hours: ")
        .hasMessageContaining(words)
        .hasMessageContaining("a test");
  }

  @Test
  void aRateAboveTheMaximumAndInvalidNumbersAreReported() {
    assertThatThrownBy(() -> read(Map.of(ConfigKey.RATE, "7", ConfigKey.MAX_RATE, "6.5")))
        .hasMessageContaining("portal.rate: \"7\"")
        .hasMessageContaining("is above portal.max-rate, 6.5; expected at most that");
    assertThatThrownBy(() -> read(Map.of(ConfigKey.RATE, "fast")))
        .hasMessageContaining("such as 5 or 0.5, or auto");
    assertThatThrownBy(() -> read(Map.of(ConfigKey.MAX_RATE, "0")))
        .hasMessageContaining("portal.max-rate: \"0\"")
        .hasMessageContaining("above 0");
    assertThatThrownBy(() -> read(Map.of(ConfigKey.FLEET_RATE, "auto")))
        .hasMessageContaining("portal.fleet-rate: \"auto\"");
  }
}
