package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import demo.ecourts.EcourtsPortal;
import demo.ecourts.PortalMoods;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import testing.Fault;
import testing.LocalInstance;
import testing.Ports;

/**
 * What an operator needs first, in a real Chromium; one instance with every kind of problem, and
 * another one for each test that fixes some.
 */
class OperatorScreensIT {
  private static Browser browser;
  private static Harvest harvest;
  private static LocalInstance run;
  private static Api api;

  @BeforeAll
  static void begin(@TempDir Path profile, @TempDir Path folder) throws Exception {
    browser = new Browser(profile);
    harvest = ailing(folder);
    run = harvest.run();
    api = harvest.api();
    api.awaitState(1, "completed");
    api.awaitState(3, "waiting");
  }

  private static Harvest ailing(Path folder) throws IOException {
    Harvest harvest = new Harvest(folder, 60, 10).set("HARVEST_SCRIPTS", "3");
    harvest.set("PORTAL_MAX_ATTEMPTS", "1").set("FLEET_PEERS", "http://127.0.0.1:1");
    harvest.set("PORTAL_RESPONSE_TIMEOUT", "1h").set("PORTAL_DOCUMENT_TIMEOUT", "1h");
    harvest.portal.fault("/doc/3.pdf", Fault.status(500));
    harvest.portal.fault("/doc/4.pdf", Fault.status(500));
    harvest.portal.fault("/doc/15.pdf", Fault.status(403));
    harvest.portal.fault("/doc/25.pdf", Fault.hang());
    harvest.portal.fault("/list/5", Fault.status(503));
    return harvest;
  }

  @AfterAll
  static void end() throws IOException {
    run.close();
    harvest.close();
    browser.close();
  }

  private static void open(String address) {
    open(harvest, address);
  }

  private static void open(Harvest of, String address) {
    browser.leave();
    browser.look(1280, 900, "light").open(home(of) + address);
  }

  private static String home(Harvest of) {
    return "http://127.0.0.1:" + of.setting("API_PORT");
  }

  private static void assertNothingIsWrong() throws IOException {
    assertThat(browser.errors()).isEmpty();
    assertThat(browser.barriers()).isEmpty();
  }

  /** How many such elements are visible. */
  private static final String SHOWN =
      "return [...document.querySelectorAll('%s')].filter((e) => e.checkVisibility()).length";

  private static Object sign(String selector) {
    return browser.run(
        "return getComputedStyle(document.querySelector(\"%s\"), '::before').content"
            .formatted(selector));
  }

  @Test
  void allProblemsComeFirstAndLinkToWhatTheyConcern() throws Exception {
    open("/");
    browser.awaitText(".problems", "Waiting for the portal");
    assertThat(browser.text("main > section:first-of-type")).startsWith("Needs a look");
    assertThat(browser.text(".problems")).contains("answered 503", "3 documents failed");
    assertThat(browser.ids(".card").get(0)).isEqualTo("script-3");
    assertNothingIsWrong();
    browser.screenshot("problems");
    browser.click(".problems a[href='#script-3']");
    assertThat(browser.run("return document.activeElement.id + location.hash"))
        .asString()
        .endsWith("#script-3");
    browser.click(".problems a[href*=failures]");
    browser.awaitText("dialog h2", "Failures of all scripts");
  }

  @Test
  void aLinkLeadsToAScriptEvenIfTheFilterHidesIt() {
    open("/?filter=completed");
    browser.await("#script-1");
    assertThat(browser.ids(".card")).doesNotContain("script-3");
    browser.click(".problems a[href='#script-3']");
    browser.await("#script-3:focus");
    assertThat(browser.element(".filters select").getDomProperty("value")).isEqualTo("all");
  }

