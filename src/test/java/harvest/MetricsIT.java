package harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Exposition;
import testing.Fault;
import testing.LocalInstance;
import testing.Prometheus;
import testing.ShellCommand;

/** What Prometheus scrapes on the management port. */
class MetricsIT {
  private static final String OPEN_METRICS =
      "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

  @TempDir Path folder;

  /** 40 documents on 4 pages, of which one is gone and one on another host. */
  private Harvest harvest() throws IOException {
    Harvest harvest = new Harvest(folder, 40, 10).set("PORTAL_MAX_ATTEMPTS", "2");
    harvest.portal.page(2, rows(11, "http://127.0.0.2:1/x.pdf"));
    harvest.portal.fault("/doc/3.pdf", Fault.status(404));
    return harvest;
  }

  /** Nine documents and another row. */
  private static String[] rows(int first, String last) {
    return Stream.concat(
            IntStream.range(first, first + 9).mapToObj("/doc/%d.pdf"::formatted), Stream.of(last))
        .toArray(String[]::new);
  }

  private static Api management(Harvest harvest) {
    return Api.management(Integer.parseInt(harvest.setting("MANAGEMENT_PORT")));
  }

  private static String text(Harvest harvest) {
    return management(harvest).get("/observe/metrics").text();
  }

  private static Exposition scraped(Harvest harvest) {
    return new Exposition(text(harvest));
  }

  private static void complete(Harvest harvest) {
    harvest.api().awaitState(1, "completed");
    harvest.api().awaitState(2, "completed");
  }

  private static Map<String, Integer> inLedger(Harvest harvest) {
    Exposition now = scraped(harvest);
    return Map.of(
        "stored", (int) now.value("harvester_documents", "state", "stored"),
        "failed", (int) now.value("harvester_documents", "state", "failed"),
        "rejected", (int) now.value("harvester_documents", "state", "rejected"),
        "left", (int) now.value("harvester_pages", "state", "left"),
        "done", (int) now.value("harvester_pages", "state", "done"));
  }

  private static Map<String, Integer> figures(
      int stored, int failed, int rejected, int left, int done) {
    return Map.of(
        "stored", stored, "failed", failed, "rejected", rejected, "left", left, "done", done);
  }

