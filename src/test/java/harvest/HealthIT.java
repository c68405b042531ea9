package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalCommand;
import testing.LocalInstance;
import testing.Ports;

/** Health and metrics, on the API and on the management port. */
class HealthIT {
  @TempDir Path folder;

  private Harvest idle(int documents) throws IOException {
    return new Harvest(folder, documents, 10).set("HARVEST_AUTOSTART", "0");
  }

  @Test
  void healthFollowsTheStoreAndAStoppedScriptIsHealthy() throws Exception {
    try (Harvest harvest = idle(10);
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      Api management = Api.management(Integer.parseInt(harvest.setting("MANAGEMENT_PORT")));
      assertThat(api.get("/api/health").status()).isEqualTo(200);
      assertThat(management.get("/observe/health").status()).isEqualTo(200);
      assertThat(management.get("/observe/health/ready").status()).isEqualTo(200);

      harvest.store.away();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> api.get("/api/health").status() == 503);
      Api.Answer sick = api.get("/api/health");
      assertThat(sick.json().path("status").asText()).isEqualTo("unhealthy");
      assertThat(sick.json().at("/checks/store/status").asText()).isEqualTo("down");
      assertThat(sick.json().at("/checks/ledger/status").asText()).isEqualTo("up");
      assertThat(management.get("/observe/health").status()).isEqualTo(503);

      harvest.store.back();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> api.get("/api/health").status() == 200);
      assertThat(management.get("/observe/health").status()).isEqualTo(200);
    }
  }

  @Test
  void metricsCountPagesAndDocumentsByOutcomeAndReason() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      harvest.portal.fault("/doc/3.pdf", Fault.status(404));
      harvest.portal.page(2, "/doc/11.pdf", "http://127.0.0.2:1/x.pdf");
      harvest.portal.total(12);
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "completed");
        api.awaitState(2, "completed");
        String metrics =
            Api.management(Integer.parseInt(harvest.setting("MANAGEMENT_PORT")))
                .get("/observe/metrics")
                .text();
        assertThat(metrics)
            .contains("harvester_page_attempts_total{outcome=\"complete\"} 3.0")
            .contains("harvester_attempts_total{outcome=\"stored\",reason=\"none\"} 10.0")
            .contains("harvester_attempts_total{outcome=\"failed\",reason=\"gone\"} 1.0")
            .contains("harvester_attempts_total{outcome=\"rejected\",reason=\"foreign_host\"} 1.0")
            .contains("harvester_scripts{status=\"completed\"} 2.0")
            .contains("harvester_download_seconds_count 13")
            .contains("harvester_upload_seconds_count 10")
            .contains("harvester_download_seconds_bucket{le=\"1.0\"}")
            .contains(
                "harvester_governor_wait_seconds_count 16") // robots.txt, 2 listings, 13 attempts
            .contains("harvester_queue_depth 0.0")
            .contains("harvester_stored_bytes_total ")
            .contains("route_id=\"document\"");
      }
    }
  }

  @Test
  void aManagementPortThatIsTakenIsReportedInOneLine() throws Exception {
    try (Harvest harvest = idle(10);
        var taken = Ports.listen("127.0.0.1", 0)) {
      harvest.set("MANAGEMENT_PORT", String.valueOf(taken.getLocalPort()));
      LocalCommand run = harvest.command("run");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.stderr()).contains("management.port").doesNotContain("\n");
    }
  }
}