  @Test
  void aStateIsShownByItsSignAsWellAsItsColour() {
    open("/");
    browser.await("#script-3 .badge");
    List<Object> signs =
        List.of(sign("#script-1 .badge"), sign("#script-2 .badge"), sign("#script-3 .badge"));
    assertThat(signs).doesNotHaveDuplicates().noneMatch(sign -> sign.equals("none"));
    assertThat(
            browser.run(
                "return getComputedStyle(document.getElementById('script-3')).borderTopStyle"))
        .isEqualTo("dashed");
    browser.open(home(harvest) + "/unified");
    browser.await(".square[data-state=waiting]");
    browser.awaitText(".problems", "http://127.0.0.1:1 is unreachable: no connection");
    assertThat(browser.text(".problems")).contains("Instance 1: Waiting for the portal: script 3");
    assertThat(sign(".square[data-state=waiting]")).isNotEqualTo(sign(".square[data-state=gaps]"));
  }

  @Test
  void whatIsPrintedHasNoControlsAndAllRowsOfADialog() throws Exception {
    open("/");
    browser.await(".plot canvas");
    browser.showAsPrinted();
    assertThat(browser.run(SHOWN.formatted("button, input, select"))).isEqualTo(0L);
    assertThat(browser.run(SHOWN.formatted(".problems, .tiles, .plot canvas, .card")))
        .isEqualTo(8L);
    assertThat(browser.scrollsSideways()).isFalse();
    browser.longScreenshot("printed");

    open("/?open=failures&of=all");
    browser.await("dialog tbody tr");
    browser.showAsPrinted();
    assertThat(browser.run(SHOWN.formatted("#page, dialog input, dialog button:not(.title)")))
        .isEqualTo(0L);
    assertThat(
            browser.run(
                "return [...document.querySelectorAll('dialog, dialog article, .scrolls')]"
                    + ".every((part) => getComputedStyle(part).overflowY === 'visible')"))
        .isEqualTo(true);
  }

