package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import demo.ecourts.EcourtsPortal;
import demo.ecourts.PortalMoods;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import testing.Fault;
import testing.LocalInstance;
import testing.Ports;

/** The dashboards as a user sees them: in a real Chromium, with the real program. */
class DashboardIT {
  private static final Fault HANGS = Fault.hang();

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

  private Harvest idle(int documents, int scripts) throws IOException {
    return new Harvest(folder, documents, 10)
        .set("HARVEST_AUTOSTART", "0")
        .set("HARVEST_SCRIPTS", String.valueOf(scripts))
        .set("PORTAL_MAX_ATTEMPTS", "2");
  }

  private static String address(Harvest harvest, String page) {
    return "http://127.0.0.1:" + harvest.setting("API_PORT") + page;
  }

  /** Opens the dashboard of a running instance. */
  private static Api open(Harvest harvest, int width, int height, String scheme) {
    Api api = harvest.api();
    browser.leave();
    browser.look(width, height, scheme).open(address(harvest, "/"));
    browser.await(".card");
    return api;
  }

  private static void assertNothingIsWrong() throws IOException {
    assertThat(browser.errors()).isEmpty();
    assertThat(browser.barriers()).isEmpty();
  }

  private static String tile(String name) {
    return browser.text(".tile:nth-child(%d) dd".formatted(tiles().indexOf(name) + 1));
  }

  private static List<String> tiles() {
    return List.of(
        "Scripts", "Running", "Done", "Files", "Progress", "Failed", "Rejected", "Success rate");
  }

  @Test
  void fiveScriptsAreStartedFromThePanelAndTheirCardsChange() throws Exception {
    try (Harvest harvest = idle(320, 8)) {
      harvest.portal.faults(path -> path.matches("/doc/.*[79]\\.pdf") ? HANGS : null);
      try (LocalInstance run = harvest.run()) {
        open(harvest, 1280, 900, "light");
        assertThat(browser.text("#script-1 .badge")).isEqualTo("Not started");
        browser.fill("[name=scripts]", "5");
        browser.fill("[name=delay]", "0");
        browser.press("Start");

        browser.awaitText(".control .outcome", "Starting 5 scripts");
        IntStream.rangeClosed(1, 5)
            .forEach(id -> browser.awaitText("#script-" + id + " .badge", "Running"));
        assertThat(browser.text("#script-6 .badge")).isEqualTo("Not started");
        assertThat(tile("Scripts")).isEqualTo("8");
        assertThat(tile("Running")).isEqualTo("5");
        browser.awaitText("#script-1 .range", "Page 1 of 1–4");
        assertNothingIsWrong();
        browser.longScreenshot("instance-light");
        browser.look(1280, 900, "dark").reload();
        browser.await(".card");
        assertNothingIsWrong();
        browser.longScreenshot("instance-dark");

        browser.press("Stop script 2");
        browser.awaitText("#script-2 .badge", "Stopped");
        assertThat(browser.text("#script-1 .badge")).isEqualTo("Running");
        browser.press("Start script 2");
        browser.awaitText("#script-2 .badge", "Running");
      }
    }
  }

  @Test
  void bothPanelsShowTheConfiguredDelayBetweenStarts() throws Exception {
    try (Harvest harvest = idle(40, 2).set("HARVEST_START_DELAY", "1500ms")) {
      try (LocalInstance run = harvest.run()) {
        open(harvest, 1280, 900, "light");
        browser.await("[name=delay][value='1.5']");
        browser.open(address(harvest, "/unified"));
        browser.await("[name=delay][value='1.5']");
      }
    }
  }

