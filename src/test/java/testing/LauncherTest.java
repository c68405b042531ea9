package testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
  @TempDir Path folder;

  @Test
  void theLastWordsOfAProgramThatEndsAreHeard() throws Exception {
    try (Launcher launcher = Launcher.start(folder, Map.of(), "--version")) {
      launcher.awaitLine("judgment-harvester", Duration.ofSeconds(60));
      assertThat(launcher.exitCode(Duration.ofSeconds(60))).isZero();
      assertThat(launcher.stderr()).isEmpty();
    }
  }

  @Test
  void aProgramThatEndsWithoutTheWordsIsNotWaitedForAnyLonger() throws Exception {
    try (Launcher launcher = Launcher.start(folder, Map.of(), "no-such-command")) {
      assertThatThrownBy(() -> launcher.awaitLine("never said", Duration.ofHours(1)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("never said");
      assertThat(launcher.exitCode()).isEqualTo(2);
      assertThat(launcher.stderr()).contains("no-such-command");
    }
  }

  @Test
  void flagsReachTheVirtualMachineAndKillingIsSigkill() throws Exception {
    List<String> suspended =
        List.of(
            "-Xmx64m", "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:0");
    try (Launcher launcher = Launcher.start(suspended, folder, Map.of(), "--version")) {
      launcher.awaitLine("Listening for transport", Duration.ofSeconds(60));
      assertThat(launcher.isAlive()).isTrue();
      launcher.kill();
      assertThat(launcher.exitCode()).isEqualTo(128 + 9);
    }
  }
}
