package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.Launcher;
import testing.LocalInstance;

/** A harvest that stores nothing, or not everything, says so everywhere, for the whole program. */
class NothingStoredIT {
  private static final String NONE =
      "completed, 0 of 4 stored: 4 rejected (foreign_host: 127.0.0.2 4)";

  @TempDir private Path folder;

  /** Pages of two rows, too few for a page to be held open. */
  private Harvest elsewhere() throws Exception {
    Harvest harvest = new Harvest(folder, 4, 2).set("HARVEST_SCRIPTS", "1");
    harvest.portal.page(1, "http://127.0.0.2:9/1.pdf", "http://127.0.0.2:9/2.pdf");
    harvest.portal.page(2, "http://127.0.0.2:9/3.pdf", "http://127.0.0.2:9/4.pdf");
    return harvest;
  }

  @Test
  void rejectedRowsAreCountedWithTheirReasonsAndTheHostIsNamedWithItsKey() throws Exception {
    try (Harvest harvest = elsewhere()) {
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "completed");
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> String.join("\n", api.logs(1)).contains(NONE));
        assertThat(api.logs(1))
            .filteredOn(line -> line.contains("WARN") && line.contains("portal.allowed-hosts"))
            .singleElement()
            .asString()
            .contains("127.0.0.2");
        assertThat(api.logs(1))
            .anyMatch(line -> line.contains("WARN") && line.endsWith(NONE))
            .noneMatch(line -> line.contains("INFO") && line.endsWith(NONE));
      }
      try (LocalInstance again = harvest.run()) {
        Api api = harvest.api();
        for (JsonNode counts :
            new JsonNode[] {
              api.status(), api.script(1), api.get("/api/fleet").json().at("/data/total")
            }) {
          assertThat(counts.path("rejected_downloads").asInt()).isEqualTo(4);
          assertThat(counts.path("rejected_reasons").toString()).isEqualTo("{\"foreign_host\":4}");
        }
        assertThat(harvest.command("status").stdout())
            .contains("failed  rejected  files/s", "completed with gaps")
            .contains("0 failed, 4 rejected (4 foreign_host)");
      }
    }
  }

  @Test
  void aRunReportsItsResultOnce() throws Exception {
    try (Harvest harvest = elsewhere();
        Launcher run = harvest.process()) {
      run.awaitLine(NONE);
      assertThat(run.stdout().lines().filter(NONE::equals)).hasSize(1);
    }
  }

  @Test
  void aScriptWithMissingDocumentsHasGapsUntilTheyArrive() throws Exception {
    try (Harvest harvest = new Harvest(folder, 10, 5).set("HARVEST_SCRIPTS", "1")) {
      harvest.set("PORTAL_MAX_ATTEMPTS", "1");
      harvest.portal.fault("/doc/3.pdf", Fault.status(403));
      harvest.portal.fault("/doc/4.pdf", Fault.htmlNamedPdf());
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "completed");
        assertThat(harvest.command("status").stdout())
            .contains("completed with gaps")
            .doesNotContain("rejected");
        harvest.portal.heal();
        api.post("/api/retry-failed");
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> String.join("\n", api.logs(1)).contains("completed, 10 of 10 stored"));
        assertThat(api.logs(1))
            .anyMatch(
                line ->
                    line.endsWith("completed, 8 of 10 stored: 2 failed (http_403 1; not_pdf 1)"));
        api.awaitState(1, "completed");
        assertThat(harvest.command("status").stdout()).doesNotContain("gaps");
      }
    }
  }
}