  @Test
  void allAreStoppedOnlyAfterAConfirmation() throws Exception {
    try (Harvest harvest = idle(40, 2).set("HARVEST_AUTOSTART", "all")) {
      harvest.portal.faults(path -> path.startsWith("/doc/") ? HANGS : null);
      try (LocalInstance run = harvest.run()) {
        Api api = open(harvest, 1280, 900, "light");
        browser.awaitText("#script-2 .badge", "Running");
        browser.press("Stop All");
        browser.awaitText("dialog", "Stop all scripts?");
        assertThat(browser.barriers()).isEmpty();
        browser.screenshot("stop-all");
        browser.press("Cancel");
        browser.awaitNo("dialog");
        assertThat(api.status().path("running_scripts").asInt()).isEqualTo(2);

        browser.press("Stop All");
        browser.type(Keys.TAB, Keys.ENTER); // from Cancel, which has the focus, to Stop All
        browser.awaitText("#script-1 .badge", "Stopped");
        browser.awaitText("#script-2 .badge", "Stopped");
        assertThat(browser.errors()).isEmpty();
      }
    }
  }

  @Test
  void aSweepRefreshesStoredDocumentsIfThatIsTickedAndShowsHowManyWereReplaced() throws Exception {
    try (Harvest harvest = idle(10, 1).set("HARVEST_AUTOSTART", "all")) {
      try (LocalInstance run = harvest.run()) {
        open(harvest, 1280, 900, "light");
        browser.awaitText("#script-1 .badge", "Completed");
        assertThat(browser.text("#script-1 dl")).doesNotContain("Replaced");
        byte[] other = "%PDF-1.4\nanother judgment\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
        harvest.portal.fault("/doc/3.pdf", Fault.body("application/pdf", other));

        browser.press("Sweep script 1");
        browser.awaitText("dialog", "Replace stored documents that have changed");
        assertNothingIsWrong();
        browser.screenshot("sweep");
        browser.click("dialog input");
        browser.press("Sweep");

        browser.awaitText("#script-1 dl", "Replaced");
        browser.awaitText(".tiles", "1 replaced");
        assertNothingIsWrong();
      }
    }
  }

  @Test
  void theCardOfAHeldPageSaysWhatAcceptingClosesThenAsksAndClosesIt() throws Exception {
    try (Harvest harvest = idle(20, 1).set("HARVEST_AUTOSTART", "all")) {
      harvest.portal.faults(
          path -> path.matches("/doc/([1-9]|10)\\.pdf") ? Fault.status(403) : null);
      try (LocalInstance run = harvest.run()) {
        open(harvest, 1280, 900, "light");
        browser.awaitText("#script-1 .trouble", "page 1: none of its 10 documents could be had");
        browser.press("Accept the page of script 1");
        browser.awaitText("dialog", "Accept page 1 as it is?");
        browser.awaitText("dialog", "closes page 1 without any of its 10 documents");
        assertNothingIsWrong();
        browser.press("Cancel");
        browser.awaitNo("dialog");
        assertThat(harvest.store.count("manifests")).isZero();

        browser.press("Accept the page of script 1");
        browser.press("Accept");

        browser.awaitText("#script-1 .badge", "Completed");
        browser.awaitNo("[aria-label='Accept the page of script 1']");
        assertThat(harvest.row(1, 10).path("reason").asText()).isEqualTo("http_403");
        assertThat(harvest.manifest(2))
            .allMatch(row -> row.path("state").asText().equals("stored"));
        assertThat(browser.errors()).isEmpty();
      }
    }
  }

  @Test
  void sixtySixScriptsAreFilteredAndSearched() throws Exception {
    try (Harvest harvest = idle(1320, 66)) {
      harvest.portal.fault("/doc/41.pdf", HANGS);
      harvest.portal.fault("/list/5", Fault.status(503));
      try (LocalInstance run = harvest.run()) {
        Api api = open(harvest, 1600, 1000, "light");
        api.post("/api/scripts/start", "{\"num_scripts\":4,\"delay\":0}");
        browser.awaitText("#script-3 .badge", "Waiting for the portal");
        browser.awaitText("#script-4 .badge", "Completed");
        assertThat(browser.text("#script-3 .trouble")).contains("503");
        browser.longScreenshot("scripts-66");

        choose("waiting");
        assertThat(shown()).containsExactly("script-3");
        choose("all");
        search("42");
        assertThat(shown()).as("a script or a page").containsExactly("script-21", "script-42");
        search("page 42");
        assertThat(shown()).containsExactly("script-21");
        search("503");
        assertThat(shown()).as("a text").containsExactly("script-3");
        search("completed");
        assertThat(shown()).containsExactly("script-1", "script-2", "script-4");
        assertThat(browser.text(".filters [role=status]")).isEqualTo("3 of 66 scripts");
        search("no such thing");
        assertThat(shown()).isEmpty();
        assertThat(browser.text("main")).contains("No script matches");
        assertThat(browser.errors()).isEmpty();

        browser.look(360, 740, "light").open(address(harvest, "/")); // a reload keeps the search
        browser.await("#script-66");
        assertThat(browser.scrollsSideways()).isFalse();
        assertNothingIsWrong();
        browser.screenshot("phone");
        browser.longScreenshot("phone-whole");
      }
    }
  }