  @Test
  void filterSearchAndOpenDialogAreInTheAddressForReloadAndBack() throws Exception {
    open("/");
    browser.click(".filters select option[value=waiting]");
    assertThat(browser.ids(".card")).containsExactly("script-3");
    browser.press("Logs of script 3");
    browser.awaitText("dialog h2", "Log of script 3");
    browser.reload();
    browser.awaitText("dialog h2", "Log of script 3");
    assertThat(browser.ids(".card")).containsExactly("script-3");
    browser.run("history.back()");
    browser.awaitNo("dialog");
    assertThat(browser.ids(".card")).containsExactly("script-3");
    browser.run("history.back()");
    Awaitility.await().until(() -> browser.ids(".card").size() == 3);
    assertThat(browser.run("return document.querySelector('.filters select').value"))
        .isEqualTo("all");

    browser.fill("[type=search]", "page 1");
    browser.reload();
    browser.await(".card");
    assertThat(browser.ids(".card")).containsExactly("script-1");
    browser.press("Failures of script 1");
    browser.awaitText("dialog h2", "Failures of script 1");
    browser.press("Close");
    browser.awaitNo("dialog");
    assertThat(browser.focused()).isEqualTo("Failures of script 1");
    Awaitility.await()
        .until(() -> !String.valueOf(browser.run("return location.search")).contains("open="));
    browser.press("Logs of script 1");
    browser.awaitText("dialog h2", "Log of script 1");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void aBarMovesBeforeItsPageIsDone() {
    open("/");
    browser.awaitText("#script-2 .range", "of 10 rows");
    assertThat(browser.text("#script-2 .range")).startsWith("Page 3 of 3–4, ");
    assertThat(
            (Boolean) browser.run("return document.querySelector('#script-2 progress').value > 0"))
        .isTrue();
    assertThat(api.script(2).path("completed_pages").asInt()).isZero();
  }

  @Test
  void limitsAreShownAndChanged() throws Exception {
    change("{\"rate\":0,\"concurrency\":8}");
    open("/");
    browser.awaitText(".limits", "any number of requests/s, 8 at once");
    browser.press("Change the limits");
    browser.awaitText("dialog", "until the next start");
    assertNothingIsWrong();
    assertThat(
            browser.run(
                "return [...document.querySelectorAll('dialog button')].every((e) => e.offsetHeight > 24)"))
        .isEqualTo(true);
    browser.fill("dialog [name=concurrency]", "5");
    browser.press("Change");
    browser.awaitText(".limits", "5 at once");
    assertThat(api.status().at("/governor/concurrency").asInt()).isEqualTo(5);
  }

  @Test
  void whoChangesOneLimitLeavesTheOtherAsItHasBecomeMeanwhile() throws Exception {
    change("{\"rate\":0,\"concurrency\":8}");
    open("/");
    browser.press("Change the limits");
    change("{\"rate\":70}"); // as the portal's answers do with portal.rate=auto
    browser.fill("dialog [name=concurrency]", "9");
    browser.press("Change");
    browser.awaitText(".limits", "70 requests/s, 9 at once");
  }

  private static void change(String limits) throws Exception {
    assertThat(
            api.send("PUT", "/api/governor", limits, "Content-Type", "application/json").status())
        .isEqualTo(200);
  }

  @Test
  void oneDocumentIsFoundByIdOrAddressWithEveryAttemptAndRetried(@TempDir Path other)
      throws Exception {
    try (Harvest own = ailing(other);
        LocalInstance mended = own.run()) {
      own.api().awaitState(1, "completed");
      open(own, "/unified");
      browser.await(".instance");
      browser.fill(".find input", own.portal.url() + "/doc/15.pdf#page=2");
      browser.press("Find");
      browser.awaitText("dialog .found", "page 2, row 5, script 1, instance 1");
      assertThat(browser.text("dialog .attempts")).contains("http_403");
      assertThat(browser.text("dialog .facts"))
          .contains("doc/15.pdf", "Case /doc/15.pdf".substring(5));
      assertNothingIsWrong();
      browser.screenshot("document");
      own.portal.faultFirst("/doc/15.pdf", 0, Fault.status(500)); // from now on it comes
      browser.press("Try again");
      browser.awaitText("dialog .outcome", "queued again");
      browser.awaitText("dialog .badge", "Stored");
      browser.awaitText("dialog .attempts li:last-child", "stored");
      assertThat(browser.text("dialog .facts")).contains("SHA-256");
      browser.press("Close");
      browser.awaitNo("dialog");
      browser.fill(".find input", "no/such.pdf");
      browser.type(Keys.ENTER);
      browser.awaitText("dialog", "No instance that responds knows it");
    }
  }

  /** Contrast of the focused element's outline with what is around it, by the formula of WCAG. */
  private static final String OUTLINE =
      """
      const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3)
        .map((value) => value / 255)
        .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
        .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0.05);
      const focused = document.activeElement;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(focused);
      if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) {
        return 0;
      }
      const around = ['--page', '--surface'].map((name) => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = `var(${name})`;
        const { color } = getComputedStyle(probe);
        probe.remove();
        return light(color);
      });
      return Math.min(...around.map((one) =>
        Math.max(one, light(outlineColor)) / Math.min(one, light(outlineColor))));
      """;

  @ParameterizedTest
  @CsvSource({"light, /", "dark, /", "light, /unified", "dark, /unified", "dark, /?open=logs&of=1"})
  void whatTheKeyboardIsAtIsOutlined(String scheme, String page) {
    open(page);
    browser.look(1280, 900, scheme);
    browser.await(page.contains("open=") ? "dialog" : ".problems");
    for (int i = 0; i < 20; i++) {
      browser.type(Keys.TAB);
      if (!browser.run("return document.activeElement.tagName").equals("BODY")) {
        double contrast = ((Number) browser.run(OUTLINE)).doubleValue();
        assertThat(contrast).as(browser.focused()).isGreaterThan(3);
      }
    }
  }

  @Test
  void onAPhoneAFailureShowsItsReason() throws Exception {
    browser.leave();
    browser.look(375, 740, "dark").open(home(harvest) + "/?open=failures&of=all");
    browser.await("dialog tbody tr");
    assertThat(
            (Boolean)
                browser.run(
                    "return [...document.querySelectorAll('dialog .reason')].every((cell) =>"
                        + " cell.getBoundingClientRect().right <= innerWidth)"))
        .isTrue();
    assertThat(browser.scrollsSideways()).isFalse();
    assertNothingIsWrong();
    browser.screenshot("phone-failures");
  }

  @Test
  void theFailuresOfAReasonAreRetriedAndDownloaded(@TempDir Path other) throws Exception {
    try (Harvest own = ailing(other);
        LocalInstance mended = own.run()) {
      own.api().awaitState(1, "completed");
      open(own, "/?open=failures&of=all");
      browser.awaitText("dialog .reasons button:first-of-type", "http_500 2");
      browser.click("dialog .reasons button:first-of-type");
      Awaitility.await().until(() -> browser.count("dialog tbody tr") == 2);
      assertThat(browser.run("return location.search")).asString().contains("reason=http_500");
      assertNothingIsWrong();
      browser.screenshot("failures-of-all");
      browser.press("Download all as JSONL");
      browser.awaitText("dialog .outcome", "downloaded");
      Api.Answer lines =
          own.api().get("/api/failures?reason=http_500", "Accept", "application/x-ndjson");
      assertThat(lines.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
      assertThat(lines.text().lines())
          .hasSize(2)
          .allMatch(line -> line.startsWith("{\"script_id\":1,"));

      own.portal.faultFirst("/doc/3.pdf", 0, Fault.status(500)); // from now on it comes
      own.portal.faultFirst("/doc/4.pdf", 0, Fault.status(500)); // from now on it comes
      browser.press("Try these again");
      browser.awaitText("dialog .outcome", "2 documents are queued again");
      browser.awaitText("dialog", "No document has this reason any more");
    }
  }

  @Test
  void captchasOfEveryInstanceAreAnsweredOnUnifiedAndAWrongAnswerIsReported(@TempDir Path other)
      throws Exception {
    PortalMoods asking = PortalMoods.good().with(PortalMoods.Captchas.onFirstSearch());
    int port = Ports.free();
    Map<String, String> second = new HashMap<>();
    second.put("HARVEST_INSTANCE_ID", "2");
    second.put("HARVEST_DATA_DIR", "data-2");
    second.put("API_PORT", String.valueOf(port));
    second.put("MANAGEMENT_PORT", String.valueOf(Ports.free()));
    try (EcourtsPortal portal = new EcourtsPortal(20, asking);
        Harvest two = new Harvest(other, 20, 10).set("HARVEST_INSTANCES", "2")) {
      two.set("PORTAL_TYPE", "ecourts").set("PORTAL_URL", portal.address().toString());
      two.set("FLEET_PEERS", "http://127.0.0.1:" + port);
      try (LocalInstance first = two.run();
          LocalInstance peer = two.run(second)) {
        two.api();
        Api far = Api.at(port);
        JsonNode captcha = far.awaitCaptchas(1).get(0);
        browser
            .look(1280, 900, "light")
            .open("http://127.0.0.1:" + two.setting("API_PORT") + "/unified");
        browser.awaitText(".captchas", "Text for script 2, instance 2");
        browser.awaitText(".captchas", "Text for script 1, instance 1");
        assertThat(browser.barriers()).isEmpty();
        browser.screenshot("unified-captchas");
        browser.click(".captchas li:last-child input");
        String field = browser.focused();
        browser.type("wrong", Keys.ENTER);
        browser.awaitText(".captchas [role=alert]", "The last answer was wrong");
        int script = field.contains("script 2") ? 2 : 1;
        Api asked = script == 2 ? far : two.api();
        browser.click(".captchas li:last-child input");
        browser.type(Captchas.read(portal, asked.awaitCaptchas(1).get(0)), Keys.ENTER);
        asked.awaitState(script, "completed");
        assertThat(captcha.path("script_id").asInt()).isEqualTo(2);
      }
    }
  }
}
