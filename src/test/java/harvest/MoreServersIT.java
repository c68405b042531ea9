package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.Launcher;
import testing.LocalCommand;
import testing.LocalInstance;
import testing.Ports;

/** A harvest on four servers continues on eight, as docs/operations.md describes it. */
class MoreServersIT {
  private static final int DOCUMENTS = 160;
  private static final int PAGE_SIZE = 10;

  /** Each of eight scripts has two pages; half of the second is not served before the move. */
  private static final int STORED_BEFORE = 15;

  @TempDir private Path folder;

  @Test
  void fourServersBecomeEightMidPageWithNothingLostOrFetchedTwice() throws Exception {
    try (Harvest harvest = new Harvest(folder, DOCUMENTS, PAGE_SIZE)) {
      harvest.set("HARVEST_SCRIPTS", "8").set("HARVEST_INSTANCES", "4");
      harvest.set("PORTAL_CONCURRENCY", "40").set("PORTAL_RETRY_WAIT", "1m");
      for (int document = 1; document <= DOCUMENTS; document++) {
        if (isInTheWay(document)) {
          harvest.portal.fault("/doc/" + document + ".pdf", Fault.status(403));
        }
      }
      for (int id = 1; id <= 4; id++) {
        int stored = id * 2 * STORED_BEFORE;
        number(harvest, id);
        try (LocalInstance run = harvest.run()) {
          Awaitility.await().until(() -> harvest.store.count("judgments") == stored);
        }
      }
      Set<String> before = harvest.store.objects("judgments").keySet();
      assertThat(harvest.store.count("manifests")).isEqualTo(8);

      harvest.portal.heal();
      harvest.set("PORTAL_RETRY_WAIT", "50ms").set("HARVEST_INSTANCES", "8");
      harvest.set("HARVEST_ASSIGNMENT", "1,3,5,7,2,4,6,8");
      goOnWhereTheyWere(harvest);
      for (int id = 5; id <= 8; id++) {
        number(harvest, id);
        LocalCommand rebuilt = harvest.command("rebuild");
        assertThat(rebuilt.stdout()).contains("restored 1 of 2 pages");
        try (LocalInstance run = harvest.run()) {
          harvest.api().awaitState(2 * (id - 4), "completed");
        }
      }

      assertThat(harvest.command("audit", "--all").stdout())
          .startsWith("CLEAN: 16 pages, 160 rows, 160 stored, 0 not to be had");
      assertThat(before)
          .hasSize(8 * STORED_BEFORE)
          .allSatisfy(key -> assertThat(harvest.portal.requestsTo("/" + key)).isEqualTo(1));
    }
  }

  private static boolean isInTheWay(int document) {
    return (document - 1) % (2 * PAGE_SIZE) >= STORED_BEFORE;
  }

  private static void number(Harvest harvest, int id) {
    harvest.set("HARVEST_INSTANCE_ID", String.valueOf(id)).set("HARVEST_DATA_DIR", "data-" + id);
  }

  /** The four that keep half of their scripts, all at once. */
  private static void goOnWhereTheyWere(Harvest harvest) throws Exception {
    List<Launcher> servers = new ArrayList<>();
    try {
      for (int id = 1; id <= 4; id++) {
        number(harvest, id);
        harvest.set("API_PORT", String.valueOf(Ports.free()));
        harvest.set("MANAGEMENT_PORT", String.valueOf(Ports.free()));
        servers.add(harvest.processOf("run", "--accept-changes"));
        servers.get(id - 1).awaitLine("instance " + id);
        harvest.api().awaitState(2 * id - 1, "completed");
      }
      for (Launcher server : servers) {
        server.terminate();
        assertThat(server.exitCode()).isZero();
      }
    } finally {
      for (Launcher server : servers) {
        server.close();
      }
    }
  }
}
