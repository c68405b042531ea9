package portal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** A portal of virtual time, asked at the rate that is allowed. */
class AutoRateTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;

  private final AutoRate auto = new AutoRate(20, 0);
  private long now;

  /** Asks for a minute, as fast as it is allowed. */
  private double afterMinute(long millis) {
    for (int window = 0; window < 6; window++) {
      double rate = auto.rate(now);
      for (int i = 0; i < rate * 10; i++) {
        auto.ended(millis * MILLI, true);
      }
      now += 10 * SECOND;
    }
    return auto.rate(now);
  }

  @Test
  void itStartsLowAndSpeedsUpSlowlyButNeverAboveTheMaximum() {
    assertThat(auto.rate(now)).isEqualTo(5);
    assertThat(afterMinute(100)).isCloseTo(11, within(0.01));
    afterMinute(100);
    assertThat(afterMinute(100)).isEqualTo(20);
    assertThat(afterMinute(100)).isEqualTo(20);
  }

  @Test
  void troubleHalvesItOncePerWindow() {
    afterMinute(100);
    double before = afterMinute(100);
    auto.troubled();
    auto.troubled();
    assertThat(auto.rate(now)).isEqualTo(before / 2);
    now += 10 * SECOND;
    assertThat(auto.rate(now)).isEqualTo(before / 2);
    auto.troubled();
    assertThat(auto.rate(now)).isEqualTo(before / 4);
  }

  @Test
  void slowerResponsesSlowItDownAndUsualOnesSpeedItUpAgain() {
    double before = afterMinute(100);
    double slow = afterMinute(400);
    assertThat(slow).isLessThan(before / 2);
    assertThat(afterMinute(100)).isGreaterThan(slow * 2);
  }

  @Test
  void aFewMillisecondsMoreDoNotSlowItDown() {
    double before = afterMinute(10);
    assertThat(afterMinute(40)).isGreaterThan(before);
  }

  @Test
  void failuresThatComeAtOnceMakeNoPortalQuick() {
    afterMinute(200);
    double before = afterMinute(200);
    failForAMinute(1); // its port is closed, or its documents are gone
    assertThat(afterMinute(200)).isGreaterThanOrEqualTo(before);
  }

  @Test
  void failuresThatComeLateSlowItDown() {
    afterMinute(200);
    double before = afterMinute(200);
    failForAMinute(60_000);
    assertThat(auto.rate(now)).isLessThan(before / 2);
  }

  private void failForAMinute(long millis) {
    for (int window = 0; window < 6; window++) {
      for (int i = 0; i < 5; i++) {
        auto.ended(millis * MILLI, false);
      }
      now += 10 * SECOND;
      auto.rate(now);
    }
  }

  @Test
  void aPermanentlySlowerPortalIsNotSlowedDownForever() {
    afterMinute(100);
    for (int i = 0; i < 30; i++) {
      afterMinute(200);
    }
    assertThat(afterMinute(200)).isEqualTo(20);
  }

  @Test
  void aRateThatNobodyUsesIsNotRaised() {
    for (int window = 0; window < 20; window++) {
      for (int i = 0; i < 5; i++) {
        auto.ended(100 * MILLI, true);
      }
      now += 10 * SECOND;
      assertThat(auto.rate(now)).isEqualTo(5);
    }
  }

  @Test
  void itNeverStops() {
    for (int window = 0; window < 50; window++) {
      auto.troubled();
      now += 10 * SECOND;
      auto.rate(now);
    }
    assertThat(auto.rate(now)).isEqualTo(0.2);
  }
}
