package monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoggingTest {
  @Test
  void everyPackageOfTheProgramMayLog() throws IOException {
    String configuration;
    try (InputStream in = LoggingTest.class.getResourceAsStream("/logback-instance.xml")) {
      configuration = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(packages())
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(configuration)
                    .contains("<logger name=\"" + name + "\" level=\"INFO\"/>"));
  }

  /** The demo simulates other systems, and logs nothing about the harvest. */
  private static List<String> packages() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("src/main/java"))) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !name.equals("demo"))
          .toList();
    }
  }
}
