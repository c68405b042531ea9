package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.LocalInstance;

/** The history of the dashboards: across restarts, and with its marks. */
class HistoryIT {
  @TempDir Path folder;

  /** A harvest with an outage, a sweep and a stop, whose process has ended. */
  private Harvest harvested() throws Exception {
    Harvest harvest = new Harvest(folder, 60, 10).set("PORTAL_RATE", "20");
    try (LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> harvest.store.count("judgments") > 5);
      harvest.portal.away();
      api.awaitState(1, "waiting");
      harvest.portal.back();
      api.awaitState(1, "completed");
      api.awaitState(2, "completed");
      api.post("/api/scripts/2/sweep");
      api.awaitState(2, "running");
      api.post("/api/scripts/stop/2");
      api.awaitState(2, "stopped");
    }
    return harvest.set("HARVEST_AUTOSTART", "0");
  }

  private static List<String> marks(JsonNode history) {
    return StreamSupport.stream(history.path("marks").spliterator(), false)
        .map(
            mark ->
                mark.path("kind").asText()
                    + mark.path("script_id").asText(" ")
                    + mark.path("reason").asText(" "))
        .map(text -> text.replace("null", " ").strip())
        .toList();
  }

  @Test
  void itContinuesAfterARestartWithItsMarks(@TempDir Path profile) throws Exception {
    try (Harvest harvest = harvested();
        LocalInstance run = harvest.run()) {
      JsonNode history = harvest.api().get("/api/history").json();

      assertThat(marks(history))
          .contains(
              "start1",
              "start2",
              "outage portal",
              "stop1completed",
              "stop2completed",
              "sweep2",
              "stop2",
              "restart");
      assertThat(history.path("marks"))
          .filteredOn(mark -> mark.path("kind").asText().equals("outage"))
          .allMatch(mark -> mark.path("until").isTextual());
      assertThat(StreamSupport.stream(history.at("/day/files_per_second").spliterator(), false))
          .anyMatch(rate -> rate.asDouble() > 0);
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("data/history.json"))))
          .isEqualTo("rw-------");
      shownOnTheDashboard(harvest, profile);
    }
  }

  private static void shownOnTheDashboard(Harvest harvest, Path profile) throws IOException {
    try (Browser browser = new Browser(profile)) {
      browser
          .look(1280, 900, "light")
          .open("http://127.0.0.1:" + harvest.setting("API_PORT") + "/");
      browser.await(".plot canvas");
      browser.awaitText(".marks summary", "Restarts");
      assertThat(browser.text(".marks summary")).contains("Outages").contains("Starts");
      browser.click(".marks summary");
      browser.awaitText(".marks ol", "completed"); // one script, or both together
      browser.awaitText(".marks ol", "waiting for the portal, ");
      browser.screenshot("marks-light");
      browser.look(1280, 900, "dark").reload();
      browser.await(".plot canvas");
      browser.awaitText(".marks summary", "Restarts");
      browser.screenshot("marks-dark");
      browser.look(360, 800, "light").reload();
      browser.await(".plot canvas");
      browser.awaitText(".marks summary", "Restarts");
      browser.run("document.querySelector('.marks').scrollIntoView({block: 'end'})");
      assertThat(browser.scrollsSideways()).isFalse();
      browser.screenshot("marks-narrow");
      browser
          .look(1280, 900, "light")
          .open("http://127.0.0.1:" + harvest.setting("API_PORT") + "/unified");
      browser.await(".plot canvas");
      browser.click(".marks summary");
      browser.awaitText(".marks ol", "instance 1: waiting for the portal, ");
      assertThat(browser.errors()).isEmpty();
      assertThat(browser.barriers()).isEmpty();
    }
  }
}