  private void lose() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void pagesAndDocumentsAreThoseOfTheLedgerWhateverHappensToTheProcess() throws Exception {
    try (Harvest harvest = harvest()) {
      harvest.set("HARVEST_AUTOSTART", "0");
      try (LocalInstance run = harvest.run()) {
        assertThat(inLedger(harvest)).isEqualTo(figures(0, 0, 0, 4, 0));
        harvest.api().post("/api/scripts/start/1");
        harvest.api().awaitState(1, "completed");
        assertThat(inLedger(harvest)).isEqualTo(figures(18, 1, 1, 2, 2));
        harvest.api().post("/api/scripts/start/2");
        complete(harvest);
        assertThat(inLedger(harvest)).isEqualTo(figures(38, 1, 1, 0, 4));
      }
      try (LocalInstance restarted = harvest.run()) {
        assertThat(inLedger(harvest)).isEqualTo(figures(38, 1, 1, 0, 4));
      }
      lose();
      assertThat(harvest.command("rebuild").exitCode()).isZero();
      try (LocalInstance rebuilt = harvest.run()) {
        assertThat(inLedger(harvest)).isEqualTo(figures(38, 1, 1, 0, 4));

        harvest.portal.heal();
        assertThat(harvest.api().post("/api/retry-failed").status()).isEqualTo(202);
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> inLedger(harvest).equals(figures(39, 0, 1, 0, 4)));
        complete(harvest);

        harvest.portal.page(4, rows(31, "/doc/new.pdf"));
        assertThat(harvest.api().post("/api/scripts/2/sweep").status()).isEqualTo(202);
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> inLedger(harvest).equals(figures(40, 0, 1, 0, 4)));
        complete(harvest);
        JsonNode status = harvest.api().status();
        assertThat(status.path("total_files_downloaded").asInt()).isEqualTo(40);
        assertThat(status.path("rejected_downloads").asInt()).isEqualTo(1);
      }
    }
  }

  @Test
  void whatIsServedPassesPrometheusLinter() throws Exception {
    try (Harvest harvest = harvest();
        LocalInstance run = harvest.run()) {
      complete(harvest);
      String text = text(harvest);
      assertThat(new Exposition(text).problems()).isEmpty();
      assertThat(text).contains("camel_exchanges_total{", "jvm_memory_used_bytes{");

      assumeThat(Prometheus.program("promtool"))
          .as("promtool of the package prometheus")
          .isPresent();
      Path scrape = Files.writeString(folder.resolve("scrape"), text);
      ShellCommand check =
          ShellCommand.run(
              Map.of(),
              List.of(
                  "sh",
                  "-c",
                  Prometheus.program("promtool").orElseThrow().toAbsolutePath()
                      + " check metrics <"
                      + scrape));
      assertThat(check.stdout() + check.stderr()).isEmpty();
      assertThat(check.exitCode()).isZero();
    }
  }

  @Test
  void theStateOfTheInstanceIsExposedForAlerting() throws Exception {
    try (Harvest harvest = harvest().set("HARVEST_AUTOSTART", "0").set("PORTAL_RATE", "7");
        LocalInstance run = harvest.run()) {
      Exposition now = scraped(harvest);
      assertThat(now.value("harvester_captchas_waiting")).isZero();
      for (String reason : List.of("captcha", "portal", "store", "robots", "disk")) {
        assertThat(now.value("harvester_scripts_waiting", "reason", reason)).isZero();
      }
      assertThat(now.value("harvester_governor_requests_per_second")).isEqualTo(7);
      assertThat(now.value("harvester_governor_concurrency")).isEqualTo(8);
      assertThat(now.value("harvester_governor_paused")).isZero();
      assertThat(now.value("harvester_machine_cpu_ratio")).isBetween(0.0, 1.0);
      assertThat(now.value("harvester_machine_memory_ratio")).isBetween(0.01, 1.0);
      assertThat(now.value("harvester_disk_free_bytes"))
          .isBetween(1.0, now.value("harvester_disk_size_bytes"));
      for (String check : List.of("ledger", "spool", "store", "progress")) {
        assertThat(now.value("harvester_health", "check", check)).isEqualTo(1);
      }
      assertThat(now.value("harvester_audit_findings")).isZero();
      assertThat(now.value("harvester_audit_end_timestamp_seconds")).isZero();
      double puts = now.value("harvester_store_seconds_count", "operation", "put_object");

      harvest.api().post("/api/scripts/start/1");
      harvest.api().awaitState(1, "completed");
      harvest.api().post("/api/audit");
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> scraped(harvest).value("harvester_audit_end_timestamp_seconds") > 0);
      Exposition then = scraped(harvest);
      assertThat(then.value("harvester_store_seconds_count", "operation", "put_object"))
          .isGreaterThanOrEqualTo(puts + 20); // 18 documents, 2 manifests
      assertThat(then.value("harvester_audit_gaps")).isGreaterThan(0); // pages are not read yet
    }
  }

  /**
   * The format that Prometheus requests by default; in it, a name belongs to one family, of one
   * type.
   */
  @Test
  void noNameIsUsedForTwoTypes() throws Exception {
    try (Harvest harvest = harvest().set("HARVEST_AUTOSTART", "0");
        LocalInstance run = harvest.run()) {
      String text = management(harvest).get("/observe/metrics", "Accept", OPEN_METRICS).text();

      assertThat(text).endsWith("# EOF\n");
      assertThat(
              text.lines()
                  .filter(line -> line.startsWith("# TYPE "))
                  .map(line -> line.split(" ")[2]))
          .doesNotHaveDuplicates();
    }
  }
}