  private static void search(String text) {
    browser.fill("[type=search]", text);
  }

  private static void choose(String value) {
    browser.click(".filters select option[value=" + value + "]");
  }

  private static List<String> shown() {
    return browser.ids(".card");
  }

  @Test
  void theLogIsReadFilteredAndCopied() throws Exception {
    try (Harvest harvest = idle(40, 1).set("HARVEST_AUTOSTART", "all")) {
      harvest.portal.fault("/doc/3.pdf", Fault.status(500));
      harvest.portal.fault("/doc/25.pdf", HANGS);
      try (LocalInstance run = harvest.run()) {
        open(harvest, 1280, 900, "light");
        browser.press("Logs of script 1");
        browser.awaitText(".lines", "script-01: started");
        browser.awaitText(".lines", "page 2: closed");
        assertNothingIsWrong();
        browser.screenshot("logs");
        int all = browser.count(".lines li");

        browser.click("dialog option[value=warnings]");
        browser.awaitText(".lines", "failed after 2 tries");
        assertThat(browser.count(".lines li")).isBetween(1, all - 1);
        assertThat(browser.count(".lines [data-level=INFO]")).isZero();
        browser.press("Copy");
        browser.awaitText("dialog [role=status]", "copied");

        browser.click("dialog option[value=all]");
        harvest.portal.heal();
        harvest.api().post("/api/scripts/stop/1");
        browser.awaitText(".lines li:last-child", "stopped"); // it follows
        browser.press("Close");
        browser.awaitNo("dialog");
        assertThat(browser.focused()).isEqualTo("Logs of script 1");
      }
    }
  }

  @Test
  void aFailedDocumentIsShownWithItsReasonAndQueuedAgain() throws Exception {
    try (Harvest harvest = idle(20, 1).set("HARVEST_AUTOSTART", "all")) {
      harvest.portal.fault("/doc/3.pdf", Fault.status(500));
      harvest.portal.fault("/doc/7.pdf", Fault.status(404));
      harvest.portal.page(2, "/doc/11.pdf", "javascript:alert(1).pdf", "http://127.0.0.2:1/x.pdf");
      harvest.portal.total(13);
      try (LocalInstance run = harvest.run()) {
        open(harvest, 1280, 900, "light");
        browser.awaitText("#script-1 .badge", "Completed");
        assertThat(tile("Failed")).isEqualTo("2");
        assertThat(tile("Success rate")).isEqualTo("81.8 % 9 of 13 stored");
        browser.press("Failures of script 1");
        browser.awaitText("tbody tr:nth-child(1)", "http_500 the portal responded with 500");
        browser.awaitText("tbody tr:nth-child(2)", "gone");
        assertThat(browser.text(".tries")).contains("2 HTTP errors").containsPattern("[2-9] gone");
        assertThat(browser.element("tbody a").getDomAttribute("href")).endsWith("/doc/3.pdf");
        assertThat(browser.count("a[href^=javascript]")).isZero();
        assertNothingIsWrong();
        browser.screenshot("failures");

        harvest.portal.heal();
        browser.press("Try failed documents again");
        browser.awaitText("dialog .outcome", "2 documents are queued again");
        browser.awaitNo("tbody .badge[data-state=error]");
        assertThat(browser.text("tbody")).contains("foreign_host", "bad_address");
        browser.type(Keys.ESCAPE);
        browser.awaitNo("dialog");
        browser.awaitText(".tile:nth-child(6) dd", "0");
      }
    }
  }

