package monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.VirtualTicker;

class HistoryTest {
  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private HarvestMetrics.Totals totals = new HarvestMetrics.Totals(1000, 50, 2000, 400);
  private final VirtualTicker ticker = new VirtualTicker();
  @TempDir Path folder;
  private History history;

  @BeforeEach
  void begin() {
    history = start();
  }

  private History start() {
    Marks marks = new Marks(() -> now, () -> false);
    return new History(() -> totals, folder.resolve("history.json"), marks, () -> now, ticker);
  }

  private void sampleAfter(Duration time, double stored, double failed, double answers) {
    now = now.plus(time);
    ticker.pass(time);
    totals =
        new HarvestMetrics.Totals(
            totals.stored() + stored,
            totals.failed() + failed,
            totals.answers() + answers,
            totals.answerSeconds() + answers / 4);
    history.sample();
  }

  private static Object last(List<?> figures, int back) {
    return figures.get(figures.size() - 1 - back);
  }

  @Test
  void beforeTheFirstSampleNothingIsKnown() {
    assertThat(history.hour().filesPerSecond()).hasSize(360).containsOnlyNulls();
    assertThat(history.day().failures()).hasSize(288).containsOnlyNulls();
  }

  @Test
  void theStepsEndNowAndBeginOneSpanBefore() {
    assertThat(history.hour().stepSeconds()).isEqualTo(10L);
    assertThat(history.hour().from()).isEqualTo(Instant.parse("2026-11-24T11:00:10Z"));
    assertThat(history.day().stepSeconds()).isEqualTo(300L);
    assertThat(history.day().from()).isEqualTo(Instant.parse("2026-11-23T12:05:00Z"));
  }

  @Test
  void onlyEventsSinceTheStartCount() {
    sampleAfter(Duration.ofSeconds(5), 20, 3, 40);

    assertThat(last(history.hour().filesPerSecond(), 0)).isEqualTo(4.0);
    assertThat(last(history.hour().failures(), 0)).isEqualTo(3L);
    assertThat(last(history.hour().responseSeconds(), 0)).isEqualTo(0.25);
  }

  @Test
  void samplesOfOneStepAreCombined() {
    sampleAfter(Duration.ofSeconds(3), 30, 1, 4);
    sampleAfter(Duration.ofSeconds(5), 10, 1, 0);
    sampleAfter(Duration.ofSeconds(5), 5, 0, 0);

    assertThat(last(history.hour().filesPerSecond(), 1)).isEqualTo(5.0);
    assertThat(last(history.hour().filesPerSecond(), 0)).isEqualTo(1.0);
    assertThat(last(history.hour().failures(), 1)).isEqualTo(2L);
    assertThat(last(history.day().failures(), 0)).isEqualTo(2L);
  }

  @Test
  void aStepWithoutAResponseOfThePortalHasNoResponseTime() {
    sampleAfter(Duration.ofSeconds(5), 0, 0, 0);

    assertThat(last(history.hour().filesPerSecond(), 0)).isEqualTo(0.0);
    assertThat(last(history.hour().responseSeconds(), 0)).isNull();
  }

  @Test
  void aTimeWithoutSamplesIsAGap() {
    sampleAfter(Duration.ofSeconds(5), 20, 0, 0);
    sampleAfter(Duration.ofSeconds(30), 20, 0, 0);

    assertThat(last(history.hour().filesPerSecond(), 0)).isNotNull();
    assertThat(last(history.hour().filesPerSecond(), 1)).isNull();
    assertThat(last(history.hour().filesPerSecond(), 2)).isNull();
    assertThat(last(history.hour().filesPerSecond(), 3)).isEqualTo(4.0);
  }

  @Test
  void samplesOlderThanTheSpanAreForgotten() {
    sampleAfter(Duration.ofSeconds(5), 20, 7, 0);
    now = now.plus(Duration.ofHours(1));

    assertThat(history.hour().failures()).hasSize(360).containsOnlyNulls();
    assertThat(history.day().failures().stream().filter(Objects::nonNull).toList())
        .hasToString("[7]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1H", "PT24H"})
  void aClockChangeAffectsNoRateAndNoOtherStep(Duration jump) {
    sampleAfter(Duration.ofSeconds(5), 20, 1, 0);
    now = now.plus(jump);
    sampleAfter(Duration.ofSeconds(5), 30, 0, 0);

    assertThat(last(history.hour().filesPerSecond(), 0)).isEqualTo(6.0);
    assertThat(last(history.day().filesPerSecond(), 0)).isEqualTo(6.0);
    now = now.minus(jump);
    assertThat(history.hour().filesPerSecond()).contains(4.0);
  }

  @Test
  void theNextProcessContinuesWhereThisOneEnded() throws Exception {
    sampleAfter(Duration.ofSeconds(5), 20, 3, 40);
    history.save();
    now = now.plus(Duration.ofSeconds(30));
    totals = new HarvestMetrics.Totals(0, 0, 0, 0); // they count from the start of the process

    history = start();
    assertThat(last(history.hour().filesPerSecond(), 3)).isEqualTo(4.0);
    assertThat(last(history.hour().filesPerSecond(), 1)).isNull();
    assertThat(last(history.day().failures(), 0)).isEqualTo(3L);
    assertThat(history.marks()).extracting(Mark::kind).containsExactly(Mark.Kind.RESTART);
    sampleAfter(Duration.ofSeconds(5), 10, 0, 0);
    assertThat(last(history.hour().filesPerSecond(), 0)).isEqualTo(2.0);
    assertThat(Files.getPosixFilePermissions(folder.resolve("history.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void samplesOlderThanTheSpanAreNotRestored() {
    sampleAfter(Duration.ofSeconds(5), 20, 3, 40);
    history.save();
    now = now.plus(Duration.ofDays(2));

    history = start();
    assertThat(history.hour().filesPerSecond()).containsOnlyNulls();
    assertThat(history.day().filesPerSecond()).containsOnlyNulls();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{}",
        "{\"saved\":1,\"hour\":7}",
        "{\"saved\":1,\"hour\":{},\"day\":{},\"marks\":[null]}",
        "{\"saved\":1,\"hour\":{},\"day\":{},\"marks\":[{\"at\":1}]}",
        "{\"saved\":1,\"hour\":{\"1\":null},\"day\":{},\"marks\":[]}",
        "{\"saved\":99999999999999999,\"hour\":{},\"day\":{},\"marks\":[]}"
      })
  void anUnreadableFileIsIgnored(String content) throws Exception {
    Files.writeString(folder.resolve("history.json"), content);

    assertThat(start().marks()).isEmpty();
  }

  @Test
  void whenTwoThreadsSaveAtOnceTheLaterStateIsKept() {
    AtomicLong seconds = new AtomicLong(now.getEpochSecond());
    Path file = folder.resolve("history.json");
    Marks marks = new Marks(() -> now, () -> false);
    InstantSource clock = () -> Instant.ofEpochSecond(seconds.incrementAndGet());
    History saved = new History(() -> totals, file, marks, clock, ticker);
    for (int round = 0; round < 200; round++) {
      CompletableFuture<Void> other = CompletableFuture.runAsync(saved::save);
      saved.save();
      other.join();
      assertThat(new HistoryFile(file).read().orElseThrow().saved()).isEqualTo(seconds.get());
    }
  }
}
