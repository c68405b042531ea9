package cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.PortalTypes;
import config.ConfigurationLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ledger.RepairOrder;
import model.PageRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairTargetsTest {
  @TempDir private Path folder;

  @Test
  void allRepairsOfAnUnreachableInstanceAreCounted() {
    RepairTargets targets =
        new RepairTargets(ConfigurationLoader.in(folder, Map.of(), PortalTypes.KNOWN.all()).load());

    targets.repair(
        2, new RepairOrder(Map.of("doc/1.pdf", List.of(7)), List.of(8, 9), Optional.empty()));
    targets.repair(
        2,
        new RepairOrder(
            Map.of(), List.of(), Optional.of(new PageRange(7, 200_000)))); // the portal has grown
    targets.repair(3, new RepairOrder(Map.of(), List.of(), Optional.empty()));

    assertThat(targets.unreached()).containsOnly(Map.entry(2, 4L));
  }
}
