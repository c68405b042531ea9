package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ledger.Ledger;
import ledger.PageCounts;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.Launcher;
import testing.LedgerRows;
import testing.LocalCommand;
import testing.LocalInstance;

/** A data folder is lost, and the ledger is restored from the bucket. */
class RebuildIT {
  @TempDir Path folder;

  private void lose() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static Set<String> stored(Harvest harvest) throws IOException {
    return harvest.store.objects("judgments").keySet().stream()
        .map(key -> "/" + key)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Path manifest(int page) {
    return folder.resolve("store/judgment-bucket/manifests/page-%06d.jsonl".formatted(page));
  }

  @Test
  void afterALossMidHarvestNothingThatIsStoredIsFetchedAgain() throws Exception {
    try (Harvest harvest = new Harvest(folder, 400, 20)) {
      harvest.set("PORTAL_RATE", "60").set("HARVEST_SCRIPTS", "4");
      try (Launcher run = harvest.process()) {
        harvest.awaitManifests(6);
        Awaitility.await().until(() -> harvest.store.count("judgments") % 20 > 5);
        run.kill();
      }
      lose();
      Set<String> stored = stored(harvest);
      int closed = (int) harvest.store.count("manifests");

      LocalCommand rebuild = harvest.command("rebuild");
      assertThat(rebuild.stderr()).isEmpty();
      assertThat(rebuild.exitCode()).isZero();
      assertThat(rebuild.stdout()).contains("restored %d of 20 pages".formatted(closed));
      int asked = harvest.portal.requests().size();
      harvest.set("PORTAL_RATE", "0").runUntilComplete();

      List<String> since =
          harvest.portal.requests().stream().skip(asked).map(request -> request.path()).toList();
      assertThat(since).doesNotContainAnyElementsOf(stored);
      assertThat(since.stream().filter(path -> path.startsWith("/list"))).hasSize(20 - closed);
      assertThat(harvest.audit().path("exit").asInt()).isZero();
      assertThat(harvest.row(20, 20).path("sha256").asText()).hasSize(64);
      assertThat(stored(harvest)).hasSize(400);
    }
  }

  @Test
  void anEmptyLedgerBesideManifestsOfItsPagesIsReportedWithRebuild() throws Exception {
    try (Harvest harvest = new Harvest(folder, 30, 10)) {
      try (Launcher first = harvest.process()) {
        first.awaitLine("dashboard").terminate();
        assertThat(first.exitCode()).isZero();
        assertThat(first.stdout()).doesNotContain("rebuild");
      }
      harvest.runUntilComplete();
      lose();

      try (Launcher again = harvest.process()) {
        again.awaitLine("manifests/page-000001.jsonl: stop, and rebuild restores it").terminate();
        assertThat(again.exitCode()).isZero();
      }
    }
  }

  @Test
  void theLedgerIsAsItWas() throws Exception {
    try (Harvest harvest = new Harvest(folder, 30, 10)) {
      harvest.set("PORTAL_MAX_ATTEMPTS", "2");
      harvest.portal.faults(
          path ->
              switch (path) {
                case "/doc/2.pdf", "/doc/3.pdf" -> Fault.status(404);
                case "/doc/12.pdf" -> Fault.status(403);
                case "/doc/13.pdf" -> Fault.empty();
                default -> null;
              });
      harvest.runUntilComplete();
      assertThat(harvest.row(1, 1).path("http_status").asInt()).as("stored").isEqualTo(200);
      assertThat(harvest.row(1, 2).path("http_status").asInt()).isEqualTo(404);
      assertThat(harvest.row(2, 2).path("http_status").asInt()).isEqualTo(403);
      assertThat(harvest.row(2, 3).path("http_status").asInt()).as("empty").isEqualTo(200);
      List<String> before = content();
      lose();

      assertThat(harvest.command("rebuild").exitCode()).isZero();

      assertThat(content()).isEqualTo(before);
      LocalCommand again = harvest.command("rebuild");
      assertThat(again.exitCode()).isEqualTo(2);
      assertThat(again.stderr()).contains("is not empty", "--force").doesNotContain("\n");
      assertThat(content()).isEqualTo(before);
      Files.writeString(folder.resolve("data/ledger.db"), "damaged");
      assertThat(harvest.command("rebuild").exitCode()).isEqualTo(2);
      assertThat(harvest.command("rebuild", "--force").exitCode()).isZero();
      assertThat(content()).isEqualTo(before);
      assertThat(folder.resolve("data/ledger.replaced.db")).hasContent("damaged");

      harvest.portal.heal();
      assertThat(harvest.command("retry-failed").stdout()).contains("queued 4 documents");
      harvest.runUntilComplete();
      assertThat(harvest.audit().path("stored").asInt()).isEqualTo(30);
    }
  }

  private List<String> content() {
    try (Ledger ledger = Ledger.open(folder.resolve("data/ledger.db"))) {
      PageCounts counts = ledger.pages().tally(1, 10);
      return Stream.concat(
              Stream.of(
                  counts.toString(),
                  ledger.sweeps().walk(1, 10).toString(),
                  String.valueOf(ledger.pages().nextOpen(1))),
              Stream.concat(
                  LedgerRows.unstored(ledger, 1, 10).stream()
                      .map(
                          row ->
                              String.join(
                                  " ",
                                  String.valueOf(row.page()),
                                  String.valueOf(row.row()),
                                  row.id(),
                                  row.url(),
                                  row.title(),
                                  row.state().word(),
                                  row.reason())),
                  Stream.of("doc/1.pdf", "doc/2.pdf", "doc/12.pdf", "doc/30.pdf")
                      .map(id -> ledger.documents().find(id).orElseThrow())
                      .map(
                          known ->
                              known.id()
                                  + known.page()
                                  + known.state()
                                  + known.size()
                                  + known.sha256()
                                  + known.reason()
                                  + known.httpStatus())))
          .toList();
    }
  }

  @Test
  void aDamagedManifestIsNamedAndItsPageListedAgain() throws Exception {
    try (Harvest harvest = new Harvest(folder, 30, 10)) {
      harvest.runUntilComplete();
      lose();
      Files.write(manifest(2), "{\"id\":\"do".getBytes(StandardCharsets.UTF_8));
      int asked = harvest.portal.requests().size();

      LocalCommand rebuild = harvest.command("rebuild");
      assertThat(rebuild.exitCode()).isZero();
      assertThat(rebuild.stderr())
          .contains("page 2", "manifests/page-000002.jsonl")
          .doesNotContain("\n");
      harvest.runUntilComplete();

      assertThat(harvest.portal.requests().size() - asked).as("robots.txt, page 2").isEqualTo(2);
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void anotherHarvestIsNotRestored() throws Exception {
    try (Harvest harvest = new Harvest(folder, 30, 10)) {
      harvest.runUntilComplete();
      lose();
      harvest.set("HARVEST_PAGE_SIZE", "15");

      LocalCommand rebuild = harvest.command("rebuild");

      assertThat(rebuild.exitCode()).isEqualTo(2);
      assertThat(rebuild.stderr()).contains("harvest.page-size", "10", "15").doesNotContain("\n");
      assertThat(folder.resolve("data/ledger.db")).doesNotExist();
    }
  }

  @Test
  void onlyTheInstancesOwnPagesAreRestored() throws Exception {
    try (Harvest harvest = new Harvest(folder, 40, 10)) {
      harvest.set("HARVEST_INSTANCES", "2");
      for (int instance = 1; instance <= 2; instance++) {
        harvest.set("HARVEST_INSTANCE_ID", String.valueOf(instance));
        try (LocalInstance run = harvest.run()) {
          harvest.awaitManifests(2 * instance);
        }
        lose();
      }

      assertThat(harvest.command("rebuild").stdout()).contains("restored 2 of 2 pages");

      try (Ledger ledger = Ledger.open(folder.resolve("data/ledger.db"))) {
        assertThat(ledger.pages().tally(1, 2).stored()).isZero();
        assertThat(ledger.pages().tally(3, 4).stored()).isEqualTo(20);
      }
    }
  }
}
