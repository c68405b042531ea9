package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalCommand;
import testing.LocalInstance;

/** Failed documents that a person accepts, for the whole program. */
class AcceptIT {
  private static final String NOTE = "the portal's file is broken; told them on Monday";

  @TempDir private Path folder;

  private Harvest harvest() throws Exception {
    Harvest harvest = new Harvest(folder, 40, 10).set("PORTAL_MAX_ATTEMPTS", "1");
    harvest.portal.fault("/doc/3.pdf", Fault.htmlNamedPdf());
    harvest.portal.fault("/doc/13.pdf", Fault.status(403));
    harvest.portal.fault("/doc/33.pdf", Fault.htmlNamedPdf());
    return harvest;
  }

  private static void awaitRow(Harvest harvest, int page, boolean accepted) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> harvest.row(page, 3).has("accepted_at") == accepted);
  }

  private static void awaitCompleted(Api api) {
    api.awaitState(1, "completed");
    api.awaitState(2, "completed");
  }

  @Test
  void acceptedFailuresAreLeftAloneUntilTheyAreRetriedById() throws Exception {
    try (Harvest harvest = harvest()) {
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        awaitCompleted(api);
        assertThat(harvest.audit().path("findings").path("retryable").asInt()).isEqualTo(3);

        LocalCommand byReason = harvest.command("accept", "--reason", "not_pdf", "--note", NOTE);
        assertThat(byReason.stdout()).isEqualTo("accepted 2 documents");
        awaitRow(harvest, 1, true);
        awaitRow(harvest, 4, true);
        awaitCompleted(api);
        JsonNode row = harvest.row(1, 3);
        assertThat(row.path("state").asText()).isEqualTo("failed");
        assertThat(row.path("reason").asText()).isEqualTo("not_pdf");
        assertThat(row.path("note").asText()).isEqualTo(NOTE);
        JsonNode failure = api.get("/api/failures?script=1").json().at("/failures/0");
        assertThat(failure.path("accepted_at")).isEqualTo(row.path("accepted_at"));
        assertThat(failure.path("note").asText()).isEqualTo(NOTE);
        JsonNode audit = harvest.audit();
        assertThat(audit.path("findings").path("retryable").asInt()).isEqualTo(1);
        assertThat(audit.path("gaps").path("not_pdf").asInt()).isEqualTo(2);

        harvest.command("accept", "--id", "doc/13.pdf", "doc/3.pdf", "--note", "forbidden");
        awaitRow(harvest, 2, true);
        assertThat(harvest.row(1, 3).path("note").asText()).as("accepted before").isEqualTo(NOTE);
        audit = harvest.audit();
        assertThat(audit.path("exit").asInt()).isZero();
        assertThat(audit.path("complete").asBoolean()).isFalse();
        assertThat(audit.path("gaps").path("http_403").asInt()).isEqualTo(1);
      }
      harvest.portal.heal();
      try (LocalInstance again = harvest.run()) {
        Api api = harvest.api();
        assertThat(api.post("/api/retry-failed").json().path("queued").asInt()).isZero();
        int listings = harvest.portal.requestsTo("/list/1");
        assertThat(harvest.command("sweep", "--all").exitCode()).isZero();
        awaitCompleted(api);
        assertThat(harvest.portal.requestsTo("/list/1")).isGreaterThan(listings);
        assertThat(harvest.portal.requestsTo("/doc/3.pdf")).as("left alone").isEqualTo(1);
        assertThat(harvest.row(1, 3).path("note").asText()).isEqualTo(NOTE);
        assertThat(harvest.audit().path("exit").asInt()).isZero();

        assertThat(harvest.command("retry-failed", "--id", "doc/3.pdf").stdout())
            .isEqualTo("queued 1 document");
        awaitRow(harvest, 1, false);
        assertThat(harvest.row(1, 3).path("state").asText()).isEqualTo("stored");
        assertThat(harvest.row(4, 3).path("note").asText()).isEqualTo(NOTE);
      }
    }
  }

  @Test
  void aRetriedFailureThatFailsAgainIsNoLongerAccepted() throws Exception {
    try (Harvest harvest = harvest();
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      awaitCompleted(api);
      assertThat(api.post("/api/accept", "{\"script\":1,\"note\":\"x\"}").json().path("accepted"))
          .hasToString("2");
      awaitRow(harvest, 1, true);
      awaitRow(harvest, 2, true);

      api.post("/api/retry-failed", "{\"ids\":[\"doc/3.pdf\"]}");
      awaitRow(harvest, 1, false);
      assertThat(harvest.row(1, 3).path("reason").asText()).isEqualTo("not_pdf");
      assertThat(harvest.audit().path("findings").path("retryable").asInt()).isEqualTo(2);
    }
  }

  @Test
  void aLedgerRestoredFromTheBucketKnowsWhatIsAccepted() throws Exception {
    try (Harvest harvest = harvest()) {
      try (LocalInstance run = harvest.run()) {
        awaitCompleted(harvest.api());
        harvest.command("accept", "--id", "doc/3.pdf", "--note", NOTE);
        awaitRow(harvest, 1, true);
        awaitCompleted(harvest.api());
      }
      assertThat(harvest.command("rebuild", "--force").exitCode()).isZero();

      assertThat(harvest.command("retry-failed").stdout()).isEqualTo("queued 2 documents");
      assertThat(harvest.command("retry-failed", "--id", "doc/3.pdf").stdout())
          .isEqualTo("queued 1 document");
    }
  }

  @Test
  void aNoteIsRequiredAndOneOfReasonScriptAndIds() throws Exception {
    try (Harvest harvest = harvest();
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      for (String wrong :
          List.of(
              "{}",
              "{\"note\":\"x\"}",
              "{\"reason\":\"not_pdf\"}",
              "{\"reason\":\"not_pdf\",\"note\":\" \"}",
              "{\"reason\":\"not_pdf\",\"note\":7}",
              "{\"reason\":\"not_pdf\",\"note\":\"" + "x".repeat(1001) + "\"}",
              "{\"reason\":\"sloth\",\"note\":\"x\"}",
              "{\"ids\":[],\"note\":\"x\"}")) {
        assertThat(api.post("/api/accept", wrong).status()).as(wrong).isEqualTo(400);
      }
      assertThat(api.post("/api/accept", "{\"script\":9,\"note\":\"x\"}").status()).isEqualTo(404);
      for (List<String> wrong :
          List.of(
              List.of("accept"),
              List.of("accept", "--note", "x"),
              List.of("accept", "--reason", "not_pdf"),
              List.of("accept", "1", "--note", "x"),
              List.of("accept", "1", "--reason", "not_pdf", "--note", "x"),
              List.of("accept", "--reason", "sloth", "--note", "x"))) {
        LocalCommand command = harvest.command(wrong.toArray(String[]::new));
        assertThat(command.exitCode()).as("%s", wrong).isEqualTo(2);
        assertThat(command.stderr().lines()).singleElement().asString().startsWith("accept: ");
      }
    }
  }
}
