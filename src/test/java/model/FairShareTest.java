package model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FairShareTest {
  @ParameterizedTest
  @CsvSource({"8, 1, 8", "8, 2, 4", "8, 3, 3", "8, 17, 1", "1, 5, 1", "8, 0, 8"})
  void placesAreSharedEvenlyAndRoundedUp(int places, int parties, int share) {
    assertThat(new FairShare(() -> places, () -> parties).now()).isEqualTo(share);
  }
}
