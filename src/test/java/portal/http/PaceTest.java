package portal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The promise to the portal holds in virtual time, however late requests are. */
class PaceTest {
  private static final long SECOND = 1_000_000_000L;

  @Property
  void noSecondHasMoreStartsThanTheRatePlusOne(
      @ForAll @DoubleRange(min = 0.2, max = 60) double rate,
      @ForAll @Size(value = 200) List<@IntRange(max = 400) Integer> latePercents) {
    List<Long> starts = starts(rate, latePercents);

    for (int first = 0; first < starts.size(); first++) {
      long end = starts.get(first) + SECOND;
      long held = starts.stream().skip(first).filter(start -> start - end < 0).count();
      assertThat((double) held).isLessThanOrEqualTo(rate + 1);
    }
  }

  @Property
  void noTwoStartsAreCloserThanHalfAnInterval(
      @ForAll @DoubleRange(min = 0.2, max = 65) double rate,
      @ForAll @Size(value = 50) List<@IntRange(max = 400) Integer> latePercents) {
    List<Long> starts = starts(rate, latePercents);

    for (int i = 1; i < starts.size(); i++) {
      assertThat(starts.get(i) - starts.get(i - 1))
          .isGreaterThanOrEqualTo((long) (SECOND / rate / 2));
    }
  }

  @Property
  void wakingUpALittleLateCostsNoSpeed(
      @ForAll @IntRange(min = 1, max = 1000) int rate,
      @ForAll @Size(value = 200) List<@IntRange(max = 50) Integer> latePercents) {
    List<Long> starts = starts(rate, latePercents);

    double seconds = (starts.get(starts.size() - 1) - starts.get(0)) / 1e9;
    // apart from the lateness of the last start itself, it is where it would have been without any
    assertThat((starts.size() - 1.5) / seconds).isGreaterThanOrEqualTo(0.95 * rate * 0.99);
    assertThat(starts.get(199)).isLessThanOrEqualTo((long) (199.5 / (0.95 * rate) * SECOND));
  }

  @Property(tries = 20)
  void aBusyMachineStillUsesTheRateOfEveryMinuteAndNoSecondGoesBeyondIt(@ForAll Random lateness) {
    for (int rate : new int[] {1, 5, 50, 500}) {
      Pace pace = new Pace(rate, 0);
      List<Long> starts = new ArrayList<>();
      for (long now = 0; now < 70 * SECOND; ) {
        long wait = pace.waitFrom(now);
        now += wait > 0 ? wait + lateness.nextInt(12_000_000) : 20_000;
        pace.started(now);
        starts.add(now);
      }

      for (int first = 0; first < starts.size(); first++) {
        assertThat(within(starts, first, SECOND)).isLessThanOrEqualTo(rate + 1);
      }
      assertThat(within(starts, 0, 60 * SECOND))
          .isBetween(Math.round(0.97 * rate * 60), rate * 60L);
    }
  }

  private static long within(List<Long> starts, int first, long nanos) {
    long end = starts.get(first) + nanos;
    int next = first;
    while (next < starts.size() && starts.get(next) < end) {
      next++;
    }
    return next - first;
  }

  @Property
  void startsAreNeverCloserThanRequestedAndTheRateStillApplies(
      @ForAll @DoubleRange(min = 0.2, max = 60) double rate,
      @ForAll @IntRange(min = 1, max = 3000) int apartMillis,
      @ForAll @Size(value = 100) List<@IntRange(max = 400) Integer> latePercents) {
    Pace pace = new Pace(rate, 0);
    pace.keepApart(apartMillis * 1_000_000L, 0);
    List<Long> starts = starts(pace, rate, latePercents);

    for (int i = 1; i < starts.size(); i++) {
      assertThat(starts.get(i) - starts.get(i - 1))
          .isGreaterThanOrEqualTo(apartMillis * 1_000_000L)
          .isGreaterThanOrEqualTo((long) (SECOND / rate / 2));
    }
    for (int first = 0; first < starts.size(); first++) {
      long end = starts.get(first) + SECOND;
      long held = starts.stream().skip(first).filter(start -> start - end < 0).count();
      assertThat((double) held).isLessThanOrEqualTo(rate + 1);
    }
  }

  @Example
  void spacingAppliesFromNowOnAndCanBeRemovedAgain() {
    Pace pace = new Pace(10, 0);
    pace.started(0);
    pace.keepApart(5 * SECOND, SECOND);

    assertThat(pace.waitFrom(2 * SECOND)).isBetween(4 * SECOND, 4 * SECOND + SECOND / 5);
    pace.started(7 * SECOND);
    pace.keepApart(0, 7 * SECOND);
    assertThat(pace.waitFrom(7 * SECOND)).isBetween(SECOND / 10 / 2, SECOND / 9);
  }

  @Example
  void anUnlimitedRateIsSlowedDownToo() {
    Pace pace = new Pace(0, 0);
    pace.keepApart(SECOND, 0);
    pace.started(0);

    assertThat(pace.waitFrom(0)).isBetween(SECOND, SECOND * 11 / 10);
    pace.keepApart(0, 0);
    assertThat(pace.waitFrom(0)).isZero();
  }

  @Example
  void startsMissedWhileIdleAreNotMadeUpFor() {
    Pace pace = new Pace(10, 0);
    pace.started(0);
    pace.started(60 * SECOND);

    assertThat(pace.waitFrom(60 * SECOND)).isGreaterThanOrEqualTo(SECOND / 10 / 2);
    long second = 60 * SECOND + pace.waitFrom(60 * SECOND);
    pace.started(second);
    assertThat(pace.waitFrom(second)).isGreaterThanOrEqualTo(SECOND / 10);
  }

  @Example
  void rateZeroIsNoLimit() {
    Pace pace = new Pace(0, 0);
    pace.started(0);

    assertThat(pace.waitFrom(0)).isZero();
  }

  @Example
  void theClockMayWrapAround() {
    long now = Long.MAX_VALUE - 10;
    Pace pace = new Pace(10, now);
    pace.started(now);

    assertThat(pace.waitFrom(now)).isBetween(SECOND / 10, SECOND / 9);
    assertThat(pace.waitFrom(now + SECOND)).isNegative();
  }

  /** Starts under constant load, each late by a fraction of the interval. */
  private static List<Long> starts(double rate, List<Integer> latePercents) {
    return starts(new Pace(rate, 0), rate, latePercents);
  }

  private static List<Long> starts(Pace pace, double rate, List<Integer> latePercents) {
    List<Long> starts = new ArrayList<>();
    long now = 0;
    for (int percent : latePercents) {
      now += Math.max(0, pace.waitFrom(now)) + Math.round(SECOND / rate * percent / 100);
      pace.started(now);
      starts.add(now);
    }
    return starts;
  }
}
