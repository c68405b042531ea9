package config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertiesFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "'', 'a.b = 7|'",
        "'# mine|a.b=1|c=2', '# mine|a.b=7|c=2'",
        "'  a.b   :  1  |c', '  a.b   :  7|c'",
        "'a.b 1', 'a.b 7'",
        "'a.b=1|a.b=2|', 'a.b=1|a.b=7|'",
        "'a.b=1\\|  2|c=3', 'a.b=7|c=3'",
        "'x=1\\|a.b=2', 'x=1\\|a.b=2|a.b = 7|'",
        "'#a.b=1|', '#a.b=1|a.b = 7|'",
        "'a.bc=1', 'a.bc=1|a.b = 7|'"
      })
  void aKeyIsSetAndEverythingElseStaysAsItIs(String before, String after) {
    assertThat(PropertiesFile.edited(before.replace('|', '\n'), Map.of("a.b", "7")))
        .isEqualTo(after.replace('|', '\n'));
  }

  @Test
  void lineEndingsAndTheByteOrderMarkStay() {
    assertThat(PropertiesFile.edited("\uFEFFa.b = 1\r\nc = 2\r\n", Map.of("a.b", "7", "d", "8")))
        .isEqualTo("\uFEFFa.b = 7\r\nc = 2\r\nd = 8\r\n");
  }

  @Test
  void theTargetOfALinkIsReplacedAndKeepsItsPermissions() throws IOException {
    Path real = Files.writeString(folder.resolve("real.properties"), "a.b=1\n");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link.properties"), real);

    PropertiesFile.set(link, Map.of("a.b", "7"));

    assertThat(real).hasContent("a.b=7");
    assertThat(link).isSymbolicLink();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
        .isEqualTo("rw-r-----");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aMissingFileIsCreated() throws IOException {
    PropertiesFile.set(folder.resolve("new.properties"), Map.of("a.b", "7"));

    assertThat(folder.resolve("new.properties")).hasContent("a.b = 7");
  }
}
