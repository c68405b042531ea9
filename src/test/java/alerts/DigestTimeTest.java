package alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class DigestTimeTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private final DigestTime time = new DigestTime(LocalTime.of(7, 0), BERLIN);

  private static ZonedDateTime at(String local) {
    return java.time.LocalDateTime.parse(local).atZone(BERLIN);
  }

  @Test
  void itIsDueOnceADayAtItsTime() {
    assertThat(time.isDue(at("2026-11-27T06:59"))).isFalse();
    assertThat(time.isDue(at("2026-11-27T07:00"))).isTrue();
    assertThat(time.isDue(at("2026-11-27T07:01"))).isFalse();
    assertThat(time.isDue(at("2026-11-28T06:59"))).isFalse();
    assertThat(time.isDue(at("2026-11-28T07:00"))).isTrue();
  }

  @Test
  void theVeryFirstDigestDoesNotComeLate() {
    assertThat(time.isDue(at("2026-11-27T10:00"))).isFalse();
    assertThat(time.isDue(at("2026-11-28T10:00"))).isTrue();
  }

  @Test
  void aMissedDigestComesLate() {
    time.restore("2026-11-26");

    assertThat(time.isDue(at("2026-11-27T10:00"))).isTrue();
  }

  @Test
  void aDigestThatWasSentIsNotSentAgainByTheNextProcess() {
    time.restore("2026-11-27");

    assertThat(time.isDue(at("2026-11-27T10:00"))).isFalse();
  }

  @Test
  void anHourThatSummerTimeRepeatsOrSkipsHasOneDigest() {
    DigestTime night = new DigestTime(LocalTime.of(2, 30), BERLIN);
    night.restore("2026-10-24");
    assertThat(night.isDue(at("2026-10-25T02:30").withEarlierOffsetAtOverlap())).isTrue();
    assertThat(night.isDue(at("2026-10-25T02:30").withLaterOffsetAtOverlap())).isFalse();

    night.restore("2027-03-27");
    assertThat(night.isDue(at("2027-03-28T01:59"))).isFalse();
    assertThat(night.isDue(at("2027-03-28T03:30"))).isTrue();
  }

  @Test
  void aClockThatIsSetBackRepeatsNoDigestAndSkipsOneAtMost() {
    time.restore("2027-11-27");

    assertThat(time.isDue(at("2026-11-27T07:00"))).isFalse();
    assertThat(time.isDue(at("2026-11-28T07:00"))).isTrue();
  }

  @Test
  void withoutATimeThereIsNoDigest() {
    DigestTime none = new DigestTime(null, BERLIN);
    none.restore("2026-11-01");

    assertThat(none.isDue(at("2026-11-27T07:00"))).isFalse();
  }
}
