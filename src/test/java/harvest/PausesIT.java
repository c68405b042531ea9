package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalInstance;

/** The whole program with a portal that holds its requests back. */
@Timeout(120)
class PausesIT {
  @TempDir Path folder;

  @Test
  void aLongRetryAfterOfOneDocumentIsShownAndDoesNotHoldUpAStop() throws Exception {
    try (Harvest harvest = new Harvest(folder, 40, 10)) {
      harvest.portal.fault("/doc/3.pdf", Fault.status(429, "Retry-After: 315360000"));
      Instant start = Instant.now();
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "waiting");
        api.awaitState(2, "waiting");

        assertHeld(api, "answered 429 with Retry-After: 315360000, to /doc/3.pdf");
        Instant until = Instant.parse(api.status().path("governor").path("paused_until").asText());
        assertThat(Duration.between(start, until)).isLessThan(Duration.ofMinutes(62));
        assertThat(api.script(1).path("failed_downloads").asInt()).isZero();

        api.post("/api/scripts/stop-all");
        api.awaitState(1, "stopped");
        api.awaitState(2, "stopped");
      }
    }
  }

  @Test
  void aCrawlDelayOfADayIsShown() throws Exception {
    try (Harvest harvest = new Harvest(folder, 40, 10)) {
      harvest.portal.robots("User-agent: *", "Crawl-delay: 86000");
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "waiting");

        assertHeld(api, "/robots.txt asks for 86000 s between two requests (Crawl-delay)");
      }
    }
  }

  private static void assertHeld(Api api, String words) throws Exception {
    JsonNode governor = api.status().path("governor");
    assertThat(governor.path("reason").asText()).contains(words);
    JsonNode script = api.script(1);
    assertThat(script.path("waiting_reason").asText()).isEqualTo("portal");
    assertThat(script.path("last_error").asText())
        .contains(governor.path("reason").asText())
        .contains(governor.path("paused_until").asText().substring(0, 19));
  }

  @Test
  void whenThePauseIsOverTheScriptsContinueByThemselves() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      harvest.portal.faultFirst("/list/1", 1, Fault.status(429, "Retry-After: 32"));
      harvest.set("HARVEST_SCRIPTS", "1");
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "waiting");
        assertHeld(api, "with Retry-After: 32");
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> api.script(1).path("status").asText().equals("completed"));
        assertThat(api.script(1).path("last_error").isNull()).isTrue();
        assertThat(api.status().path("governor").path("paused_until").isNull()).isTrue();
        assertThat(api.status().path("governor").path("reason").isNull()).isTrue();
        assertThat(api.status().path("governor").path("rate").isNumber()).isTrue();
      }
    }
  }

  @Test
  void aPauseIsLoggedOnceHoweverManyScriptsAndRequestsMeetIt() throws Exception {
    try (Harvest harvest = new Harvest(folder, 40, 10)) {
      CountDownLatch several = new CountDownLatch(3);
      Fault busy = Fault.status(429, "Retry-After: 600");
      Fault busyWhenSeveralAsk =
          (socket, good) -> {
            several.countDown();
            Awaitility.await().until(() -> several.getCount() == 0);
            return busy.answer(socket, good);
          };
      harvest.portal.faults(path -> path.startsWith("/doc/") ? busyWhenSeveralAsk : null);
      harvest.set("HARVEST_SCRIPTS", "4").set("PORTAL_CONCURRENCY", "16");
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        for (int script = 1; script <= 4; script++) {
          api.awaitState(script, "waiting");
        }
      }
      assertThat(Files.readAllLines(folder.resolve("data/logs/instance.log")))
          .filteredOn(line -> line.contains(" WARN "))
          .singleElement()
          .asString()
          .contains("answered 429 with Retry-After: 600, to /doc/");
    }
  }
}
