package config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.PortalTypes;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationLoaderTest {
  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();

  @Test
  void withoutAnySourceTheBuiltInDefaultsApply() {
    Configuration configuration = load();

    assertThat(configuration.harvest().instanceId()).isEqualTo(1);
    assertThat(configuration.harvest().distribution().pages()).isEqualTo(168_867);
    assertThat(configuration.harvest().starts().count()).isZero();
    assertThat(configuration.harvest().starts().delay()).isEqualTo(Duration.ofSeconds(2));
    assertThat(configuration.harvest().starts().resume()).isTrue();
    assertThat(configuration.harvest().dataDir()).isEqualTo(folder.resolve("data"));
    assertThat(configuration.portal().type()).isEqualTo("links");
    assertThat(configuration.portal().url()).isEmpty();
    assertThat(configuration.portal().allowedHosts()).isEmpty();
    assertThat(configuration.portal().politeness().rate()).isEqualTo(RateLimits.fixed(5));
    assertThat(configuration.portal().politeness().concurrency()).isEqualTo(8);
    assertThat(configuration.portal().politeness().obeyRobots()).isTrue();
    assertThat(configuration.portal().politeness().userAgent())
        .isEqualTo("judgment-harvester/0.1.0");
    assertThat(configuration.portal().timeouts().document()).isEqualTo(Duration.ofMinutes(5));
    assertThat(configuration.portal().maxDocumentBytes()).isEqualTo(200L * 1024 * 1024);
    assertThat(configuration.store().bucket()).isEqualTo("s3-vector-storage");
    assertThat(configuration.store().createBucket()).isFalse();
    assertThat(configuration.store().endpoint()).isNull();
    assertThat(configuration.store().region()).isEqualTo("us-east-1");
    assertThat(configuration.store().pathStyle()).isFalse();
    assertThat(configuration.api().host()).isEqualTo("127.0.0.1");
    assertThat(configuration.api().port()).isEqualTo(5000);
    assertThat(configuration.api().key()).isNull();
    assertThat(configuration.api().managementPort()).isEqualTo(5001);
    assertThat(configuration.camel()).isEmpty();
  }

  @Test
  void laterSourcesWin() throws IOException {
    assertThat(pageSize(loader())).isEqualTo(100);
    assertThat(pageSize(loader().withDefaults(Map.of("harvest.page-size", "20")))).isEqualTo(20);
    write("application.properties", "harvest.page-size=30");
    assertThat(pageSize(loader().withDefaults(Map.of("harvest.page-size", "20")))).isEqualTo(30);
    write(".env", "HARVEST_PAGE_SIZE=40");
    assertThat(pageSize(loader())).isEqualTo(40);
    environment.put("HARVEST_PAGE_SIZE", "50");
    assertThat(pageSize(loader())).isEqualTo(50);
    assertThat(pageSize(loader().withOverrides(Map.of("harvest.page-size", "60")))).isEqualTo(60);
  }

  @Test
  void aGivenFileIsReadInsteadOfTheUsualOne() throws IOException {
    write("application.properties", "harvest.page-size=30\nharvest.scripts=7");
    write("other.properties", "harvest.page-size=31");

    Configuration configuration = loader().withConfigFile(Path.of("other.properties")).load();

    assertThat(configuration.harvest().distribution().pageSize()).isEqualTo(31);
    assertThat(configuration.harvest().distribution().scripts()).hasSize(66);
  }

  @Test
  void aGivenFileThatDoesNotExistIsAMistake() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> loader().withConfigFile(Path.of("none.properties")).load())
        .withMessage("--config: \"none.properties\" is not a file that exists");
  }

  @Test
  void anEmptyValueKeepsTheEarlierOne() throws IOException {
    write("application.properties", "harvest.page-size=30");
    write(".env", "HARVEST_PAGE_SIZE=\nAPI_KEY=\"\"");
    environment.put("HARVEST_PAGE_SIZE", " ");

    assertThat(pageSize(loader())).isEqualTo(30);
    assertThat(load().api().key()).isNull();
  }

  @Test
  void anUnknownKeyWithAKnownPrefixNamesTheNearest() throws IOException {
    write("application.properties", "harvest.pagesize=30");

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(this::load)
        .withMessage(
            "harvest.pagesize (in application.properties) is not a key;"
                + " the nearest is harvest.page-size");
  }

  @Test
  void theKeysOfAPortalTypeAreKnown() throws IOException {
    write("application.properties", "portal.ecourts.language=PUN");

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(this::load)
        .withMessageEndingWith("is not a key; the nearest is portal.ecourts.languages");
  }

  @ParameterizedTest
  @CsvSource({
    "harvset.scripts, harvest.scripts",
    "Portal.Rate, portal.rate",
    "PORTAL.RATE, portal.rate",
    "rate, portal.rate",
    "pageSize, harvest.page-size",
    "harvest.page_size, harvest.page-size",
    "HARVEST_PAGE_SIZE, harvest.page-size",
    "ecourts.state-code, portal.ecourts.state-code",
    "portal.uri, portal.url",
    "s3-bucket, s3.bucket",
    "portal.nothing-of-the-kind, portal."
  })
  void aNameInTheFileThatResemblesAKeyNamesTheNearest(String name, String nearest)
      throws IOException {
    write("application.properties", name + "=30");

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(this::load)
        .withMessageStartingWith(
            name + " (in application.properties) is not a key; the nearest is " + nearest);
  }

  @ParameterizedTest
  @CsvSource({
    "HARVSET_SCRIPTS, HARVEST_SCRIPTS",
    "HARVEST_PAGESIZE, HARVEST_PAGE_SIZE",
    "harvest_scripts, HARVEST_SCRIPTS",
    "PORTAL_URI, PORTAL_URL"
  })
  void aNameInTheEnvironmentOrDotEnvThatResemblesAKeyNamesTheNearest(String name, String nearest)
      throws IOException {
    environment.put(name, "secret");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(this::load)
        .withMessage(name + " (in the environment) is not a key; the nearest is " + nearest);

    environment.clear();
    write(".env", name + "=secret");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(this::load)
        .withMessage(name + " (in .env) is not a key; the nearest is " + nearest);
  }

  @ParameterizedTest
  @ValueSource(strings = {".env", "application.properties"})
  void aFolderOrADanglingLinkInPlaceOfAFileIsAMistake(String name) throws IOException {
    Path file = Files.createDirectory(folder.resolve(name));
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(this::load)
        .withMessageStartingWith(name + ": is a folder or a link to nothing");

    Files.delete(file);
    Files.createSymbolicLink(file, folder.resolve("gone"));
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(this::load)
        .withMessageStartingWith(name + ": is a folder or a link to nothing");
  }

  @Test
  void aValueThatLosesLettersInTheLocaleIsAMistake() {
    environment.put("PORTAL_URL", "http://portal.example/\uFFFD\uFFFD?page={page}");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(this::load)
        .withMessageStartingWith("PORTAL_URL: its value has letters that the locale")
        .withMessageContaining("LC_ALL=C.UTF-8");
  }

  @Test
  void aNameThatResemblesNoKeyIsReportedAndHasNoEffect() throws IOException {
    write("application.properties", "logging.level=debug\nportal.rate=1");

    assertThat(loader().withoutEffect())
        .singleElement()
        .asString()
        .startsWith("logging.level (in application.properties) is not a key and has no effect");
  }

  @Test
  void aRepeatedKeyIsReportedAndItsLastLineCounts() throws IOException {
    write("application.properties", "portal.rate=1\nportal.concurrency=2\nportal.rate=3");
    write(".env", "HARVEST_SCRIPTS=4\nAWS_REGION=x\nexport HARVEST_SCRIPTS=5");

    assertThat(load().portal().politeness().rate()).isEqualTo(RateLimits.fixed(3));
    assertThat(load().harvest().distribution().scripts()).hasSize(5);
    assertThat(loader().withoutEffect())
        .containsExactly(
            "portal.rate stands more than once in application.properties; the last line counts",
            "HARVEST_SCRIPTS stands more than once in .env; the last line counts");
  }

  @Test
  void settingsOfOtherProgramsAreIgnored() throws IOException {
    write("application.properties", "logging.level=debug\ncamel.main.name=harvester");
    write(
        ".env",
        "DATABASE_URL=x\nAWS_REGION=x\nAPI_TOKEN=x\nS3_URL=x\nCAMEL_MAIN_SHUTDOWN_TIMEOUT=10");
    environment.put("CAMEL_COMPONENT_SCHEDULER_BRIDGE_ERROR_HANDLER", "true");

    assertThat(load().camel())
        .containsOnly(
            Map.entry("camel.main.name", "harvester"),
            Map.entry("camel.main.shutdown-timeout", "10"),
            Map.entry("camel.component.scheduler.bridge-error-handler", "true"));
  }

  @Test
  void theFileIsUtf8WithOrWithoutAByteOrderMark() throws IOException {
    write("application.properties", "\uFEFFcamel.main.name=न्याय");
    assertThat(load().camel()).containsEntry("camel.main.name", "न्याय");

    Files.write(
        folder.resolve("application.properties"),
        "camel.main.name=é".getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(this::load)
        .withMessageStartingWith("application.properties: is not text in UTF-8");
  }

  @Test
  void aBrokenEscapeInTheFileIsAMistake() throws IOException {
    write("application.properties", "harvest.data-dir=C:\\users");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(this::load)
        .withMessageStartingWith("application.properties: holds a \\u");
  }

  @Test
  void addressesAndHostsAreReadAsBrowsersReadThem() {
    environment.put("PORTAL_URL", " HTTP:\\\\My_Portal.example/a/../list?p={page} ");
    environment.put(
        "PORTAL_ALLOWED_HOSTS", "Bücher.Example, my_files.example:80, 0x7f.1, [0:0::1]:81");
    environment.put("S3_ENDPOINT", "https:/Minio_1.example:443/a/..");

    Configuration configuration = load();

    assertThat(configuration.portal().allowedHosts())
        .containsExactly("xn--bcher-kva.example", "my_files.example:80", "127.0.0.1", "[::1]:81");
    assertThat(configuration.store().endpoint()).isEqualTo(URI.create("https://minio_1.example/"));

    environment.remove("PORTAL_ALLOWED_HOSTS");
    assertThat(load().portal().allowedHosts()).containsExactly("my_portal.example");
  }

  @Test
  void oneValueFollowsFromAnother() {
    environment.put("PORTAL_URL", "https://Portal.Example:8443/list?page={page}");
    environment.put("S3_ENDPOINT", "http://127.0.0.1:9000");
    environment.put("API_KEY", "secret");
    environment.put("HARVEST_AUTOSTART", "all");

    Configuration configuration = load();

    assertThat(configuration.portal().allowedHosts()).containsExactly("portal.example");
    assertThat(configuration.store().endpoint()).isEqualTo(URI.create("http://127.0.0.1:9000/"));
    assertThat(configuration.store().pathStyle()).isTrue();
    assertThat(configuration.api().fleetKey()).isEqualTo("secret");
    assertThat(configuration.harvest().starts().count()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void listsAreNormalizedForComparison() {
    environment.put("PORTAL_ALLOWED_HOSTS", "A.example, b.example:8443,[::1]:80");
    environment.put("API_CORS_ORIGINS", "HTTPS://Desk.example:443,http://localhost:3000");
    environment.put("FLEET_PEERS", "http://10.0.0.2:5000/, https://peer.example/harvester");

    Configuration configuration = load();

    assertThat(configuration.portal().allowedHosts())
        .containsExactly("a.example", "b.example:8443", "[::1]:80");
    assertThat(configuration.api().corsOrigins())
        .containsExactly("https://desk.example", "http://localhost:3000");
    assertThat(configuration.api().peers())
        .containsExactly(
            URI.create("http://10.0.0.2:5000"), URI.create("https://peer.example/harvester"));
  }

  @Test
  void onlyARunNeedsThePortalsAddress() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> loader().loadToRun())
        .withMessageContainingAll("portal.url", "{page}", "{offset}");

    environment.put("PORTAL_URL", "http://127.0.0.1/list?from={offset}");
    assertThat(loader().loadToRun().portal().url()).hasValue("http://127.0.0.1/list?from={offset}");
  }

  @Test
  void keysAreNeverPrinted() {
    environment.put("API_KEY", "hush-a");
    environment.put("FLEET_KEY", "hush-b");
    environment.put("CAMEL_SSL_KEYSTORE_PASSWORD", "hush-c");
    assertThat(load().toString()).doesNotContain("hush");

    environment.put("API_KEY", "hush hush");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(this::load)
        .withMessage(
            "api.key (from API_KEY) cannot be sent in a header;"
                + " expected ASCII letters, digits and signs without spaces");
  }

  private ConfigurationLoader loader() {
    return ConfigurationLoader.in(folder, environment, PortalTypes.KNOWN.all());
  }

  private Configuration load() {
    return loader().load();
  }

  private static int pageSize(ConfigurationLoader loader) {
    return loader.load().harvest().distribution().pageSize();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
