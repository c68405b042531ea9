package harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static testing.FaultyStore.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.FaultyStore;
import testing.Launcher;
import testing.LocalCommand;
import testing.LocalInstance;
import testing.Ports;

/** A harvest knows its identity: folder and bucket accept no other harvest's documents. */
@Timeout(120)
class IdentityIT {
  private static final String FILE = "/manifests/harvest.json";

  @TempDir private static Path shared;

  /** Done before, with 30 documents in pages of 10. */
  private static Harvest done;

  @TempDir private Path folder;

  @BeforeAll
  static void harvestOnce() throws Exception {
    done = new Harvest(shared, 30, 10);
    done.runToTheEnd();
  }

  @AfterAll
  static void close() throws Exception {
    done.close();
  }

  private static JsonNode recorded(Harvest harvest) throws IOException {
    return new ObjectMapper().readTree(harvest.store.harvestFile());
  }

  private static void assertRefused(LocalCommand run, String... words) {
    assertThat(run.stderr()).hasLineCount(1).contains(words);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.stdout()).isEmpty();
  }

  @Test
  void theBucketSaysWhatIsHarvestedIntoIt() throws Exception {
    try (Harvest harvest = new Harvest(folder, 25, 10)) {
      harvest.set("PORTAL_URL", harvest.portal.listingUrl() + "?token=very-secret&a=b");
      harvest.set("HARVEST_AUTOSTART", "0").run().close();

      JsonNode file = recorded(harvest);
      assertThat(file.path("portal.type").asText()).isEqualTo("links");
      assertThat(file.path("portal.url").asText())
          .startsWith(harvest.portal.listingUrl() + "?token=sha256:")
          .endsWith("&a=b");
      assertThat(file.path("harvest.page-size").intValue()).isEqualTo(10);
      assertThat(file.path("harvest.pages").intValue()).isEqualTo(3);
      assertThat(file.path("harvest.scripts").intValue()).isEqualTo(2);
      assertThat(file.path("harvest.instances").intValue()).isEqualTo(1);
      assertThat(file.path("s3.prefix").asText()).isEqualTo("judgments/");
      assertThat(file.path("s3.manifest-prefix").asText()).isEqualTo("manifests/");
    }
  }

  @Test
  void anAuditOfABucketThatDoesNotSayWhatItHoldsSaysSo() throws Exception {
    try (Harvest harvest = new Harvest(folder, 5, 10)) {
      harvest.runUntilComplete();
      Files.delete(folder.resolve("store/judgment-bucket" + FILE));

      LocalCommand audit = harvest.command("audit");
      assertThat(audit.stdout()).startsWith("CLEAN").contains("manifests/harvest.json is not in");
      assertThat(harvest.command("audit", "--json").stdout()).hasLineCount(1);
      harvest.runUntilComplete();

      assertThat(harvest.command("audit").stdout()).doesNotContain("harvest.json");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "harvest.page-size, HARVEST_PAGE_SIZE, 10, 5",
    "portal.url, PORTAL_URL, list, http://127.0.0.1:1/{page}",
    "portal.type, PORTAL_TYPE, links, ecourts",
    "s3.prefix, S3_PREFIX, judgments/, others/"
  })
  void aFilledFolderIsNotHarvestedWithADifferentConfiguration(
      String key, String name, String before, String now) throws Exception {
    String file = done.store.harvestFile();
    Map<String, String> other = new HashMap<>(Map.of(name, now));
    if (now.equals("ecourts")) {
      other.put("PORTAL_URL", done.portal.url() + "/");
    }

    assertRefused(
        done.command(other, "run"),
        key + ": ",
        before,
        now,
        "this data folder",
        "harvest.data-dir");
    assertRefused(done.command(other, "run", "--accept-changes"), key + ": ");
    other.put("HARVEST_DATA_DIR", "another-" + key);
    assertRefused(done.command(other, "run"), key + ": ", before, now, "manifests/harvest.json");
    assertRefused(done.command(other, "run", "--accept-changes"), key + ": ");
    assertRefused(done.command(other, "audit"), key + ": ", before, now, "manifests/harvest.json");
    assertThat(done.store.harvestFile()).isEqualTo(file);
    assertThat(done.store.count("")).isEqualTo(33);
  }

  @ParameterizedTest
  @CsvSource({
    "harvest.pages, HARVEST_PAGES, 3, 4",
    "harvest.scripts, HARVEST_SCRIPTS, 2, 3",
    "harvest.instances, HARVEST_INSTANCES, 1, 2"
  })
  void aPersonCanAcceptACorrectedTotalOrAssignment(
      String key, String name, String before, String now) throws Exception {
    try (Harvest harvest = new Harvest(folder, 30, 10)) {
      harvest.runToTheEnd();
      harvest.set(name, now);

      assertRefused(
          harvest.command("run"), key + ": ", before, now, key + "=" + before, "--accept-changes");
      assertRefused(harvest.command("audit"), key + ": ", before, now);
      assertThat(recorded(harvest).path(key).asText()).isEqualTo(before);
      try (Launcher run = harvest.processOf("run", "--accept-changes")) {
        run.awaitLine("instance 1");
        assertThat(recorded(harvest).path(key).asText()).isEqualTo(now);
        run.terminate();
        assertThat(run.exitCode()).isZero();
      }
      harvest.run().close();
    }
  }

  @Test
  void anotherInstanceWithAnotherPageSizeDoesNotStart() throws Exception {
    try (Harvest harvest = new Harvest(folder, 60, 10)) {
      harvest.set("HARVEST_INSTANCES", "2").set("HARVEST_AUTOSTART", "0");
      harvest.run().close();
      harvest.set("HARVEST_INSTANCE_ID", "2").set("HARVEST_DATA_DIR", "data-2");
      harvest.run().close();
      harvest.set("HARVEST_PAGE_SIZE", "20");

      assertRefused(harvest.command("run"), "harvest.page-size: ", "20", "10");
    }
  }

  @Test
  void aBucketAndALedgerOfAnOlderVersionAreAdopted() throws Exception {
    try (Harvest harvest = new Harvest(folder, 30, 10)) {
      harvest.runToTheEnd();
      Files.delete(folder.resolve("store").resolve(FaultyStore.BUCKET + FILE));
      assertThat(harvest.audit().path("exit").asInt()).isZero();

      harvest.run().close();

      assertThat(recorded(harvest).path("harvest.page-size").intValue()).isEqualTo(10);
      harvest.set("HARVEST_PAGE_SIZE", "5");
      assertRefused(harvest.command("run"), "harvest.page-size: ");
    }
  }

  @Test
  void ofTwoInstancesThatStartTogetherOneFindsWhatTheOtherWrote() throws Exception {
    try (Harvest harvest = new Harvest(folder, 30, 10)) {
      harvest.runToTheEnd();
      AtomicInteger reads = new AtomicInteger();
      harvest.store.refuse(
          request ->
              request.startsWith("GET") && request.endsWith(FILE) && reads.incrementAndGet() == 1
                  ? 404
                  : 0);
      harvest.set("HARVEST_PAGE_SIZE", "5").set("HARVEST_DATA_DIR", "another");

      assertRefused(harvest.command("run"), "harvest.page-size: ");
      assertThat(recorded(harvest).path("harvest.page-size").intValue()).isEqualTo(10);
    }
  }

  @Test
  void aStoreWithoutConditionalWritesIsWrittenAndReadBack() throws Exception {
    try (Harvest harvest = new Harvest(folder, 30, 10)) {
      harvest.store.takeOnly(
          head -> !FaultyStore.has(head, "if-none-match"), http(501, "", "ETag: \"1\""));
      harvest.runToTheEnd();

      assertThat(recorded(harvest).path("harvest.page-size").intValue()).isEqualTo(10);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "{\"harvest.page-size\":{}}", ""})
  void aFileThatIsNotAJsonObjectIsReportedInOneLine(String content) throws Exception {
    Path file = shared.resolve("store").resolve(FaultyStore.BUCKET + FILE);
    String good = Files.readString(file);
    Files.writeString(file, content);

    assertRefused(done.command("run"), "manifests/harvest.json");
    assertRefused(done.command("audit"), "manifests/harvest.json");
    Files.writeString(file, good);
  }

  @Test
  void aStoreThatAcceptsNothingIsWaitedFor() throws Exception {
    try (Harvest harvest = new Harvest(folder, 30, 10)) {
      harvest.store.refuse(
          request -> request.startsWith("PUT") && request.contains("/manifests/") ? 403 : 0);
      try (LocalInstance run = harvest.run()) {
        harvest.api().awaitState(1, "waiting");
        JsonNode script = harvest.api().script(1);
        assertThat(script.path("waiting_reason").asText()).isEqualTo("store");
        assertThat(script.path("last_error").asText()).contains("403 Refused: by the test");
        assertThat(harvest.portal.requestsTo("/list/1")).isZero();

        harvest.store.heal();
        harvest.awaitManifests(3);
      }
      assertThat(recorded(harvest).path("harvest.pages").intValue()).isEqualTo(3);
    }
  }

  @Test
  void aStoreThatComesBackWithAnotherHarvestEndsTheProgramBeforeAScriptWorks() throws Exception {
    try (Harvest harvest = new Harvest(folder, 30, 10)) {
      harvest.runToTheEnd();
      harvest.store.away();
      harvest.set("HARVEST_PAGE_SIZE", "5").set("HARVEST_DATA_DIR", "another");
      CompletableFuture<LocalCommand> running =
          CompletableFuture.supplyAsync(() -> harvest.command("run"));
      harvest.api().awaitState(1, "waiting");
      harvest.store.back();

      LocalCommand run = running.get();
      assertThat(run.stdout()).contains("the scripts wait for the store: ");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.stderr()).hasLineCount(1).contains("harvest.page-size: ", "10", "5");
      assertThat(harvest.store.count("")).isEqualTo(33);
    }
  }

  @Test
  void aDataFolderOfAnotherBucketIsRefusedUntilItsLedgerIsRestoredFromThisOne() throws Exception {
    try (Harvest harvest = new Harvest(folder, 30, 10)) {
      harvest.runToTheEnd();
      String own = harvest.setting("S3_BUCKET");
      harvest.set("S3_BUCKET", "another-bucket").set("S3_CREATE_BUCKET", "true");
      assertRefused(
          harvest.command("run"),
          "s3.bucket: configured is another-bucket",
          "was filled for " + own,
          "rebuild --force");
      assertRefused(harvest.command("run", "--accept-changes"), "s3.bucket");

      assertThat(recorded(harvest).has("s3.bucket")).as("it may be copied").isFalse();
      Path store = folder.resolve("store");
      Files.move(store.resolve(own), store.resolve("another-bucket"));
      assertThat(harvest.command("rebuild", "--force").exitCode()).isZero();
      int asked = harvest.portal.requests().size();
      harvest.run().close();
      assertThat(harvest.portal.requests().size()).isEqualTo(asked);
    }
  }

  @Test
  void aTotalThatDiffersFromTheConfiguredOneIsInTheStatusFromTheFirstListingOn() throws Exception {
    try (Harvest harvest = new Harvest(folder, 30, 10)) {
      harvest.set("HARVEST_PAGES", "").set("HARVEST_TOTAL_RESULTS", "30");
      harvest.portal.total(453);
      try (LocalInstance run = harvest.run()) {
        harvest.awaitManifests(1);
        assertThat(harvest.api().status().path("portal_total").asInt()).isEqualTo(453);
        assertThat(harvest.api().status().path("warnings").get(0).asText())
            .contains("lists 453 documents", "configured are 30");
      }
      harvest.set("HARVEST_AUTOSTART", "0").set("HARVEST_RESUME", "false");
      try (LocalInstance run = harvest.run()) {
        assertThat(harvest.api().status().path("portal_total").asInt()).isEqualTo(453);
      }
    }
  }

  @Test
  void peersThatCannotWorkTogetherAreReportedAtTheStartAndByTheFleet() throws Exception {
    try (Harvest harvest = new Harvest(folder, 60, 10)) {
      harvest.set("HARVEST_AUTOSTART", "0");
      String first = "http://127.0.0.1:" + harvest.setting("API_PORT");
      try (LocalInstance run = harvest.run()) {
        harvest
            .set("API_PORT", String.valueOf(Ports.free()))
            .set("MANAGEMENT_PORT", String.valueOf(Ports.free()))
            .set("HARVEST_DATA_DIR", "data-2")
            .set("FLEET_PEERS", first);
        try (Launcher twin = harvest.process()) {
          twin.awaitLine("warning: peer " + first + ": harvest.instance-id 1 is used twice");
          JsonNode fleet = harvest.api().get("/api/fleet").json().path("data");
          assertThat(fleet.path("instances")).hasSize(2);
          assertThat(fleet.path("instances").get(1).path("problem").asText())
              .contains("used twice");
          assertThat(fleet.path("total").path("total_pages").asInt()).isEqualTo(6);
        }
      }
    }
  }

  @Test
  void aChangedFilterOfEcourtsIsAnotherHarvest() throws Exception {
    try (Harvest harvest = new Harvest(folder, 30, 10)) {
      harvest
          .set("PORTAL_TYPE", "ecourts")
          .set("PORTAL_URL", harvest.portal.url() + "/")
          .set("HARVEST_AUTOSTART", "0");
      harvest.run().close();
      harvest.set("PORTAL_ECOURTS_STATE_CODE", "27~1");

      assertRefused(
          harvest.command("run"), "portal.ecourts.state-code: configured is 27~1", "nothing");
    }
  }
}
