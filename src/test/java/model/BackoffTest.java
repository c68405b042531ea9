package model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 4", "3, 8", "8, 256", "9, 300", "64, 300", "2147483647, 300"})
  void theWaitDoublesWithEachFailureUpToTheLongest(int failures, int seconds) {
    assertThat(backoff.after(failures)).isEqualTo(Duration.ofSeconds(seconds));
  }
}
