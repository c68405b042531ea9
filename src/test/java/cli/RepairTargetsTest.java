package cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.PortalTypes;
import config.ConfigurationLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import ledger.RepairOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairTargetsTest {
  @TempDir private Path folder;

  @Test
  void allThatAnInstanceOutOfReachWouldHaveToDoIsCounted() {
    RepairTargets targets =
        new RepairTargets(ConfigurationLoader.in(folder, Map.of(), PortalTypes.KNOWN.all()).load());

    targets.repair(2, new RepairOrder(Map.of("doc/1.pdf", List.of(7)), List.of(8, 9), 0));
    targets.repair(2, new RepairOrder(Map.of(), List.of(), 200_000)); // the portal has grown
    targets.repair(3, new RepairOrder(Map.of(), List.of(), 0));

    assertThat(targets.unreached()).containsOnly(Map.entry(2, 4L));
  }
}
