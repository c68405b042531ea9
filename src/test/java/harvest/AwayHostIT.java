package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.LocalInstance;
import testing.PortalSimulator;

/** A document host that is down costs no document while the portal itself answers. */
class AwayHostIT {
  @TempDir private Path folder;

  @Test
  void aDocumentHostThatIsDownIsWaitedForByNameAndCostsNoDocument() throws Exception {
    try (PortalSimulator files = new PortalSimulator(4, 4);
        Harvest harvest = new Harvest(folder, 4, 4)) {
      String there = files.url().substring("http://".length());
      harvest.portal.page(
          1, "/doc/1.pdf", files.url() + "/doc/2.pdf", "/doc/3.pdf", files.url() + "/doc/4.pdf");
      harvest.set("HARVEST_SCRIPTS", "1").set("PORTAL_ALLOWED_HOSTS", "127.0.0.1");
      harvest.set("PORTAL_MAX_ATTEMPTS", "2");
      files.away();
      try (LocalInstance run = harvest.run()) {
        awaitWait(harvest, "page 1: 2 documents wait for " + there);
        assertThat(harvest.store.objects("judgments")).hasSize(2);
        awaitWaits(harvest); // longer than a document has tries
        assertThat(harvest.store.count("manifests")).isZero();
        files.back();
        harvest.awaitManifests(1);
      }
      assertThat(harvest.audit().path("exit").asInt()).isZero();
      assertThat(harvest.audit().path("complete").asBoolean()).isTrue();
      assertThat(harvest.audit().path("stored").asInt()).isEqualTo(4);
      assertThat(files.requestsTo("/doc/2.pdf")).isEqualTo(1);
    }
  }

  @Test
  void aHostThatDoesNotResolveIsNamedByTheScriptAndInTheLogWithoutAStackTrace() throws Exception {
    try (Harvest harvest = new Harvest(folder, 4, 4).set("HARVEST_SCRIPTS", "1")) {
      harvest.set("PORTAL_URL", "http://court_orders.invalid:8080/list/{page}");
      try (LocalInstance run = harvest.run()) {
        awaitWait(harvest, "the host court_orders.invalid:8080 is unknown");
        assertThat(harvest.api().script(1).path("last_error").asText())
            .doesNotContain("Exception")
            .doesNotContain("\n");
      }
      assertPlain(Files.readString(folder.resolve("data/logs/instance.log")));
    }
  }

  @Test
  void aDocumentHostThatDoesNotResolveIsNamedInTheSameWay() throws Exception {
    try (Harvest harvest = new Harvest(folder, 4, 4).set("HARVEST_SCRIPTS", "1")) {
      harvest.portal.page(
          1, "/doc/1.pdf", "http://files.invalid/doc/2.pdf", "/doc/3.pdf", "/doc/4.pdf");
      harvest.set("PORTAL_ALLOWED_HOSTS", "127.0.0.1,files.invalid");
      try (LocalInstance run = harvest.run()) {
        awaitWait(harvest, "the host files.invalid is unknown");
        assertThat(harvest.store.objects("judgments")).hasSize(3);
      }
      assertPlain(Files.readString(folder.resolve("data/logs/instance.log")));
    }
  }

  private static void assertPlain(String log) {
    assertThat(log)
        .contains("is unknown")
        .doesNotContain("\tat ")
        .doesNotContain("UnknownHostException");
  }

  private static void awaitWait(Harvest harvest, String words) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              JsonNode script = harvest.api().script(1);
              return script.path("status").asText().equals("waiting")
                  && script.path("waiting_reason").asText().equals("portal")
                  && script.path("last_error").asText().contains(words);
            });
  }

  private static void awaitWaits(Harvest harvest) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                harvest
                    .command("logs", "1", "--lines", "1000")
                    .stdout()
                    .contains("waits 4 s for the portal: page 1: 2 documents wait"));
  }
}
