package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Launcher;
import testing.LocalCommand;
import testing.LocalInstance;

/** A harvest goes on on twice as many servers, as docs/operations.md describes it. */
class MoreServersIT {
  private static final int DOCUMENTS = 80;

  @TempDir private Path folder;

  @Test
  void scriptsThatMoveToANewServerGoOnThereWithNothingLostOrFetchedTwice() throws Exception {
    try (Harvest harvest = new Harvest(folder, DOCUMENTS, 10)) {
      harvest.set("HARVEST_SCRIPTS", "4").set("HARVEST_AUTOSTART", "0");
      try (LocalInstance alone = harvest.run()) {
        for (int script : new int[] {1, 3}) {
          harvest.api().post("/api/scripts/start/" + script);
          harvest.api().awaitState(script, "completed");
        }
      }

      harvest.set("HARVEST_INSTANCES", "2").set("HARVEST_ASSIGNMENT", "1-2,3-4");
      try (Launcher accepting = harvest.processOf("run", "--accept-changes")) {
        accepting.awaitLine("instance 1").terminate();
        assertThat(accepting.exitCode()).isZero();
      }
      harvest.set("HARVEST_AUTOSTART", "all");
      runBoth(harvest, 1, 2);
      harvest.set("HARVEST_INSTANCE_ID", "2").set("HARVEST_DATA_DIR", "new-server");
      LocalCommand rebuilt = harvest.command("rebuild");
      assertThat(rebuilt.stdout()).contains("restored 2 of 4 pages");
      runBoth(harvest, 3, 4);

      assertThat(harvest.command("audit", "--all").stdout())
          .startsWith("CLEAN: 8 pages, 80 rows, 80 stored, 0 not to be had");
      for (int document = 1; document <= DOCUMENTS; document++) {
        assertThat(harvest.portal.requestsTo("/doc/" + document + ".pdf")).isEqualTo(1);
      }
    }
  }

  private static void runBoth(Harvest harvest, int one, int other) throws Exception {
    try (LocalInstance run = harvest.run()) {
      harvest.api().awaitState(one, "completed");
      harvest.api().awaitState(other, "completed");
    }
  }
}