  @Test
  void aHarvestThatStoresNothingIsNeverGreen() throws Exception {
    try (Harvest harvest = new Harvest(folder, 4, 2).set("HARVEST_SCRIPTS", "1")) {
      harvest.portal.page(1, "http://127.0.0.2:9/1.pdf", "http://127.0.0.2:9/2.pdf");
      harvest.portal.page(2, "http://127.0.0.2:9/3.pdf", "http://127.0.0.2:9/4.pdf");
      try (LocalInstance run = harvest.run()) {
        harvest.api().awaitState(1, "completed");
        open(harvest, 1280, 900, "light");
        browser.awaitText("#script-1 .badge[data-state=gaps]", "Completed with gaps");
        assertThat(browser.text("#script-1 .lacks")).contains("Rejected", "4");
        assertThat(tile("Rejected")).contains("4 foreign_host");
        assertThat(tile("Success rate")).contains("0 %", "0 of 4 stored");
        assertThat(browser.count(".tile[data-level=none]")).isOne();
        assertNothingIsWrong();
        browser.screenshot("nothing-stored");
        browser.look(400, 800, "dark").open(address(harvest, "/unified"));
        browser.awaitText(".legend", "1 completed with gaps");
        assertThat(browser.count(".square[data-state=gaps]")).isOne();
        assertNothingIsWrong();
        browser.longScreenshot("nothing-stored-unified");
      }
    }
  }

  @Test
  void failedDocumentsAreAcceptedWithANoteByReasonOrOneByOneAndRetried() throws Exception {
    try (Harvest harvest = idle(20, 1).set("HARVEST_AUTOSTART", "all")) {
      harvest.set("PORTAL_MAX_ATTEMPTS", "1");
      harvest.portal.fault("/doc/3.pdf", Fault.htmlNamedPdf());
      harvest.portal.fault("/doc/7.pdf", Fault.status(403));
      try (LocalInstance run = harvest.run()) {
        open(harvest, 1280, 900, "light");
        browser.awaitText("#script-1 .badge", "Completed");
        browser.press("Failures of script 1");
        browser.awaitText("tbody tr:nth-child(2)", "http_403");
        browser.press("Accept …");
        browser.awaitText("dialog.accept option", "all of script 1 with not_pdf");
        browser.element("dialog.accept textarea").sendKeys("the portal's file is broken");
        assertNothingIsWrong();
        browser.screenshot("accept");
        browser.element("dialog.accept [type=submit]").click();
        browser.awaitText("dialog.failures .outcome", "1 document is accepted");
        browser.awaitText("tbody tr:nth-child(1)", "accepted: the portal's file is broken");

        browser.element("tbody tr:nth-child(2) input").click();
        browser.press("Accept …");
        browser.awaitText("dialog.accept option", "the 1 selected");
        browser.element("dialog.accept [type=submit]").click(); // a note is needed
        browser.element("dialog.accept textarea").sendKeys("forbidden");
        browser.element("dialog.accept [type=submit]").click();
        browser.awaitText("tbody tr:nth-child(2)", "accepted: forbidden");
        assertNothingIsWrong();
        browser.screenshot("accepted");

        harvest.portal.heal();
        browser.element("tbody tr:nth-child(1) input").click();
        browser.press("Try 1 selected document again");
        browser.awaitText("dialog.failures .outcome", "1 document is queued again");
        browser.awaitNo("tbody tr:nth-child(2)");
        assertThat(browser.text("tbody tr:nth-child(1)")).contains("http_403");
      }
    }
  }

