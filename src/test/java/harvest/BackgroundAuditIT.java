package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.LocalInstance;
import testing.Ports;

/** Audits that an instance runs by itself or on request. */
class BackgroundAuditIT {
  @TempDir private Path folder;

  private static JsonNode state(Harvest harvest) {
    return harvest.api().get("/api/audit").json();
  }

  private static JsonNode awaitLast(Harvest harvest) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !state(harvest).path("last").isNull());
    return state(harvest).path("last");
  }

  @Test
  void aRequestedAuditSurvivesARestartAndIsShownInTheStatus() throws Exception {
    try (Harvest harvest = new Harvest(folder, 12, 4)) {
      harvest.set("HARVEST_AUDIT_INTERVAL", "0");
      harvest.runUntilComplete();
      try (LocalInstance run = harvest.run()) {
        assertThat(state(harvest).path("running").asBoolean(true)).isFalse();
        assertThat(state(harvest).path("last").isNull()).isTrue();
        assertThat(harvest.api().status().path("last_audit").isNull()).isTrue();

        Api.Answer asked = harvest.api().post("/api/audit", "{\"checksums\":true}");
        assertThat(asked.status()).isEqualTo(202);

        JsonNode last = awaitLast(harvest);
        assertThat(last.path("clean").asBoolean()).isTrue();
        assertThat(last.path("stored").asInt()).isEqualTo(12);
        assertThat(last.path("hashes_checked").asInt() + last.path("hashes_unknown").asInt())
            .isEqualTo(12);
        assertThat(last.path("finished").asText())
            .isGreaterThanOrEqualTo(last.path("started").asText());
      }
      Files.delete(folder.resolve("store/judgment-bucket/judgments/doc/1.pdf"));
      try (LocalInstance run = harvest.run()) {
        assertThat(state(harvest).path("last").path("stored").asInt()).isEqualTo(12);
        JsonNode shown = harvest.api().status().path("last_audit");
        assertThat(shown.path("clean").asBoolean()).isTrue();
        assertThat(shown.path("findings").asInt(-1)).isZero();
        String before = shown.path("finished").asText();

        harvest.api().post("/api/audit");
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    !harvest
                        .api()
                        .status()
                        .path("last_audit")
                        .path("finished")
                        .asText()
                        .equals(before));
        JsonNode after = harvest.api().status().path("last_audit");
        assertThat(after.path("clean").asBoolean(true)).isFalse();
        assertThat(after.path("findings").asInt()).isEqualTo(1);
        assertThat(after.path("gaps").asInt()).isEqualTo(1);
      }
    }
  }

  @Test
  void whileAnAuditRunsNoOtherIsStarted() throws Exception {
    try (Harvest harvest = new Harvest(folder, 8, 4)) {
      harvest.set("HARVEST_AUDIT_INTERVAL", "0");
      harvest.runUntilComplete();
      try (LocalInstance run = harvest.run()) {
        harvest.api();
        harvest.store.hang(request -> request.contains("list-type=2"));
        assertThat(harvest.api().post("/api/audit").status()).isEqualTo(202);

        assertThat(harvest.api().post("/api/audit").status()).isEqualTo(409);
        assertThat(state(harvest).path("running").asBoolean()).isTrue();
        harvest.store.heal();
      }
    }
  }

  @Test
  void theScheduleStartsAudits() throws Exception {
    try (Harvest harvest = new Harvest(folder, 8, 4)) {
      harvest.set("HARVEST_AUDIT_INTERVAL", "1s");
      try (LocalInstance run = harvest.run()) {
        String first = awaitLast(harvest).path("finished").asText();
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> !state(harvest).path("last").path("finished").asText().equals(first));
      }
    }
  }

  @Test
  void aPeerThatDidNotAnswerOneAuditIsAskedAgainByTheNext() throws Exception {
    int port = Ports.free();
    try (Harvest harvest = new Harvest(folder, 8, 4)) {
      harvest.set("HARVEST_AUDIT_INTERVAL", "0");
      harvest.runUntilComplete();
      harvest.set("FLEET_PEERS", "http://127.0.0.1:" + port);
      try (LocalInstance run = harvest.run()) {
        Files.writeString(folder.resolve("store/judgment-bucket/judgments/doc/99.pdf"), "%PDF-");
        harvest.api().post("/api/audit");
        JsonNode alone = awaitLast(harvest);
        assertThat(alone.at("/findings/extra").asInt()).isEqualTo(1);

        HttpServer peer = inWork(port, "doc/99.pdf");
        harvest.api().post("/api/audit");
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> !state(harvest).path("last").equals(alone));
        peer.stop(0);
        assertThat(state(harvest).at("/last/findings/extra").asInt(-1)).isZero();
      }
    }
  }

  /** An instance that works on the page of this document. */
  private static HttpServer inWork(int port, String id) throws IOException {
    HttpServer peer = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    byte[] answer =
        "{\"status\":\"success\",\"documents\":[{\"id\":\"%s\",\"page\":9,\"open\":true}]}"
            .formatted(id)
            .getBytes(StandardCharsets.UTF_8);
    peer.createContext(
        "/api/audit/known",
        call -> {
          call.getRequestBody().readAllBytes();
          call.sendResponseHeaders(200, answer.length);
          try (call) {
            call.getResponseBody().write(answer);
          }
        });
    peer.start();
    return peer;
  }

  @Test
  void anInvalidReportDoesNotKeepTheInstanceFromStarting() throws Exception {
    try (Harvest harvest = new Harvest(folder, 8, 4)) {
      harvest.runUntilComplete();
      Files.writeString(folder.resolve("data/audit.json"), "{}");
      try (LocalInstance run = harvest.run()) {
        assertThat(harvest.api().status().path("last_audit").isNull()).isTrue();
      }
    }
  }
}
