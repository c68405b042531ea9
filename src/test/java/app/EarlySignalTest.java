package app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlySignalTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "run",
        "demo --pages 3",
        "--config plan",
        "--config file.properties",
        "--config=plan",
        "--config plan run",
        "run --config plan"
      })
  void argumentsThatStartAnInstanceAreRecognised(String line) {
    assertThat(EarlySignal.areServing(args(line))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plan", "--config run plan", "audit --config run", "--help", "-V", "retry-failed"})
  void argumentsThatDoNotStartAnInstanceAreRecognised(String line) {
    assertThat(EarlySignal.areServing(args(line))).isFalse();
  }

  private static String[] args(String line) {
    return line.isEmpty() ? new String[0] : line.split(" ");
  }
}
