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

/** Audits that an instance makes by itself, or when it is asked. */
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
  void oneThatIsAskedForIsKeptOverARestartAndShownInTheStatus() throws Exception {
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
  void whileOneRunsNoOtherIsStarted() throws Exception {
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
  void theScheduleStartsThemByItself() throws Exception {
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
}
