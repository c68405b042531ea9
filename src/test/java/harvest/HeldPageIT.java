package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalCommand;
import testing.LocalInstance;

/** A page of which nothing came stays open, for the whole program. */
class HeldPageIT {
  private static final String HELD =
      "waits 2 s for the portal: page 1: none of its 4 documents could be had: 4 http_403";

  @TempDir private Path folder;

  private void await(BooleanSupplier something) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(something::getAsBoolean);
  }

  private void awaitLog(Harvest harvest, String words) {
    await(() -> harvest.command("logs", "1", "--lines", "1000").stdout().contains(words));
  }

  private Harvest refusing() throws Exception {
    Harvest harvest = new Harvest(folder, 8, 4);
    harvest.portal.faults(path -> path.startsWith("/doc/") ? Fault.status(403) : null);
    harvest.set("HARVEST_SCRIPTS", "1").set("PORTAL_MAX_ATTEMPTS", "2").set("PORTAL_RATE", "100");
    return harvest;
  }

  @Test
  void aPortalThatRefusesEveryDocumentForAWhileIsWaitedForAndCostsNone() throws Exception {
    try (Harvest harvest = refusing()) {
      try (LocalInstance run = harvest.run()) {
        awaitLog(harvest, HELD);
        assertThat(harvest.portal.requestsTo("/list/2")).as("the script stays on it").isZero();
        harvest.portal.faults(path -> null);
        harvest.awaitManifests(2);
      }
      assertThat(harvest.audit().path("exit").asInt()).isZero();
      assertThat(harvest.audit().path("stored").asInt()).isEqualTo(8);
    }
  }

  @Test
  void aPageThatAPersonAcceptsIsClosedAsItIsAndNoOther() throws Exception {
    try (Harvest harvest = refusing()) {
      try (LocalInstance run = harvest.run()) {
        awaitLog(harvest, HELD);
        LocalCommand accepted = harvest.command("accept", "1");
        assertThat(accepted.exitCode()).isZero();
        assertThat(accepted.stdout()).contains("page 1");
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    harvest.store.count("manifests") > 0
                        && harvest.row(1, 1).path("reason").asText().equals("http_403"));
        assertThat(harvest.row(1, 1).path("state").asText()).isEqualTo("failed");
        awaitLog(harvest, "page 2: none of its 4 documents");
        assertThat(harvest.command("accept", "2").exitCode()).as("no such script").isNotZero();
      }
    }
  }
}
