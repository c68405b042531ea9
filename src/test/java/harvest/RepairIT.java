package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalCommand;
import testing.LocalInstance;
import testing.Ports;

/** A damaged bucket is reported in every detail, and repaired. */
class RepairIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DOCUMENTS = 28;

  @TempDir private Path folder;

  private Path object(String key) {
    return folder.resolve("store/judgment-bucket").resolve(key);
  }

  private Path document(int number) {
    return object("judgments/doc/" + number + ".pdf");
  }

  private Path manifest(int page) {
    return object("manifests/page-%06d.jsonl".formatted(page));
  }

  /** Pages of four documents: page 1 has 1 to 4. */
  private void damage() throws Exception {
    Files.delete(document(1));
    Files.write(document(5), "short".getBytes(StandardCharsets.US_ASCII));
    byte[] bytes = Files.readAllBytes(document(6));
    bytes[bytes.length / 2] ^= 1;
    Files.write(document(6), bytes);
    Files.write(object("judgments/stray.pdf"), new byte[] {1});
    Files.write(object("manifests/notes.txt"), new byte[] {1});
    Files.delete(manifest(3));
    Files.writeString(manifest(4), "nonsense\n");
    List<String> rows = Files.readAllLines(manifest(6));
    Files.write(manifest(6), rows.subList(0, 3));
  }

  private static void assertEachFoundOnce(JsonNode report) {
    assertThat(report.path("clean").asBoolean(true)).isFalse();
    JsonNode findings = report.path("findings");
    assertThat(findings.toString())
        .isEqualTo(
            "{\"missing\":1,\"wrong_size\":1,\"wrong_hash\":1,\"extra\":11,\"no_manifest\":1,"
                + "\"bad_manifest\":1,\"retryable\":1,\"rows_missing\":9,\"short_page\":1}");
    List<String> named = new ArrayList<>();
    report
        .path("examples")
        .forEach(
            example ->
                named.add(
                    example.path("finding").asText()
                        + " "
                        + example.path("key").asText(example.path("page").asText())));
    assertThat(named)
        .doesNotHaveDuplicates()
        .contains(
            "missing judgments/doc/1.pdf",
            "wrong_size judgments/doc/5.pdf",
            "wrong_hash judgments/doc/6.pdf",
            "extra judgments/stray.pdf",
            "extra manifests/notes.txt",
            "no_manifest 3",
            "bad_manifest 4",
            "retryable judgments/doc/18.pdf",
            "short_page 6");
  }

  private Harvest harvest() throws Exception {
    Harvest harvest = new Harvest(folder, DOCUMENTS, 4);
    harvest.portal.fault("/doc/18.pdf", Fault.status(500));
    return harvest;
  }

  private static JsonNode audit(Harvest harvest, int exit, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("audit", "--json", "--deep"));
    command.addAll(List.of(options));
    LocalCommand audit = harvest.command(command.toArray(String[]::new));
    assertThat(audit.exitCode()).as(audit.stdout() + audit.stderr()).isEqualTo(exit);
    return JSON.readTree(audit.stdout());
  }

  @Test
  void everyDamageIsNamedOnceAndRepairedByTheNextRun() throws Exception {
    try (Harvest harvest = harvest()) {
      harvest.runUntilComplete();
      harvest.portal.heal();
      damage();
      assertEachFoundOnce(audit(harvest, 1));
      int requests = harvest.portal.requests().size();

      assertEachFoundOnce(audit(harvest, 1, "--repair", "--delete-extra"));
      assertThat(document(28)).as("nothing is deleted while manifests are lacking").exists();
      assertThat(object("judgments/stray.pdf")).exists();
      assertThat(harvest.portal.requests())
          .as("the audit itself fetches nothing")
          .hasSize(requests);

      harvest.runUntilComplete();

      List<String> fetched =
          harvest.portal.requests().stream()
              .skip(requests)
              .map(request -> request.path())
              .filter(path -> !path.equals("/robots.txt"))
              .sorted()
              .toList();
      assertThat(fetched)
          .as("what is needed and nothing else")
          .containsExactly(
              "/doc/1.pdf",
              "/doc/18.pdf",
              "/doc/5.pdf",
              "/doc/6.pdf",
              "/list/3",
              "/list/4",
              "/list/6",
              "/list/7");
      assertThat(audit(harvest, 1).path("findings").path("extra").asInt()).isEqualTo(2);
      LocalCommand deletion = harvest.command("audit", "--repair", "--delete-extra");
      assertThat(deletion.stdout())
          .contains("  judgments/stray.pdf", "  manifests/notes.txt", "deleted 2");
      assertThat(audit(harvest, 0).path("hashes_checked").asInt()).isEqualTo(DOCUMENTS);
    }
  }

  @Test
  void aRunningInstanceRepairsItAtOnce() throws Exception {
    try (Harvest harvest = harvest()) {
      harvest.runUntilComplete();
      harvest.portal.heal();
      damage();

      try (LocalInstance run = harvest.run()) {
        harvest.api().awaitState(1, "completed");
        assertEachFoundOnce(audit(harvest, 1, "--repair"));

        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    Files.size(document(5)) > 5
                        && harvest
                            .audit()
                            .path("findings")
                            .toString()
                            .equals(
                                "{\"missing\":0,\"wrong_size\":0,\"wrong_hash\":0,\"extra\":2,\"no_manifest\":0,"
                                    + "\"bad_manifest\":0,\"retryable\":0,\"rows_missing\":0,\"short_page\":0}"));
        harvest.command("audit", "--repair", "--delete-extra");
        audit(harvest, 0);
      }
    }
  }

  @Test
  void aPageWhoseManifestLacksAStoredDocumentIsListedAgain() throws Exception {
    try (Harvest harvest = new Harvest(folder, 8, 4)) {
      harvest.runUntilComplete();
      List<String> rows = new ArrayList<>(Files.readAllLines(manifest(1)));
      rows.set(
          1,
          "{\"id\":\"x\",\"row\":2,\"url\":\"mailto:x\",\"state\":\"rejected\",\"reason\":\"bad_address\"}");
      Files.write(manifest(1), rows);

      JsonNode findings = audit(harvest, 1, "--repair", "--delete-extra").path("findings");
      assertThat(findings.path("extra").asInt()).isEqualTo(1);
      harvest.runUntilComplete();

      assertThat(Files.readString(manifest(1))).contains("doc/2.pdf");
      audit(harvest, 0);
    }
  }

  @Test
  void anObjectThatWasLostWithItsPagesManifestComesBackWithTheSameRepair() throws Exception {
    try (Harvest harvest = new Harvest(folder, 12, 4)) {
      harvest.runUntilComplete();
      for (int page = 1; page <= 3; page++) {
        Files.delete(document(4 * page));
      }
      Files.write(document(1), "short".getBytes(StandardCharsets.US_ASCII));
      Files.delete(manifest(1));
      Files.writeString(manifest(2), "nonsense\n");
      Files.write(manifest(3), Files.readAllLines(manifest(3)).subList(0, 3));

      audit(harvest, 1, "--repair");
      int requests = harvest.portal.requests().size();
      harvest.runUntilComplete();

      assertThat(harvest.portal.requests().stream().skip(requests).map(request -> request.path()))
          .contains("/doc/1.pdf", "/doc/4.pdf", "/doc/8.pdf", "/doc/12.pdf")
          .doesNotContain("/doc/2.pdf", "/doc/5.pdf", "/doc/9.pdf");
      audit(harvest, 0);
    }
  }

  @Test
  void aPlanThatIsTooShortIsRepairedByTheLastScript() throws Exception {
    try (Harvest harvest = new Harvest(folder, 18, 4)) {
      harvest.set("HARVEST_PAGES", "3");
      harvest.runToTheEnd(3);

      JsonNode report = audit(harvest, 1, "--repair");
      assertThat(report.path("findings").path("rows_missing").asInt()).isEqualTo(6);
      assertThat(report.path("complete").asBoolean(true)).isFalse();
      harvest.runUntilComplete();

      assertThat(audit(harvest, 0, "--all").path("pages").asInt()).isEqualTo(5);
    }
  }

  @Test
  void thePagesOfAnotherInstanceAreRepairedThroughItsApi() throws Exception {
    try (Harvest harvest = new Harvest(folder, 16, 4)) {
      harvest.set("HARVEST_INSTANCES", "2");
      int port = Ports.free();
      int management = Ports.free();
      Map<String, String> second =
          Map.of(
              "HARVEST_INSTANCE_ID",
              "2",
              "HARVEST_DATA_DIR",
              "data-2",
              "API_PORT",
              String.valueOf(port),
              "MANAGEMENT_PORT",
              String.valueOf(management));
      try (LocalInstance run = harvest.run()) {
        harvest.api().awaitState(1, "completed");
      }
      try (LocalInstance run = harvest.run(second)) {
        Api.at(port).awaitState(2, "completed");
        harvest.set("FLEET_PEERS", "http://127.0.0.1:" + port);
        Files.delete(document(1));
        Files.delete(document(13));
        Files.delete(manifest(3));

        JsonNode findings = audit(harvest, 1, "--all", "--repair").path("findings");
        assertThat(findings.path("missing").asInt()).isEqualTo(2);
        assertThat(findings.path("no_manifest").asInt()).isEqualTo(1);
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> Files.exists(document(13)) && Files.exists(manifest(3)));
        Api.at(port).awaitState(2, "completed");
        assertThat(document(1)).as("its own instance is not running").doesNotExist();
      }
      try (LocalInstance run = harvest.run()) {
        harvest.api().awaitState(1, "completed");
      }
      audit(harvest, 0, "--all");
    }
  }

  @Test
  void documentsOfAPageInProgressAreNotExtraWhetherAnInstanceRunsOrNot() throws Exception {
    try (Harvest harvest = new Harvest(folder, 8, 4)) {
      harvest.portal.fault("/doc/2.pdf", Fault.status(503, "Retry-After: 20"));
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> !api.status().path("governor").path("paused_until").isNull());
        Awaitility.await() // what was under way is in the bucket, and on record
            .atMost(Duration.ofSeconds(15))
            .until(
                () ->
                    harvest.store.count("judgments") >= 1
                        && harvest.store.count("judgments")
                            == api.status().path("total_files_downloaded").asInt());
        assertThat(harvest.audit().path("findings").path("extra").asInt()).isZero();
      }
      JsonNode report = harvest.audit();
      assertThat(report.path("findings").path("extra").asInt()).isZero();
      assertThat(report.path("findings").path("no_manifest").asInt()).isPositive();
    }
  }

  @Test
  void ifThereIsNobodyToRepairItOneLineSaysSo() throws Exception {
    try (Harvest harvest = new Harvest(folder, 4, 2)) {
      harvest.runUntilComplete();
      harvest.set("HARVEST_DATA_DIR", "elsewhere");

      LocalCommand audit = harvest.command("audit", "--repair");
      assertThat(audit.exitCode()).isEqualTo(2);
      assertThat(audit.stderr()).contains("harvest.data-dir").hasLineCount(1);
      assertThat(folder.resolve("elsewhere")).doesNotExist();
      assertThat(harvest.command("audit", "--delete-extra").exitCode()).isEqualTo(2);
    }
  }
}
