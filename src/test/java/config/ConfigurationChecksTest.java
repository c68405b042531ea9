package config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.PortalTypes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationChecksTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "portal.url | http://me:secret@a/{page} | use portal.headers",
        "portal.url | https:\\\\me:sec@secret@a/{page} | use portal.headers",
        "portal.url | http:/me:secret@a/{page} | use portal.headers",
        "portal.url | http://secret@a/{page} | use portal.headers",
        "s3.endpoint | https://me:secret@a:9000 | use AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
      })
  void userAndPasswordInAnAddressAreAMistakeAndNotShown(String key, String value, String right) {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> load(key, value))
        .withMessageStartingWith(key + ": ")
        .withMessageContaining(right)
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          harvest.instance-id        | 5            | harvest.instances
          harvest.instance-id        | 0            | whole number of 1 or more
          harvest.instances          | 0            | whole number from 1 to
          harvest.scripts            | -1           | whole number from 1 to
          harvest.total-results      | 0            | whole number of 1 or more
          harvest.total-results      | 999999999999 | fewer results
          harvest.page-size          | 1.5          | whole number of 1 or more
          harvest.page-size          | 3000000000   | whole number from 1 to 2147483647
          harvest.pages              | 0            | whole number of 1 or more
          harvest.assignment         | 1-66         | one for each of the 4
          harvest.assignment         | 1,2,3,x      | holds "x"
          harvest.assignment         | 1-9,10,20-19,11-66 | holds "20-19"
          harvest.assignment         | 1-9,10,12,13-66 | leaves out script 11
          harvest.assignment         | 1-9,9,10,11-66 | names script 9 twice
          harvest.assignment         | 1,2,3,4-67   | names script 67 of 66
          harvest.autostart          | some         | 0 or more nor all
          harvest.start-delay        | 61m          | from 0s to 1h
          harvest.start-delay        | -1s          | duration
          harvest.start-delay        | soon         | duration
          harvest.resume             | yes          | true, false
          portal.type                | html         | links, ecourts
          portal.url                 | ftp://a/{page} | http or https
          portal.url                 | /list?{page} | http or https
          portal.url                 | http://a/list | {page}, {page0} or {offset}
          portal.url                 | http://a b/{page} | {page}, {page0} or {offset}
          portal.link-selector       | a[           | CSS selector
          portal.total-selector      | ::nonsense(  | CSS selector
          portal.allowed-hosts       | http://a     | host or host:port
          portal.allowed-hosts       | a, b/c       | host or host:port
          portal.allowed-hosts       | a:99999      | host or host:port
          portal.allowed-hosts       | me@a         | host or host:port
          portal.allowed-hosts       | 1.2.3.256    | host or host:port
          portal.allowed-hosts       | [::1::]      | host or host:port
          portal.rate                | -1           | number of 0 or more
          portal.rate                | NaN          | number of 0 or more
          portal.concurrency         | 0            | whole number from 1
          portal.robots              | maybe        | obey, ignore
          portal.ecourts.languages   | english      | PUN,HIN
          portal.ecourts.state-code  | 27           | 27~1
          portal.ecourts.from-date   | 31-12-2024   | 2024-12-31
          portal.ecourts.fcourt-type | 1            | 2, 3
          portal.user-agent          | ü            | ASCII
          portal.connect-timeout     | 0            | duration
          portal.max-attempts        | 0            | whole number of 1 or more
          portal.retry-wait          | 1d           | duration
          portal.max-document-bytes  | 200MB        | MiB
          portal.max-document-bytes  | 6GiB         | 5GiB
          s3.bucket                  | My_Bucket    | name of a bucket
          s3.bucket                  | 10.0.0.1     | name of a bucket
          s3.create-bucket           | 1            | true, false
          s3.prefix                  | judgments    | parts that end
          s3.prefix                  | /judgments/  | prefix
          s3.prefix                  | a/../b/      | prefix
          s3.endpoint                | minio:9000   | http or https
          s3.endpoint                | http://a:99999 | http or https
          s3.region                  | us east      | region
          s3.path-style              | on           | true, false
          s3.checksum                | SHA256       | sha256, md5, none
          s3.checksum                | crc32        | sha256, md5, none
          s3.sse                     | aes256       | AES256, aws:kms
          s3.sse-kms-key-id          | k            | s3.sse=aws:kms
          s3.storage-class           | COLD         | STANDARD, STANDARD_IA
          s3.storage-class           | standard     | STANDARD, STANDARD_IA
          api.host                   | 0.0.0.0      | api.key
          api.host                   | ::           | api.key
          api.host                   | vps.example  | api.key
          api.host                   | 127.0.0.256  | address to listen on
          api.host                   | http://a     | address to listen on
          api.port                   | 65536        | from 0 to 65535
          api.allow-anonymous        | ja           | true, false
          api.cors-origins           | *            | origins
          api.cors-origins           | http://a/b   | origins
          management.port            | x            | from 0 to 65535
          fleet.peers                | 10.0.0.2:5000 | addresses of instances
          otel.exporter.otlp.endpoint | 127.0.0.1:4318 | http or https
          otel.exporter.otlp.endpoint | http://a:4318/?x=1 | http or https
          """)
  void aWrongValueIsAMistakeOfOneLine(String key, String value, String right) {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> load(key, value))
        .withMessageStartingWith(key + ": \"" + value + "\" (from ")
        .withMessageContaining(right)
        .satisfies(mistake -> assertThat(mistake.getMessage()).doesNotContain("\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "host=secret", "x=secret%ff", "x=secret%0d%0a", "x=a,secret"})
  void aWrongHeaderForTheCollectorIsReportedWithoutItsValue(String value) {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> load("otel.exporter.otlp.headers", value))
        .withMessageStartingWith("otel.exporter.otlp.headers (from ")
        .satisfies(mistake -> assertThat(mistake.getMessage()).doesNotContain("secret"));
  }

  @Test
  void spansGoToTheUsualPathOfACollectorOrNowhere() {
    assertThat(load("harvest.scripts", "66").tracing()).isEmpty();
    assertThat(load("otel.exporter.otlp.endpoint", "http://a:4318/otlp/").tracing().orElseThrow())
        .extracting(TracingSettings::endpoint)
        .isEqualTo(URI.create("http://a:4318/otlp/v1/traces"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '/',
      value = {
        "Accept / Name: value",
        "A b: c / Name: value",
        "A: ü / Name: value",
        "A: b | x / Name: value",
        "A: b | Host: c / cannot be changed",
        "connection: upgrade / cannot be changed"
      })
  void aWrongHeaderIsAMistakeThatDoesNotShowIt(String value, String right) {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> load("portal.headers", value))
        .withMessageStartingWith("portal.headers (from ")
        .withMessageContaining(right);
  }

  @Test
  void headersAreSeparatedByABar() {
    assertThat(load("portal.headers", "X-Key: a:b, c | authorization: Basic YTpi|x").portal())
        .satisfies(
            portal ->
                assertThat(portal.headers())
                    .containsOnly(
                        Map.entry("X-Key", "a:b, c"), Map.entry("authorization", "Basic YTpi|x")));
  }

  @Test
  void theReadKeyMustDifferFromTheKeyAndOpensNothingByItself() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> load("api.key", "s3cret", "api.read-key", "s3cret"))
        .withMessageStartingWith("api.read-key (from ")
        .withMessageContaining("is api.key as well")
        .withMessageNotContaining("s3cret");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> load("api.host", "0.0.0.0", "api.read-key", "r"))
        .withMessageContaining("expected api.key to be set");
    assertThat(load("api.key", "k", "api.read-key", "s3cret").toString()).doesNotContain("s3cret");
  }

  @Test
  void valuesThatDoNotFitTogetherAreAMistake() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> load("api.port", "5001"))
        .withMessage(
            "management.port: \"5001\" (the default) is api.port as well; expected another port");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> load("s3.prefix", "manifests/x/"))
        .withMessageContainingAll("s3.manifest-prefix", "manifests/x/", "overlap");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "ü", "k\tk"})
  void aKmsKeyIsAnIdAnArnOrAnAlias(String wrong) {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> load("s3.sse", "aws:kms", "s3.sse-kms-key-id", wrong))
        .withMessageStartingWith("s3.sse-kms-key-id: ");
    for (String right :
        List.of("alias/a_b", "1234abcd-12ab", "arn:aws:kms:ap-south-1:1:key/1234abcd-12ab")) {
      assertThat(load("s3.sse", "aws:kms", "s3.sse-kms-key-id", right).store().uploads().kmsKeyId())
          .isEqualTo(right);
    }
  }

  @Test
  void aKmsKeyNeedsEncryptionWithKms() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> load("s3.sse", "AES256", "s3.sse-kms-key-id", "k"))
        .withMessageContaining("needs s3.sse=aws:kms");
  }

  @Test
  void aMistakeNamesKeyValueAndSource() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> load("harvest.page-size", "ten"))
        .withMessage(
            "harvest.page-size: \"ten\" (from HARVEST_PAGE_SIZE)"
                + " is not a whole number of 1 or more");
  }

  @ParameterizedTest
  @CsvSource({"250ms,250", "10s,10000", "5m,300000", "0.5h,1800000", "1.5,1500", "0,0"})
  void durationsHaveUnitsOrAreSeconds(String text, long millis) {
    assertThat(load("harvest.start-delay", text).harvest().starts().delay())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "512B,512", "64KiB,65536", "200MiB,209715200", "1GiB,1073741824"})
  void sizesHaveUnitsOrAreBytes(String text, long bytes) {
    assertThat(load("portal.max-document-bytes", text).portal().maxDocumentBytes())
        .isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]"})
  void loopbackNeedsNoKey(String host) {
    assertThat(load("api.host", host).api().key()).isNull();
  }

  @Test
  void anOpenHostNeedsAKeyOrPermission() {
    assertThat(load("api.host", "0.0.0.0", "api.key", "k").api().host()).isEqualTo("0.0.0.0");
    assertThat(load("api.host", "0.0.0.0", "api.allow-anonymous", "true").api().allowAnonymous())
        .isTrue();
  }

  @Test
  void freePortsMayBothBeAskedFor() {
    Configuration configuration = load("api.port", "0", "management.port", "0");
    assertThat(configuration.api().port()).isEqualTo(configuration.api().managementPort());
  }

  @Test
  void aValueWithLineBreaksStaysOneLine() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> load("s3.region", "a\nb"))
        .withMessageContaining("\"a b\"");
  }

  private static Configuration load(String... keysAndValues) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      environment.put(
          keysAndValues[i].toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), keysAndValues[i + 1]);
    }
    return ConfigurationLoader.in(Path.of("no-such-folder"), environment, PortalTypes.KNOWN.all())
        .load();
  }
}
