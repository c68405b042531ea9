package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalInstance;
import testing.Ports;

/** What the dashboards show and offer when calls fail or instances cannot work together. */
class DashboardTroubleIT {
  private static final String POSTS_FAIL =
      """
      const usual = window.fetch;
      window.fetch = (path, options) =>
        options.method === 'POST' ? Promise.reject(new TypeError('away')) : usual(path, options);
      """;

  /** As if no instance delivered its history, and none was cached. */
  private static final String HISTORIES_FAIL =
      """
      window.usual = window.fetch;
      window.refused = 0;
      window.fetch = (path, options) =>
        path.endsWith('/history')
          ? Promise.reject(new TypeError(`away ${++window.refused}`))
          : usual(path, options);
      const now = Date.now;
      let ahead = 0;
      Date.now = () => now() + (ahead += 10_000);
      """;

  private static Browser browser;

  @TempDir Path folder;

  @BeforeAll
  static void openBrowser(@TempDir Path profile) {
    browser = new Browser(profile);
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  private Harvest harvest(int documents, int pageSize, int scripts) throws IOException {
    return new Harvest(folder, documents, pageSize)
        .set("HARVEST_SCRIPTS", String.valueOf(scripts))
        .set("PORTAL_MAX_ATTEMPTS", "1");
  }

  private static void open(Harvest harvest, String page) {
    browser.leave();
    browser.look(1280, 900, "light").open("http://127.0.0.1:" + harvest.setting("API_PORT") + page);
  }

  @Test
  void failuresOfAllScriptsAreRetriedAndAcceptedThoughOnlyRejectedOnesAreShown() throws Exception {
    try (Harvest harvest = harvest(112, 112, 1)) {
      List<String> links = new ArrayList<>();
      IntStream.rangeClosed(1, 110).forEach(i -> links.add("http://127.0.0.2:9/" + i + ".pdf"));
      links.addAll(List.of("/doc/1.pdf", "/doc/2.pdf"));
      harvest.portal.page(1, links.toArray(String[]::new));
      harvest.portal.fault("/doc/2.pdf", Fault.status(403));
      try (LocalInstance run = harvest.run()) {
        harvest.api().awaitState(1, "completed");
        open(harvest, "/?open=failures&of=all");
        browser.await("dialog tbody tr:nth-child(100)");
        assertThat(browser.text("dialog tbody")).doesNotContain("http_403");
        browser.press("Try failed documents again");
        browser.awaitText("dialog .outcome", "1 document is queued again");
        browser.awaitText("dialog .reasons", "http_403 1");

        browser.press("Accept …");
        browser.awaitText("dialog.accept option", "all with http_403");
        assertThat(
                browser.run(
                    "const accept = document.querySelector('dialog.accept');"
                        + " return document.getElementById(accept.getAttribute('aria-labelledby'))"
                        + ".innerText"))
            .isEqualTo("Accept documents as missing?");
        browser.element("dialog.accept textarea").sendKeys("the portal keeps it back");
        browser.element("dialog.accept [type=submit]").click();
        browser.awaitText("dialog.failures .outcome", "1 document is accepted");
        assertThat(browser.errors()).isEmpty();
      }
    }
  }

  @Test
  void aSelectionSurvivesAFailedCallWhoseMessageIsNotInTheNextDialog() throws Exception {
    try (Harvest harvest = harvest(40, 10, 2)) {
      harvest.portal.fault("/doc/3.pdf", Fault.status(403));
      harvest.portal.fault("/doc/33.pdf", Fault.status(403));
      try (LocalInstance run = harvest.run()) {
        harvest.api().awaitState(1, "completed");
        harvest.api().awaitState(2, "completed");
        open(harvest, "/");
        browser.await(".card");
        browser.press("Failures of script 1");
        browser.click("dialog tbody input");
        browser.run(POSTS_FAIL);
        browser.press("Try 1 selected document again");
        browser.awaitText("dialog .outcome.failed", "The server does not respond");
        browser.press("Try 1 selected document again"); // it is selected still
        browser.press("Close");
        browser.awaitNo("dialog");

        browser.press("Failures of script 2");
        browser.awaitText("dialog tbody", "doc/33.pdf");
        assertThat(browser.count("dialog .outcome")).isZero();
      }
    }
  }

  @Test
  void anAnswerThatALaterOneHasOvertakenIsDropped() throws Exception {
    try (Harvest harvest = harvest(10, 10, 1);
        LocalInstance run = harvest.run()) {
      harvest.api();
      open(harvest, "/");
      browser.await(".card");
      assertThat(
              browser.result(
                  """
                  import('/assets/dialogs.js').then(async ({ keepLoaded }) => {
                    const answers = [];
                    const state = {};
                    const dialog = { element: { open: true }, closed: new Promise(() => {}), draw() {} };
                    const load = () => new Promise((answer) => answers.push(answer));
                    const again = keepLoaded(dialog, 1_000_000, state, load);
                    const second = again();
                    answers[1]({ rows: 'those of the second' });
                    await second;
                    answers[0]({ rows: 'those of the first' });
                    await new Promise((task) => setTimeout(task));
                    return state.rows;
                  })
                  """))
          .isEqualTo("those of the second");
    }
  }

  @Test
  void anUnreadableResponseIsReportedAsSuchAndARefusedDownloadWithItsMessage() throws Exception {
    try (Harvest harvest = harvest(10, 10, 1);
        LocalInstance run = harvest.run()) {
      harvest.api();
      open(harvest, "/");
      browser.await(".card");
      browser.run("window.fetch = async () => new Response('<p>a page', { status: 200 })");
      assertThat(browser.result("import('/assets/api.js').then(({ get }) => get('x'))"))
          .isEqualTo("failed: Error: its response could not be read");
      browser.run(
          "window.fetch = async () => new Response('{\"message\":\"no script 9\"}', { status: 404 })");
      assertThat(
              browser.result(
                  "import('/assets/api.js').then(({ download }) => download('x', 'text/csv', 'f'))"))
          .isEqualTo("failed: Error: no script 9");
    }
  }

  @Test
  void anInstanceThatComesBackIsShownWithItsNewConfigurationOnceItsKeyIsGiven() throws Exception {
    try (Harvest harvest = harvest(20, 10, 1).set("HARVEST_AUTOSTART", "0")) {
      try (LocalInstance run = harvest.run()) {
        harvest.api();
        open(harvest, "/");
        browser.await("[name=delay]:not([value='1.5'])");
      }
      browser.await(".banner");
      Map<String, String> changed = Map.of("API_KEY", "a-key", "HARVEST_START_DELAY", "1500ms");
      try (LocalInstance again = harvest.run(changed)) {
        browser.await("dialog #key");
        assertThat(browser.count(".banner")).as("it responds").isZero();
        browser.element("dialog #key").sendKeys("a-key");
        browser.press("Continue");
        browser.await("[name=delay][value='1.5']");
      } finally {
        browser.run("sessionStorage.clear()");
      }
    }
  }

  @Test
  void thePlotsOfAllInstancesComeBackAfterNoneDeliveredItsHistory() throws Exception {
    try (Harvest harvest = harvest(10, 10, 1);
        LocalInstance run = harvest.run()) {
      harvest.api();
      open(harvest, "/unified");
      browser.await("#plot-failures .uplot");
      browser.run(HISTORIES_FAIL);
      Awaitility.await().until(() -> browser.run("return refused > 1").equals(true)); // it is shown
      browser.run("window.fetch = window.usual");
      browser.await("#plot-failures .uplot");
    }
  }

  @Test
  void theAgeOfAnAuditIsByTheServersClock() throws Exception {
    try (Harvest harvest = harvest(10, 10, 1);
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      api.awaitState(1, "completed");
      api.post("/api/audit");
      Awaitility.await().until(() -> !api.status().path("last_audit").isNull());
      open(harvest, "/unified");
      browser.awaitText(".audit", "ago");
      browser.run("const real = Date.now; Date.now = () => real() + 5 * 3_600_000");
      String before = browser.text(".connection");
      Awaitility.await().until(() -> !browser.text(".connection").equals(before)); // a refresh
      assertThat(browser.text(".audit")).contains("Last audit: clean").doesNotContain("h ");
    }
  }

  @Test
  void instancesThatCannotWorkTogetherAreShownFirstAndNeitherCountedNorControlled()
      throws Exception {
    List<Integer> ports = List.of(Ports.free(), Ports.free(), Ports.free());
    try (Harvest harvest = harvest(240, 10, 12).set("HARVEST_AUTOSTART", "0")) {
      harvest.set("HARVEST_INSTANCES", "2").set("API_PORT", String.valueOf(ports.get(0)));
      harvest.portal.faults(path -> path.startsWith("/doc/") ? Fault.hang() : null);
      Map<String, String> first = Peers.settings(1, ports);
      Map<String, String> twin = twin(ports);
      Map<String, String> locked = new HashMap<>(Peers.settings(3, ports));
      locked.put("HARVEST_INSTANCE_ID", "2");
      locked.put("API_KEY", "another-key");
      try (LocalInstance run = harvest.run(first);
          LocalInstance same = harvest.run(twin);
          LocalInstance other = harvest.run(locked)) {
        Api own = Api.at(ports.get(0));
        Api far = Api.at(ports.get(1));
        Api.at(ports.get(2));
        open(harvest, "/unified");
        browser.awaitText(".problems", "Instance 1: harvest.instance-id 1 is used twice");
        String away =
            "http://127.0.0.1:%d is unreachable: it refuses the key that is set as fleet.key";
        browser.awaitText(".problems", away.formatted(ports.get(2)));
        browser.awaitText(
            ".instance[data-reachable=false]", "It refuses the key that is set as fleet.key.");
        assertThat(browser.count("[aria-label='Start on instance 1']")).isOne();

        browser.fill("[name=scripts]", "2");
        browser.fill("[name=delay]", "0");
        browser.press("Start on every instance");
        browser.awaitText(".control .outcome", "Instance 1: starting 2 scripts");
        Awaitility.await().until(() -> own.status().path("running_scripts").asInt() == 2);
        assertThat(far.status().path("running_scripts").asInt()).isZero();
        assertThat(browser.text(".control .outcome")).containsOnlyOnce("Instance 1");
        assertThat(browser.errors()).isEmpty();
        assertThat(browser.barriers()).isEmpty();
      }
    }
  }

  @Test
  void aLongAddressOfAnInstanceMakesNoPageWiderThanAPhone() throws Exception {
    String address = "http://instancethree.ofaproviderwithaverylongname.localhost:1";
    try (Harvest harvest = harvest(10, 10, 1).set("FLEET_PEERS", address);
        LocalInstance run = harvest.run()) {
      harvest.api();
      open(harvest, "/unified");
      browser.look(360, 740, "light");
      browser.awaitText(".problems", address + " is unreachable");
      browser.await(".instance[data-reachable=false]");
      assertThat(browser.scrollsSideways()).isFalse();
      browser.longScreenshot("long-address");
    }
  }

  /** Another instance with the number of the first. */
  private static Map<String, String> twin(List<Integer> ports) throws IOException {
    Map<String, String> twin = new HashMap<>(Peers.settings(2, ports));
    twin.put("HARVEST_INSTANCE_ID", "1");
    return twin;
  }
}
