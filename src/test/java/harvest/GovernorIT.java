package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import testing.LocalInstance;

/** The limits of requests to the portal, changed while the program runs, and its hours. */
@Timeout(120)
class GovernorIT {
  private static final String PATH = "/api/governor";

  @TempDir Path folder;

  private static Api.Answer put(Api api, String body) {
    return api.send("PUT", PATH, body, "Content-Type", "application/json");
  }

  @Test
  void rateAndConcurrencyCanChangeDuringAHarvest() throws Exception {
    try (Harvest harvest = new Harvest(folder, 40, 10)) {
      harvest.set("PORTAL_RATE", "0.001").set("PORTAL_MAX_RATE", "500");
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        Awaitility.await().until(() -> harvest.portal.requests().size() == 1);

        JsonNode changed = put(api, "{\"rate\":400,\"concurrency\":3}").json();
        assertThat(changed.path("status").asText()).isEqualTo("success");
        assertThat(changed.path("governor")).isEqualTo(api.status().path("governor"));
        assertThat(changed.path("governor").path("rate").asDouble()).isEqualTo(400);
        assertThat(changed.path("governor").path("concurrency").asInt()).isEqualTo(3);
        harvest.awaitManifests(4);

        put(api, "{\"rate\":0.5}");
        JsonNode shown = api.get(PATH).json().path("governor");
        assertThat(shown.path("rate").asDouble()).isEqualTo(0.5);
        assertThat(shown.path("concurrency").asInt()).as("left as it was").isEqualTo(3);
      }
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void anInvalidChangeIsReportedAndChangesNothing() throws Exception {
    try (Harvest harvest = new Harvest(folder, 10, 10)) {
      harvest.set("PORTAL_RATE", "3").set("PORTAL_MAX_RATE", "8").set("HARVEST_AUTOSTART", "0");
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        JsonNode before = api.status().path("governor");
        for (String body :
            List.of(
                "",
                "[]",
                "{}",
                "{\"rate\":null}",
                "{\"rate\":-1}",
                "{\"rate\":0}",
                "{\"rate\":0.0001}",
                "{\"rate\":8.5}",
                "{\"rate\":1e999999999}",
                "{\"rate\":1e-999999999}",
                "{\"rate\":\"fast\"}",
                "{\"rate\":true}",
                "{\"concurrency\":0}",
                "{\"concurrency\":10001}",
                "{\"concurrency\":2.5}",
                "{\"rate\":2,\"concurrency\":0}",
                "{\"speed\":2}")) {
          Api.Answer answer = put(api, body);

          assertThat(answer.status()).as(body).isEqualTo(400);
          assertThat(answer.json().path("message").asText()).as(body).isNotBlank();
        }
        assertThat(api.status().path("governor")).isEqualTo(before);
      }
    }
  }

  @Test
  void theReadKeyChangesNothing() throws Exception {
    try (Harvest harvest = new Harvest(folder, 10, 10)) {
      harvest.set("API_KEY", "all").set("API_READ_KEY", "some").set("HARVEST_AUTOSTART", "0");
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        assertThat(api.send("PUT", PATH, "{\"rate\":1}", "X-API-Key", "some").status())
            .isEqualTo(403);
        assertThat(api.send("GET", PATH, null, "X-API-Key", "some").status()).isEqualTo(200);
        assertThat(
                api.send(
                        "PUT",
                        PATH,
                        "{\"rate\":1}",
                        "X-API-Key",
                        "all",
                        "Origin",
                        "http://evil.example")
                    .status())
            .isEqualTo(403);
      }
    }
  }

  @Test
  void outsideItsHoursThePortalGetsNoRequestsAndThatIsShownEverywhere() throws Exception {
    LocalTime now = LocalTime.now(ZoneOffset.UTC);
    DateTimeFormatter minutes = DateTimeFormatter.ofPattern("HH:mm");
    String hours =
        now.plusHours(2).format(minutes) + "-" + now.plusHours(3).format(minutes) + " UTC";
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      harvest.set("PORTAL_HOURS", hours);
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        for (int script = 1; script <= 2; script++) {
          api.awaitState(script, "waiting");
          assertThat(api.script(script).path("waiting_reason").asText()).isEqualTo("portal");
          assertThat(api.script(script).path("last_error").asText())
              .contains("portal.hours allows requests only " + hours)
              .contains("requests wait until");
        }
        assertThat(api.status().path("governor").path("reason").asText()).contains("portal.hours");
        assertThat(harvest.portal.requests()).isEmpty();

        api.post("/api/scripts/stop-all");
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> api.state(1).equals("stopped") && api.state(2).equals("stopped"));
      }
      assertThat(harvest.portal.requests()).isEmpty();
    }
  }
}
