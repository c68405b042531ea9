package scripts;

import static org.assertj.core.api.Assertions.assertThat;

import config.DataSettings;
import config.HarvestSettings;
import config.StartSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import ledger.Ledger;
import model.Distribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.VirtualTicker;

class ScriptTableTest {
  @TempDir Path folder;

  private int sweeper(int instanceId, Distribution distribution, int asked) {
    HarvestSettings harvest =
        new HarvestSettings(
            instanceId,
            distribution,
            StartSettings.NONE,
            Duration.ZERO,
            folder,
            new DataSettings(1, Duration.ZERO, 1));
    try (Ledger ledger = Ledger.open(folder.resolve("ledger.db"))) {
      return ScriptTable.of(
              harvest, ledger, change -> {}, InstantSource.system(), new VirtualTicker())
          .sweeper(asked);
    }
  }

  @Test
  void aSweepOfALastScriptWithoutPagesIsMadeByTheOneThatTakesNewPages() {
    Distribution fewPages = Distribution.of(1, 5, 3, 1);
    assertThat(sweeper(1, fewPages, 5)).isEqualTo(3);
    assertThat(sweeper(1, fewPages, 4)).isEqualTo(4);
    assertThat(sweeper(1, fewPages, 2)).isEqualTo(2);
    assertThat(sweeper(1, Distribution.of(1, 3, 30, 10), 3)).isEqualTo(3);
  }

  @Test
  void aLastScriptWithoutPagesSweepsItselfIfAnotherInstanceTakesNewPages() {
    assertThat(sweeper(2, Distribution.of(2, 4, 2, 1), 4)).isEqualTo(4);
  }
}