  @Test
  void whatAPortalSaysIsTextAndNeverMarkup() throws Exception {
    String hostile = "&lt;img src=x onerror=document.title='owned'&gt;";
    try (Harvest harvest = idle(20, 2).set("HARVEST_AUTOSTART", "all")) {
      harvest.portal.page(2, "http://127.0.0.2:1/" + hostile + ".pdf", "/doc/" + hostile + ".pdf");
      harvest.portal.fault("/list/1", Fault.html("<p id=total>" + hostile + "</p>"));
      harvest.portal.total(12);
      try (LocalInstance run = harvest.run()) {
        open(harvest, 1280, 900, "light");
        browser.awaitText("#script-1 .badge", "Waiting");
        browser.awaitText("#script-2 .badge", "Completed");
        browser.press("Failures of script 2");
        browser.awaitText("tbody", "<img src=x onerror=document.title='owned'>");
        assertThat(browser.count("dialog img, .card img")).isZero();
        browser.press("Close");
        browser.press("Logs of script 1");
        browser.awaitText(".lines", "script-01");
        assertThat(browser.count("dialog img")).isZero();
        assertThat(browser.run("return document.title")).asString().contains("instance 1");
        assertThat(browser.errors()).isEmpty();
      }
    }
  }

  @Test
  void anInstanceThatGoesDownIsReportedAndItsReturnIsShownWithoutAReload() throws Exception {
    try (Harvest harvest = idle(40, 2)) {
      try (LocalInstance run = harvest.run()) {
        open(harvest, 1280, 900, "light");
        browser.run("document.body.dataset.untouched = 'yes'");
        run.close();
        browser.awaitText(".banner[role=alert]", "The server has not responded since");
        assertThat(browser.text(".connection")).startsWith("Not connected");
        assertThat(browser.text("#script-1 .badge")).as("what was last known").isNotEmpty();
        browser.press("Start script 1");
        browser.awaitText("#script-1 [role=alert]", "The server does not respond");
        assertThat(browser.barriers()).isEmpty();
        browser.screenshot("offline");
      }
      try (LocalInstance again = harvest.run()) {
        browser.awaitNo(".banner");
        browser.press("Start script 1");
        browser.awaitText("#script-1 .badge", "Completed");
        assertThat(browser.run("return document.body.dataset.untouched")).isEqualTo("yes");
      }
    }
  }

  @Test
  void theKeyboardIsEnoughAndTheFocusSurvivesRefreshes() throws Exception {
    try (Harvest harvest = idle(40, 2)) {
      harvest.portal.faults(path -> path.startsWith("/doc/") ? HANGS : null);
      try (LocalInstance run = harvest.run()) {
        Api api = open(harvest, 1280, 900, "light");
        tabTo("Scripts");
        browser.type(Keys.chord(Keys.CONTROL, "a"), "1");
        tabTo("Delay in seconds");
        browser.type(Keys.chord(Keys.CONTROL, "a"), "0", Keys.ENTER);
        browser.awaitText("#script-1 .badge", "Running");
        assertThat(browser.focused()).isEqualTo("Delay in seconds");

        tabTo("Stop script 1");
        String before = browser.text(".connection");
        Awaitility.await().until(() -> !browser.text(".connection").equals(before)); // a refresh
        assertThat(browser.run("return window.waits.has(5000)")).isEqualTo(true);
        assertThat(browser.focused()).isEqualTo("Stop script 1");
        browser.type(Keys.ENTER);
        api.awaitState(1, "stopped");
        browser.awaitText("#script-1 .badge", "Stopped");
        assertThat(browser.focused()).isEqualTo("Start script 1");

        tabTo("Logs of script 1");
        browser.type(Keys.ENTER);
        browser.await("dialog[open]");
        browser.type(Keys.ESCAPE);
        browser.awaitNo("dialog");
        assertThat(browser.focused()).isEqualTo("Logs of script 1");
      }
    }
  }

  private static void tabTo(String name) {
    for (int i = 0; i < 60; i++) {
      if (browser.focused().equals(name)) {
        return;
      }
      browser.type(Keys.TAB);
    }
    throw new AssertionError("no way by Tab to " + name + "; at " + browser.focused());
  }

