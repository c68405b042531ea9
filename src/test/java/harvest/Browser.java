package harvest;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium with its own profile, which can only connect to this machine. */
final class Browser implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int TALLEST = 6000;

  /** Pages refresh every second here instead of every five, so that no test waits long. */
  private static final String SHORT_WAITS =
      """
      {
        const wait = window.setTimeout;
        window.waits = new Set();
        window.setTimeout = (call, millis, ...rest) => {
          window.waits.add(millis);
          return wait(call, millis === 5000 ? 1000 : millis, ...rest);
        };
      }
      """;

  private final ChromeDriver driver;

  Browser(Path profile) {
    LoggingPreferences console = new LoggingPreferences();
    console.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.setCapability("goog:loggingPrefs", console);
    options.setAcceptInsecureCerts(true); // those that a test signs itself
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File("/usr/bin/chromedriver"))
            .usingAnyFreePort()
            .withSilent(true)
            .build();
    this.driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(TIMEOUT);
    driver.executeCdpCommand(
        "Page.addScriptToEvaluateOnNewDocument", Map.of("source", SHORT_WAITS));
    look(1280, 900, "light");
  }

  /** Sets the size of the window and the system's colour scheme. */
  Browser look(int width, int height, String scheme) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            "",
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    return this;
  }

  /** Shows the page as it is printed, until the next {@link #look}. */
  void showAsPrinted() {
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
  }

  void open(String address) {
    driver.get(address);
  }

  void reload() {
    driver.navigate().refresh();
  }

  WebElement element(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  int count(String selector) {
    return driver.findElements(By.cssSelector(selector)).size();
  }

  List<String> ids(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream()
        .map(element -> element.getDomAttribute("id"))
        .toList();
  }

  /** The visible text there, in one line. */
  String text(String selector) {
    return element(selector).getText().replaceAll("\\s+", " ").strip();
  }

  void click(String selector) {
    await(selector);
    element(selector).click();
  }

  /** Clicks the button with this text or accessible label. */
  void press(String name) {
    String within = count("dialog[open]") == 0 ? "//" : "//dialog[@open]//";
    By button =
        By.xpath(
            "%sbutton[normalize-space()='%s' or @aria-label='%s']".formatted(within, name, name));
    Awaitility.await(name)
        .atMost(TIMEOUT)
        .ignoreException(StaleElementReferenceException.class)
        .until(() -> driver.findElements(button).stream().anyMatch(WebElement::isEnabled));
    driver.findElement(button).click();
  }

  /** Replaces the content of a field. */
  void fill(String selector, String text) {
    WebElement field = element(selector);
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, text);
  }

  /** Types into the focused element. */
  void type(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Waits until there is such an element. */
  void await(String selector) {
    Awaitility.await(selector).atMost(TIMEOUT).until(() -> count(selector) > 0);
  }

  void awaitNo(String selector) {
    Awaitility.await("no " + selector).atMost(TIMEOUT).until(() -> count(selector) == 0);
  }

  /** Waits until there is an element with this text. */
  void awaitText(String selector, String part) {
    Awaitility.await(selector + " with \"" + part + "\"")
        .atMost(TIMEOUT)
        .ignoreExceptions()
        .until(() -> text(selector).contains(part));
  }

  Object run(String script) {
    return driver.executeScript(script);
  }

  /** The result of a promise in the page. */
  Object result(String promise) {
    return driver.executeAsyncScript(
        "const done = arguments[0]; (%s).then(done, (e) => done('failed: ' + e))"
            .formatted(promise));
  }

  /** The name of the focused element: its label, or its text. */
  String focused() {
    return String.valueOf(
        run(
            "const e = document.activeElement; return e.getAttribute('aria-label')"
                + " ?? (e.labels?.[0] ?? e).innerText.trim()"));
  }

  /** The serious accessibility problems that axe-core finds. */
  List<?> barriers() throws IOException {
    if (run("return typeof axe").equals("undefined")) {
      try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
        run(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return (List<?>)
        result(
            "axe.run({rules: {'target-size': {enabled: true}}}).then((found) => found.violations"
                + ".filter(({impact}) => impact === 'serious' || impact === 'critical')"
                + ".map(({id, nodes}) => id + ': ' + nodes.map((node) => node.html).join(' ; ')))");
  }

  /** The errors on the console since the last call. */
  List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Leaves the page, which may belong to a server that is gone, and forgets its errors. */
  void leave() {
    open("about:blank");
    errors();
  }

  /** Whether the page is wider than the window. */
  boolean scrollsSideways() {
    return (Boolean)
        run("return document.documentElement.scrollWidth > document.documentElement.clientWidth");
  }

  /** A screenshot of the window. */
  void screenshot(String name) throws IOException {
    save(name, Map.of("format", "png"));
  }

  /** A screenshot of the whole page. */
  void longScreenshot(String name) throws IOException {
    Number height = (Number) run("return document.documentElement.scrollHeight");
    Number width = (Number) run("return document.documentElement.clientWidth");
    Map<String, Object> clip =
        Map.of(
            "x",
            0,
            "y",
            0,
            "width",
            width,
            "height",
            Math.min(TALLEST, height.intValue()),
            "scale",
            1);
    save(name, Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
  }

  private void save(String name, Map<String, Object> options) throws IOException {
    Object data = driver.executeCdpCommand("Page.captureScreenshot", options).get("data");
    Files.createDirectories(SCREENSHOTS);
    Files.write(
        SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode(String.valueOf(data)));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
