package scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import testing.VirtualTicker;

class ScriptStatsTest {
  private final VirtualTicker ticker = new VirtualTicker();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final ScriptStats stats = new ScriptStats(() -> now, ticker);

  private void pass(Duration time) {
    now = now.plus(time);
    ticker.pass(time);
  }

  private void store(int documents, Duration each) {
    for (int i = 0; i < documents; i++) {
      pass(each);
      stats.stored();
      stats.moved();
    }
  }

  @Test
  void thereAreNoFiguresBeforeTheFirstRun() {
    assertThat(stats.startTime()).isNull();
    assertThat(stats.sinceProgress()).isNull();
    assertThat(stats.secondsPerFile()).isNull();
    assertThat(stats.filesPerSecond()).isZero();
  }

  @Test
  void theRateIsThatOfTheLastMinuteAndTheAverageThatOfTheRun() {
    pass(Duration.ofHours(1));
    stats.begin();
    store(120, Duration.ofMillis(500));
    assertThat(stats.filesPerSecond()).isCloseTo(2, Offset.offset(0.1));
    assertThat(stats.secondsPerFile()).isCloseTo(0.5, Offset.offset(0.01));

    store(60, Duration.ofSeconds(1));
    assertThat(stats.filesPerSecond()).isCloseTo(1, Offset.offset(0.1));
    assertThat(stats.secondsPerFile()).isCloseTo(120 / 180.0, Offset.offset(0.01));
  }

  @Test
  void aNewRunResetsTheFigures() {
    stats.begin();
    store(10, Duration.ofSeconds(1));
    stats.begin();

    assertThat(stats.filesPerSecond()).isZero();
    assertThat(stats.secondsPerFile()).isNull();
    assertThat(stats.startTime()).isEqualTo(now);
  }

  @Test
  void aClockThatIsSetBackDoesNotTouchTheFigures() {
    stats.begin();
    store(10, Duration.ofSeconds(1));
    now = now.minus(Duration.ofHours(1));
    store(10, Duration.ofSeconds(1));

    assertThat(stats.secondsPerFile()).isCloseTo(1, Offset.offset(0.01));
    assertThat(stats.filesPerSecond()).isCloseTo(1, Offset.offset(0.1));
  }

  @Test
  void aStateChangeDoesNotCountAsProgress() {
    stats.begin();
    pass(Duration.ofMinutes(5));
    stats.updated();

    assertThat(stats.lastUpdated()).isEqualTo(now);
    assertThat(stats.sinceProgress()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aClockThatIsSetForwardDoesNotMakeProgressOlder() {
    stats.begin();
    now = now.plus(Duration.ofHours(1));
    assertThat(stats.sinceProgress()).isZero();
  }
}
