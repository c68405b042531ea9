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

/** A page of which nothing could be stored stays open, for the whole program. */
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
  void aPortalThatTemporarilyRefusesEveryDocumentIsWaitedForAndCostsNone() throws Exception {
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

  @Test
  void aHeldPageStaysHeldAcrossARestartAndCanBeAcceptedAfterIt() throws Exception {
    try (Harvest harvest = refusing().set("HARVEST_AUTOSTART", "0")) {
      try (LocalInstance run = harvest.run()) {
        harvest.api().post("/api/scripts/start/1");
        awaitHeld(harvest);
      }
      int before = documentRequests(harvest);
      try (LocalInstance again = harvest.run()) { // the script starts again by itself
        awaitHeld(harvest);

        assertThat(harvest.store.count("manifests")).as("it is not closed").isZero();
        assertThat(documentRequests(harvest) - before)
            .as("each document is tried as after any start, and a few at the first looks")
            .isBetween(4, 8 + 3 * 4);
        assertThat(harvest.command("accept", "1").exitCode()).isZero();
        await(() -> harvest.store.count("manifests") == 1);
        assertThat(harvest.row(1, 4).path("reason").asText()).isEqualTo("http_403");
      }
      try (LocalInstance third = harvest.run()) {
        await(() -> harvest.api().script(1).path("last_error").asText().startsWith("page 2: none"));
        assertThat(harvest.store.count("manifests")).as("what was accepted stays so").isOne();
      }
    }
  }

  private void awaitHeld(Harvest harvest) {
    Api api = harvest.api();
    await(
        () ->
            api.script(1)
                .path("last_error")
                .asText()
                .equals("page 1: none of its 4 documents could be had: 4 http_403"));
    assertThat(api.state(1)).isEqualTo("waiting");
    assertThat(api.script(1).path("waiting_reason").asText()).isEqualTo("portal");
  }

  private static int documentRequests(Harvest harvest) {
    return (int)
        harvest.portal.requests().stream().filter(one -> one.path().startsWith("/doc/")).count();
  }
}
