package app;

import static org.assertj.core.api.Assertions.assertThat;

import cli.Pause;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoCommandTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --portal court             | --portal: "court" is not a portal of the demo; expected links, ecourts or opendata
          --portal                   | --portal
          --portal ecourts --captcha ever  | --captcha: "ever" is not known; expected never, first-search or after-25
          --captcha never            | --captcha: "never" is for the ecourts portal alone; expected --portal ecourts or opendata with it
          --portal links --captcha after-25 | --captcha: "after-25" is for the ecourts portal alone; expected --portal ecourts or opendata with it
          """)
  void aWrongPortalIsOneLineAndExit2(String options, String message) {
    assertThat(run(("demo " + options).split(" "))).isEqualTo(2);

    assertThat(err.toString(StandardCharsets.UTF_8)).contains(message).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void moreDocumentsThanCanBeCountedAreOneLineAndExit2() {
    assertThat(run("demo", "--pages", "30000000")).isEqualTo(2);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("harvest.pages: \"30000000\" pages of 100 are more documents than")
        .hasLineCount(1);
  }

  @Test
  void theEcourtsPortalAcceptsOnlyItsOwnPageSizes() {
    assertThat(run(Map.of("HARVEST_PAGE_SIZE", "30"), "demo", "--portal", "ecourts")).isEqualTo(2);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("harvest.page-size: \"30\"")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"demo, demo-data, store: Not a directory", "retry-failed, data, data is no folder"})
  void aFileInPlaceOfTheDataFolderIsOneLineAndExit2(String command, String name, String why)
      throws IOException {
    Files.writeString(folder.resolve(name), "mine");

    assertThat(run(command)).isEqualTo(2);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("harvest.data-dir: \"")
        .contains(why + "); expected a folder")
        .hasLineCount(1);
    assertThat(folder.resolve(name)).hasContent("mine");
  }

  @Test
  void helpNamesThePortals() {
    assertThat(run("demo", "--help")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--portal=TYPE", "--captcha=WHEN", "links", "ecourts", "first-search");
  }

  private int run(String... args) {
    return run(Map.of(), args);
  }

  private int run(Map<String, String> environment, String... args) {
    return Main.run(
        args,
        InputStream.nullInputStream(),
        stream(out),
        stream(err),
        folder,
        environment,
        Pause.SLEEP);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
