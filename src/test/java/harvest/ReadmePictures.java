package harvest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalInstance;
import testing.Ports;

/**
 * Takes new screenshots for the README; runs only when it is named, because it watches a harvest
 * for some minutes.
 */
class ReadmePictures {
  private static final Path PICTURES = Path.of("docs/images");
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final int SERVERS = 4;
  private static final Fault GONE = Fault.status(404);

  @TempDir Path folder;
  @TempDir Path profile;

  @Test
  void take() throws Exception {
    List<Integer> ports = List.of(Ports.free(), Ports.free(), Ports.free(), Ports.free());
    List<LocalInstance> runs = new ArrayList<>();
    try (Harvest harvest = new Harvest(folder, 26_400, 20);
        Browser browser = new Browser(profile)) {
      harvest.set("HARVEST_INSTANCES", "4").set("HARVEST_SCRIPTS", "66").set("PORTAL_RATE", "20");
      harvest.set("HARVEST_MAX_DOCUMENTS_PER_DAY", "50000").set("HARVEST_START_DELAY", "1");
      harvest.set("PORTAL_MAX_ATTEMPTS", "2").set("PORTAL_RESPONSE_TIMEOUT", "2s");
      harvest.portal.faults(path -> path.matches("/doc/\\d*[1-4]77\\.pdf") ? GONE : null);
      for (int id = 1; id <= SERVERS; id++) {
        runs.add(harvest.run(Peers.settings(id, ports)));
      }
      awaitFiles(harvest, 4_000);
      harvest.portal.away();
      Api.at(ports.get(0)).awaitState(1, "waiting");
      harvest.portal.back();
      awaitFiles(harvest, 9_000);
      Api.at(ports.get(1)).post("/api/scripts/stop/20");
      Api.at(ports.get(2)).post("/api/scripts/stop/40");
      awaitFiles(harvest, 12_000);
      browser.look(1360, 900, "light").open("http://127.0.0.1:" + ports.get(0) + "/");
      browser.await(".marks summary");
      keep(browser, "instance");
      browser.look(1360, 1000, "light").open("http://127.0.0.1:" + ports.get(0) + "/unified");
      browser.await(".marks summary");
      keep(browser, "unified");
    } finally {
      for (LocalInstance run : runs) {
        run.close();
      }
    }
  }

  private static void awaitFiles(Harvest harvest, int files) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(5))
        .until(() -> harvest.store.count("judgments") >= files);
  }

  private static void keep(Browser browser, String name) throws Exception {
    browser.screenshot("readme-" + name);
    Files.copy(
        SCREENSHOTS.resolve("readme-" + name + ".png"),
        PICTURES.resolve(name + ".png"),
        StandardCopyOption.REPLACE_EXISTING);
  }
}
