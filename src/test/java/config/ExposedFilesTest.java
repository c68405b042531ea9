package config;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import app.PortalTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExposedFilesTest {
  @TempDir Path folder;

  private List<Path> exposed() {
    return ConfigurationLoader.in(folder, Map.of(), PortalTypes.KNOWN.all()).exposedFiles();
  }

  private void write(String name, String text, String rights) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, fromString(rights));
  }

  @ParameterizedTest
  @ValueSource(strings = {"api.key=x", "  fleet.key : x", "a=b\nAWS_SECRET_ACCESS_KEY=x"})
  void aFileWithSecretsThatEveryUserCanReadIsExposed(String text) throws Exception {
    write("application.properties", text, "rw-r--r--");
    write(".env", "export " + text.strip(), "rw----r--");

    assertThat(exposed()).containsExactly(Path.of("application.properties"), Path.of(".env"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alert.webhook-url=https://hooks.example/services/x",
        "portal.headers = Authorization: Basic eDp5",
        "portal.proxy=proxy.example:3128",
        "otel.exporter.otlp.headers=x-team=a",
        "portal.url=https://portal.example/list?page={page}&token=x",
        "api.key x",
        "\uFEFFapi.key==x",
        "camel.ssl.keystore-password=x"
      })
  void everyKeyWhoseValueIsNotShownIsASecret(String text) throws Exception {
    write("application.properties", text, "rw-r--r--");

    assertThat(exposed()).containsExactly(Path.of("application.properties"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.tls.key=/etc/tls/privkey.pem",
        "s3.sse-kms-key-id=alias/judgments",
        "portal.url=https://portal.example/list?page={page}",
        "api.key =",
        "# the api.key is in .env"
      })
  void aPathOrANameIsNoSecret(String text) throws Exception {
    write("application.properties", text + "\n", "rw-r--r--");

    assertThat(exposed()).isEmpty();
  }

  @Test
  void namesOfTheEnvironmentCountAsTheirKeys() throws Exception {
    write(".env", "ALERT_WEBHOOK_URL='https://hooks.example/services/x'\n", "rw-r--r--");
    assertThat(exposed()).containsExactly(Path.of(".env"));

    write(".env", "API_TLS_KEY=/etc/tls/privkey.pem\n", "rw-r--r--");
    assertThat(exposed()).isEmpty();

    write(".env", "https_proxy=http://me:x@proxy.example:3128\n", "rw-r--r--");
    assertThat(exposed()).containsExactly(Path.of(".env"));
  }

  @Test
  void aFileThatOnlyItsOwnerOrGroupCanReadIsNotExposed() throws Exception {
    write("application.properties", "api.key=x", "rw-------");
    write(".env", "API_KEY=x", "rw-r-----");

    assertThat(exposed()).isEmpty();
  }

  @Test
  void filesWithoutSecretsAndMissingFilesAreNotExposed() throws Exception {
    write("application.properties", "# api.key=x\napi.key=\nharvest.page-size=100\n", "rw-r--r--");

    assertThat(exposed()).isEmpty();
  }
}
