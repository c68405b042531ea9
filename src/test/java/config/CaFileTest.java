package config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.PortalTypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"portal.ca-file, PORTAL_CA_FILE", "s3.ca-file, S3_CA_FILE"})
  void aMissingFileIsReportedWithItsKey(String key, String name) {
    assertThatThrownBy(() -> load(name))
        .isInstanceOf(UsageException.class)
        .hasMessage(key + ": \"ca.pem\" (from " + name + ") is not a file that exists");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\u0000\u0001 no PEM",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nMIIB\n"
      })
  void aFileWithoutReadableCertificatesIsReportedWithItsKey(String text) throws Exception {
    Files.writeString(folder.resolve("ca.pem"), text);
    assertThatThrownBy(() -> load("PORTAL_CA_FILE"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("portal.ca-file: \"ca.pem\"")
        .hasMessageContaining("certificate")
        .hasMessageNotContaining("\n");
  }

  private Configuration load(String name) {
    return ConfigurationLoader.in(folder, Map.of(name, "ca.pem"), PortalTypes.KNOWN.all()).load();
  }
}
