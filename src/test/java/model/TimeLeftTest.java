package model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
  @Test
  void itAssumesFullPagesAtThePresentRate() {
    assertThat(TimeLeft.of(10, 100, 4)).isEqualTo(250);
    assertThat(TimeLeft.of(Integer.MAX_VALUE, 100, 1)).isEqualTo(214_748_364_700L);
  }

  @Test
  void itIsUnknownWhenNothingIsLeftOrNothingMoves() {
    assertThat(TimeLeft.of(0, 100, 4)).isNull();
    assertThat(TimeLeft.of(10, 100, 0)).isNull();
  }

  @Test
  void theLastOfSeveralToFinishCountsIfAllMove() {
    assertThat(TimeLeft.ofAll(List.of(3L, 7L, 5L))).isEqualTo(7);
    assertThat(TimeLeft.ofAll(Arrays.asList(3L, null))).isNull();
    assertThat(TimeLeft.ofAll(List.of())).isNull();
  }
}
