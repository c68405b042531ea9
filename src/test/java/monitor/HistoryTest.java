package monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private HarvestMetrics.Totals totals = new HarvestMetrics.Totals(1000, 50, 2000, 400);
  private final History history = new History(() -> totals, () -> now);

  private void sampleAfter(Duration time, double stored, double failed, double answers) {
    now = now.plus(time);
    totals =
        new HarvestMetrics.Totals(
            totals.stored() + stored,
            totals.failed() + failed,
            totals.answers() + answers,
            totals.answerSeconds() + answers / 4);
    history.sample();
  }

  private List<?> figures(String span, String figure) {
    return (List<?>) course(span).get(figure);
  }

  private Map<?, ?> course(String span) {
    return (Map<?, ?>) history.history().get(span);
  }

  private static Object last(List<?> figures, int back) {
    return figures.get(figures.size() - 1 - back);
  }

  @Test
  void beforeTheFirstSampleNothingIsKnown() {
    assertThat(figures("hour", "files_per_second")).hasSize(360).containsOnlyNulls();
    assertThat(figures("day", "failures")).hasSize(288).containsOnlyNulls();
  }

  @Test
  void theStepsEndNowAndBeginOneSpanBefore() {
    assertThat(course("hour").get("step_seconds")).isEqualTo(10L);
    assertThat(course("hour").get("from")).isEqualTo("2026-11-24T11:00:10Z");
    assertThat(course("day").get("step_seconds")).isEqualTo(300L);
    assertThat(course("day").get("from")).isEqualTo("2026-11-23T12:05:00Z");
  }

  @Test
  void onlyWhatHappenedSinceTheStartCounts() {
    sampleAfter(Duration.ofSeconds(5), 20, 3, 40);

    assertThat(last(figures("hour", "files_per_second"), 0)).isEqualTo(4.0);
    assertThat(last(figures("hour", "failures"), 0)).isEqualTo(3L);
    assertThat(last(figures("hour", "response_seconds"), 0)).isEqualTo(0.25);
  }

  @Test
  void samplesOfOneStepAreTakenTogether() {
    sampleAfter(Duration.ofSeconds(3), 30, 1, 4);
    sampleAfter(Duration.ofSeconds(5), 10, 1, 0);
    sampleAfter(Duration.ofSeconds(5), 5, 0, 0);

    assertThat(last(figures("hour", "files_per_second"), 1)).isEqualTo(5.0);
    assertThat(last(figures("hour", "files_per_second"), 0)).isEqualTo(1.0);
    assertThat(last(figures("hour", "failures"), 1)).isEqualTo(2L);
    assertThat(last(figures("day", "failures"), 0)).isEqualTo(2L);
  }

  @Test
  void aStepWithoutAnAnswerOfThePortalHasNoResponseTime() {
    sampleAfter(Duration.ofSeconds(5), 0, 0, 0);

    assertThat(last(figures("hour", "files_per_second"), 0)).isEqualTo(0.0);
    assertThat(last(figures("hour", "response_seconds"), 0)).isNull();
  }

  @Test
  void aTimeWithoutSamplesIsAGap() {
    sampleAfter(Duration.ofSeconds(5), 20, 0, 0);
    sampleAfter(Duration.ofSeconds(30), 20, 0, 0);

    assertThat(last(figures("hour", "files_per_second"), 0)).isNotNull();
    assertThat(last(figures("hour", "files_per_second"), 1)).isNull();
    assertThat(last(figures("hour", "files_per_second"), 2)).isNull();
    assertThat(last(figures("hour", "files_per_second"), 3)).isEqualTo(4.0);
  }

  @Test
  void whatIsOlderThanTheSpanIsForgotten() {
    sampleAfter(Duration.ofSeconds(5), 20, 7, 0);
    now = now.plus(Duration.ofHours(1));

    assertThat(figures("hour", "failures")).hasSize(360).containsOnlyNulls();
    assertThat(figures("day", "failures").stream().filter(Objects::nonNull).toList())
        .hasToString("[7]");
  }
}
