package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalCommand;
import testing.LocalInstance;

/** Failed documents that are queued again, for the whole program. */
class RetryIT {
  @TempDir private Path folder;

  /** Two scripts of two pages; one document of each page fails, two of the first script's. */
  private Harvest harvest() throws Exception {
    Harvest harvest = new Harvest(folder, 40, 10).set("PORTAL_MAX_ATTEMPTS", "1");
    harvest.portal.fault("/doc/3.pdf", Fault.htmlNamedPdf());
    harvest.portal.fault("/doc/13.pdf", Fault.status(403));
    harvest.portal.fault("/doc/14.pdf", Fault.htmlNamedPdf());
    harvest.portal.fault("/doc/33.pdf", Fault.htmlNamedPdf());
    return harvest;
  }

  private static ConditionFactory eventually() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  @Test
  void retriedDocumentsAreShownBesideTheProgressAndDoNotReduceIt() throws Exception {
    try (Harvest harvest = harvest();
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      api.awaitState(1, "completed");
      api.awaitState(2, "completed");
      harvest.portal.faults(path -> path.equals("/doc/14.pdf") ? Fault.hang() : null);
      harvest.portal.fault("/doc/14.pdf", Fault.hang());

      Api.Answer queued = api.post("/api/retry-failed", "{\"ids\":[\"doc/14.pdf\",\"no/such\"]}");

      assertThat(queued.status()).isEqualTo(202);
      assertThat(queued.json().path("queued").asInt()).isEqualTo(1);
      eventually().until(() -> harvest.portal.requestsTo("/doc/14.pdf") == 2);
      JsonNode script = api.script(1);
      assertThat(script.path("status").asText()).isEqualTo("running");
      assertThat(script.path("completed_pages").asInt()).isEqualTo(2);
      assertThat(script.path("progress_percentage").asDouble()).isEqualTo(100);
      assertThat(script.path("failed_downloads").asInt()).isEqualTo(2);
      assertThat(script.path("retrying_downloads").asInt()).isEqualTo(1);
      assertThat(api.status().path("progress_percentage").asDouble()).isEqualTo(100);
      assertThat(api.status().path("retrying_downloads").asInt()).isEqualTo(1);
      assertThat(harvest.command("status").stdout())
          .containsPattern("running \\(1 retrying\\) +2/2 +100.00%")
          .contains("3 failed (1 retrying)");
      assertThat(api.state(2)).as("it lists none of them").isEqualTo("completed");
    }
  }

  @Test
  void scriptAndReasonNarrowWhatIsQueuedAgain() throws Exception {
    try (Harvest harvest = harvest();
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      api.awaitState(1, "completed");
      api.awaitState(2, "completed");
      harvest.portal.heal();

      assertThat(harvest.command("retry-failed", "--script", "1", "--reason", "not_pdf").stdout())
          .isEqualTo("queued 2 documents");

      api.awaitState(1, "completed");
      assertThat(api.script(1).path("failed_downloads").asInt()).isEqualTo(1);
      assertThat(harvest.portal.requestsTo("/doc/33.pdf")).as("another script's").isEqualTo(1);
      assertThat(api.post("/api/retry-failed", "{\"script\":9}").status()).isEqualTo(404);
      for (String wrong :
          new String[] {
            "{\"reason\":\"sloth\"}",
            "{\"ids\":[]}",
            "{\"ids\":[7]}",
            "{\"ids\":[null]}",
            "{\"ids\":\"doc/3.pdf\"}",
            "{\"script\":\"1\"}",
            "{\"reason\":null}"
          }) {
        assertThat(api.post("/api/retry-failed", wrong).status()).as(wrong).isEqualTo(400);
      }
      LocalCommand unknown = harvest.command("retry-failed", "--reason", "sloth");
      assertThat(unknown.exitCode()).isEqualTo(2);
      assertThat(unknown.stderr().lines())
          .singleElement()
          .asString()
          .contains("\"sloth\"")
          .contains("not_pdf");
    }
  }

  @Test
  void aCompletedScriptProcessesWhatWasQueuedWhileNoInstanceRan() throws Exception {
    try (Harvest harvest = harvest()) {
      harvest.runUntilComplete();
      harvest.portal.heal();

      LocalCommand retry =
          harvest.command("retry-failed", "--id", "doc/3.pdf", "doc/33.pdf", "--script", "2");
      assertThat(retry.exitCode()).isZero();
      assertThat(retry.stdout()).isEqualTo("queued 1 document");
      assertThat(harvest.command("retry-failed", "--script", "7").stderr())
          .isEqualTo("retry-failed: script 7 is not of this instance; expected one of 1-2");

      try (LocalInstance run = harvest.set("HARVEST_AUTOSTART", "0").run()) {
        eventually().until(() -> harvest.row(4, 3).path("state").asText().equals("stored"));
        harvest.api().awaitState(2, "completed");
        assertThat(harvest.api().script(1).path("start_time").isNull()).isTrue();
      }
      assertThat(harvest.portal.requestsTo("/doc/3.pdf")).isEqualTo(1);
    }
  }
}