  @Test
  void theKeyIsAskedForOnceAndKeptForTheTab() throws Exception {
    try (Harvest harvest = idle(20, 2).set("API_KEY", "right-key");
        LocalInstance run = harvest.run()) {
      harvest.api();
      browser.open(address(harvest, "/"));
      browser.await("dialog #key");
      assertThat(browser.barriers()).isEmpty();
      browser.screenshot("key");
      browser.type(Keys.ESCAPE, Keys.ESCAPE, Keys.ESCAPE); // the second closes any dialog
      browser.await("dialog #key");
      browser.type("wrong-key", Keys.ENTER);
      browser.awaitText("dialog", "That key was wrong");
      browser.type("right-key", Keys.ENTER);
      browser.await(".card");
      assertThat(browser.count("dialog")).isZero();
      browser.reload();
      browser.await(".card");
      browser.open(address(harvest, "/unified"));
      browser.await(".instance");
      assertThat(browser.count("dialog")).isZero();
      assertThat(browser.run("return localStorage.length + document.cookie.length")).isEqualTo(0L);
      browser.run("sessionStorage.clear()");
    }
  }

  @Test
  void theHistorySurvivesAReload() throws Exception {
    try (Harvest harvest = idle(200, 2).set("HARVEST_AUTOSTART", "all").set("PORTAL_RATE", "20")) {
      try (LocalInstance run = harvest.run()) {
        open(harvest, 1280, 900, "dark");
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> !browser.text("#reading-files_per_second").matches("nothing yet|0"));
        browser.reload();
        browser.await(".plot canvas");
        assertThat(browser.count(".plot canvas")).isEqualTo(3);
        browser.awaitText("#reading-response_seconds", " ms");
        browser.awaitText(".system", "limit 75 %");
        browser.click("input[value=day]");
        assertThat(browser.element("#plot-failures").getDomAttribute("aria-label"))
            .startsWith("Failures over the last day");
        assertNothingIsWrong();
        browser.screenshot("history");
      }
    }
  }

  @Test
  void captchasAreAnsweredOneAfterAnother() throws Exception {
    PortalMoods asking = PortalMoods.good().with(PortalMoods.Captchas.onFirstSearch());
    try (EcourtsPortal portal = new EcourtsPortal(20, asking);
        Harvest harvest =
            idle(20, 2)
                .set("PORTAL_TYPE", "ecourts")
                .set("PORTAL_URL", portal.address().toString());
        LocalInstance run = harvest.run()) {
      Api api = open(harvest, 1280, 900, "light");
      api.post("/api/scripts/start/1");
      api.awaitCaptchas(1);
      api.post("/api/scripts/start/2");
      List<JsonNode> captchas = api.awaitCaptchas(2);
      browser.awaitText(".captchas", "Scripts 1, 2 cannot continue until you answer");
      assertNothingIsWrong();
      browser.screenshot("captchas");
      browser.click(".captchas li:first-child input");
      browser.type(Captchas.read(portal, captchas.get(0)), Keys.ENTER);
      browser.awaitText(".captchas", "Script 2 cannot continue");
      assertThat(browser.focused()).startsWith("Text for script 2");
      browser.type(Captchas.read(portal, captchas.get(1)), Keys.ENTER);
      browser.awaitNo(".captchas");
      api.awaitState(1, "completed");
      api.awaitState(2, "completed");
      assertThat(portal.record().captchasRight()).isEqualTo(2);
    }
  }

  @Test
  void allInstancesAreShownAndControlledFromOneAndAnOutageIsObvious() throws Exception {
    try (Harvest harvest = idle(240, 12).set("HARVEST_INSTANCES", "2")) {
      int port = Ports.free();
      harvest.set("FLEET_PEERS", address(harvest, "") + ",http://127.0.0.1:" + port);
      Map<String, String> second = new HashMap<>();
      second.put("HARVEST_INSTANCE_ID", "2");
      second.put("HARVEST_DATA_DIR", "data-2");
      second.put("API_PORT", String.valueOf(port));
      second.put("MANAGEMENT_PORT", String.valueOf(Ports.free()));
      harvest.portal.faults(path -> path.matches("/doc/.*[79]\\.pdf") ? HANGS : null);
      try (LocalInstance run = harvest.run()) {
        try (LocalInstance peer = harvest.run(second)) {
          Api.at(port);
          open(harvest, 1280, 900, "light");
          browser.open(address(harvest, "/unified"));
          browser.awaitText(".top", "2 instances");
          assertThat(browser.count(".square")).isEqualTo(12);
          browser.fill("[name=scripts]", "2");
          browser.fill("[name=delay]", "0");
          browser.press("Start on instance 2");
          browser.await(".square[data-state=running][href$='#script-7']");
          assertThat(tile("Running")).isEqualTo("2");
          browser.press("Start on every instance");
          browser.await(".square[data-state=running][href='./#script-1']");
          browser.awaitText(".tile:nth-child(2) dd", "6");
          assertNothingIsWrong();
          browser.press("Stop All on instance 2");
          browser.press("Stop All");
          browser.await(".square[data-state=stopped][href$='#script-7']");
          browser.await(".square[data-state=running][href='./#script-1']");
        }
        browser.awaitText(".instance[data-reachable=false]", "Instance 2");
        browser.awaitText(".instance[data-reachable=false]", "Unreachable, last seen");
        browser.awaitText(".note", "1 of 2 instances respond");
        assertThat(browser.count(".square[data-state=unknown]")).isEqualTo(6);
        assertNothingIsWrong();
        browser.longScreenshot("unified-one-away");
        browser.look(360, 740, "dark").reload();
        browser.await(".square");
        assertThat(browser.scrollsSideways()).isFalse();
        browser.longScreenshot("unified-phone-dark");
        try (LocalInstance again = harvest.run(second)) {
          browser.awaitNo(".instance[data-reachable=false]");
        }
        browser.click(".square[href='./#script-3']");
        browser.await("#script-3:focus");
      }
    }
  }

  @Test
  void numbersAreShortAndTimesInTheReadersZone() throws Exception {
    try (Harvest harvest = idle(10, 1);
        LocalInstance run = harvest.run()) {
      open(harvest, 1280, 900, "light");
      assertThat(
              browser.result(
                  """
                  import('/assets/format.js').then((f) => [
                    f.short(9999), f.short(125432), f.count(125432), f.bytes(0), f.bytes(1536),
                    f.bytes(null), f.percent(99.99), f.percent(0.01), f.percent(0), f.rate(3.614), f.duration(59), f.duration(61),
                    f.duration(15120), f.duration(1051200), f.duration(null),
                    f.time(new Date(2020, 4, 17, 9, 5, 1).toISOString()),
                    f.link('https://a.example/x'), f.link('javascript:alert(1)'), f.link('no'),
                    f.seconds(0.181), f.seconds(0.0005), f.seconds(3.614),
                  ].join(' | '))
                  """))
          .isEqualTo(
              "9,999 | 125.4K | 125,432 | 0 B | 1.5 KiB | – | 99.9 % | <0.1 % | 0 % | 3.61 | 59s | 1m 1s | 4h 12m"
                  + " | 12d 4h | – | 17 May, 09:05:01 | https://a.example/x |  |  | 181 ms | 0.5 ms | 3.61 s");
    }
  }

  @Test
  void aPageWhoseRowsAreDoneIsNotWholeBeforeItIsClosed() throws Exception {
    try (Harvest harvest = idle(10, 1);
        LocalInstance run = harvest.run()) {
      open(harvest, 1280, 900, "light");
      assertThat(
              browser.result(
                  """
                  Promise.all([import('/assets/progress.js'), import('/assets/format.js')])
                    .then(([{ pagesDone }, { percent }]) => [0, 1].map((complete) => percent(50 * pagesDone({
                      total_pages: 2, completed_pages: 1 + complete, status: 'running',
                      current_page_rows: 10, current_page_done: 10,
                    }))).join(' | '))
                  """))
          .isEqualTo("99.9 % | 100 %");
    }
  }
}
