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

  @Test
  void aFileThatIsItsOwnersOrItsGroupsAloneIsNot() throws Exception {
    write("application.properties", "api.key=x", "rw-------");
    write(".env", "API_KEY=x", "rw-r-----");

    assertThat(exposed()).isEmpty();
  }

  @Test
  void aFileWithoutSecretsAndOneThatIsMissingAreNot() throws Exception {
    write("application.properties", "# api.key=x\napi.key=\nharvest.page-size=100\n", "rw-r--r--");

    assertThat(exposed()).isEmpty();
  }
}
