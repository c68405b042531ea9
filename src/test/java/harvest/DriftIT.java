package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.Launcher;
import testing.LocalCommand;
import testing.LocalInstance;

/** A portal whose list grows at the front while it is read, so that every document moves back. */
class DriftIT {
  private static final int PAGE_SIZE = 10;

  @TempDir Path folder;

  /** Lists this many new documents before the original forty. */
  private static void grow(Harvest harvest, int newer) {
    List<String> links = new ArrayList<>();
    IntStream.rangeClosed(1, newer).forEach(i -> links.add("/doc/new%d.pdf".formatted(i)));
    IntStream.rangeClosed(1, 40).forEach(i -> links.add("/doc/%d.pdf".formatted(i)));
    for (int first = 0; first < links.size(); first += PAGE_SIZE) {
      List<String> page = links.subList(first, Math.min(links.size(), first + PAGE_SIZE));
      harvest.portal.page(first / PAGE_SIZE + 1, page.toArray(String[]::new));
    }
    harvest.portal.total(links.size());
  }

  private static void sweep(Api api, int script) {
    assertThat(api.post("/api/scripts/" + script + "/sweep").status()).isEqualTo(202);
    api.awaitState(script, "completed");
  }

  private static void awaitLog(Api api, int script, int times, String line) {
    Awaitility.await()
        .alias("\"%s\" in %s".formatted(line, api.logs(script)))
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> api.logs(script).stream().filter(said -> said.contains(line)).count() == times);
  }

  @Test
  void sweepsFetchWhatIsNewUntilOneFindsNothing() throws Exception {
    try (Harvest harvest = new Harvest(folder, 40, PAGE_SIZE);
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      api.awaitState(1, "completed");
      api.awaitState(2, "completed");
      assertThat(harvest.row(3, 1).path("total").asLong()).isEqualTo(40);
      assertThat(harvest.audit().path("drift").toString())
          .isEqualTo("{\"total\":40,\"changed_pages\":0,\"pages\":[],\"listed_twice\":0}");
      assertThat(api.logs(1)).noneMatch(line -> line.contains("sweep"));

      grow(harvest, 7);
      sweep(api, 1);

      JsonNode drift = harvest.audit().path("drift");
      assertThat(drift.path("total").asLong()).isEqualTo(47);
      assertThat(drift.path("changed_pages").asInt()).isEqualTo(2);
      assertThat(drift.path("pages").toString()).isEqualTo("[\"3-4\"]");
      awaitLog(api, 1, 1, "page 1: the portal lists 47 documents now, 7 more than before");
      awaitLog(api, 1, 1, "page 1: 7 documents that were not on it when it was last read, nor on");
      awaitLog(api, 1, 1, "page 2: 7 of its documents were seen before, on page 1: the list has");
      awaitLog(api, 1, 1, "the sweep found 7 documents that were never seen; sweep again until");

      sweep(api, 2);
      awaitLog(api, 2, 1, "the sweep found nothing new: the harvest of pages 3-5 is complete");

      sweep(api, 1);
      awaitLog(api, 1, 1, "the sweep found nothing new: the harvest of pages 1-2 is complete");
      assertThat(api.logs(1)).filteredOn(line -> line.contains("the list has moved")).hasSize(1);
      assertThat(harvest.store.objects("judgments"))
          .hasSize(47)
          .containsKeys("doc/new1.pdf", "doc/new7.pdf", "doc/1.pdf", "doc/40.pdf");
      for (int page = 1; page <= 5; page++) {
        assertThat(harvest.manifest(page)).allMatch(row -> row.path("total").asLong() == 47);
      }
      assertThat(harvest.portal.requestsTo("/doc/40.pdf")).isEqualTo(1);
      JsonNode audit = harvest.audit();
      assertThat(audit.path("exit").asInt()).isZero();
      assertThat(audit.path("drift").path("changed_pages").asInt()).isZero();
      assertThat(metrics(harvest))
          .contains("harvester_drift_total{kind=\"total\"} 2.0")
          .contains("harvester_drift_total{kind=\"new\"} 1.0")
          .contains("harvester_drift_total{kind=\"moved\"} 4.0");
    }
  }

  @Test
  void theLostManifestOfANewPageIsWrittenAgain() throws Exception {
    try (Harvest harvest = new Harvest(folder, 40, PAGE_SIZE)) {
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "completed");
        api.awaitState(2, "completed");
        grow(harvest, 17);
        sweep(api, 1);
        sweep(api, 2);
        assertThat(harvest.audit().path("exit").asInt()).isZero();

        Files.delete(manifest(5));
        Files.delete(manifest(6));
        repair(harvest);

        api.awaitState(2, "completed");
        Awaitility.await().until(() -> Files.exists(manifest(5)) && Files.exists(manifest(6)));
        assertThat(harvest.audit().path("exit").asInt()).isZero();
      }
      Files.delete(manifest(6));
      repair(harvest);
      try (LocalInstance run = harvest.run()) {
        Awaitility.await().until(() -> Files.exists(manifest(6)));
      }
      assertThat(harvest.audit().path("exit").asInt()).isZero();
      assertThat(harvest.portal.requestsTo("/doc/40.pdf")).isEqualTo(1);
    }
  }

  private static void repair(Harvest harvest) {
    LocalCommand audit = harvest.command("audit", "--repair");
    assertThat(audit.exitCode()).as(audit.stdout() + audit.stderr()).isEqualTo(1);
  }

  private Path manifest(int page) {
    return folder.resolve("store/judgment-bucket/manifests/page-%06d.jsonl".formatted(page));
  }

  private static String metrics(Harvest harvest) {
    return Api.management(Integer.parseInt(harvest.setting("MANAGEMENT_PORT")))
        .get("/observe/metrics")
        .text();
  }

  @Test
  void aFirstHarvestDuringWhichTheListGrowsAsksForASweep() throws Exception {
    try (Harvest harvest = new Harvest(folder, 40, PAGE_SIZE).set("HARVEST_SCRIPTS", "1")) {
      harvest.portal.fault("/doc/15.pdf", Fault.hang());
      try (Launcher run = harvest.process()) {
        Api api = harvest.api();
        Awaitility.await().until(() -> harvest.store.count("judgments") == 19);
        run.kill();
      }
      harvest.portal.heal();
      grow(harvest, 3);
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "completed");

        awaitLog(api, 1, 1, "page 2: the portal lists 43 documents now, 3 more than before");
        awaitLog(api, 1, 1, "page 2: 3 of its documents were seen before, on page 1: the list has");
        awaitLog(api, 1, 1, "the portal's total changed during the walk over pages 1-4: sweep");
        sweep(api, 1);
        awaitLog(api, 1, 1, "the sweep found 6 documents that were never seen");
        sweep(api, 1);
        awaitLog(api, 1, 1, "the sweep found nothing new: the harvest of pages 1-5 is complete");
        assertThat(harvest.store.objects("judgments")).hasSize(43);
      }
      assertThat(harvest.audit().path("exit").asInt()).isZero();
      harvest.set("HARVEST_DATA_DIR", "rebuilt");
      assertThat(harvest.command("rebuild").stdout()).startsWith("restored 5 of 5 pages:");
    }
  }

  @Test
  void aPageWhoseFailedDocumentsAreRetriedKeepsTheTimeAndTotalOfItsListing() throws Exception {
    try (Harvest harvest = new Harvest(folder, 40, PAGE_SIZE)) {
      harvest.portal.fault("/doc/3.pdf", Fault.status(404));
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "completed");
        api.awaitState(2, "completed");
        String listedAt = harvest.row(1, 3).path("listed_at").asText();
        harvest.portal.heal();
        harvest.portal.total(39);
        sweep(api, 2);
        api.post("/api/retry-failed");
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> harvest.row(1, 3).path("state").asText().equals("stored"));

        assertThat(harvest.manifest(1))
            .allMatch(row -> row.path("total").asLong() == 40)
            .allMatch(row -> row.path("listed_at").asText().equals(listedAt));
        JsonNode drift = harvest.audit().path("drift"); // its manifest is still the newest
        assertThat(drift.path("total").asLong()).isEqualTo(39);
        assertThat(drift.path("pages").toString()).isEqualTo("[\"1-2\"]");
      }
    }
  }
}
