package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testing.Launcher;

/**
 * What a command prints arrives, in an encoding that programs can read, or the command says that it
 * did not.
 */
class OutputIT {
  @TempDir Path folder;

  private static List<String> shell(String command) {
    return List.of("sh", "-c", command, "sh");
  }

  private Launcher start(List<String> starter, Map<String, String> environment, String... args)
      throws IOException {
    return Launcher.start(starter, List.of(), folder, environment, args);
  }

  @Test
  void lostOutputIsReported() throws Exception {
    try (Launcher plan = start(shell("exec \"$@\" >/dev/full"), Map.of(), "plan", "--json")) {
      assertThat(plan.exitCode()).isEqualTo(1);
      assertThat(plan.stderr())
          .isEqualTo(
              "what plan --json printed is incomplete: standard output cannot be written (No space"
                  + " left on device)");
    }
  }

  @Test
  void aReaderThatLeavesEarlyIsNoFault() throws Exception {
    try (Launcher plan =
        start(shell("{ \"$@\"; echo $? >exit; } | sed q; cat exit"), Map.of(), "plan")) {
      assertThat(plan.exitCode()).isZero();
      assertThat(plan.stdout()).endsWith("\n0").contains("results on").hasLineCount(2);
      assertThat(plan.stderr()).isEmpty();
    }
  }

  @Test
  void outputIsUtf8InEveryLocale() throws Exception {
    Files.writeString(folder.resolve("application.properties"), "harvest.page-size=न्याय");
    try (Launcher plan = start(List.of(), Map.of("LC_ALL", "C"), "plan")) {
      assertThat(plan.exitCode()).isEqualTo(2);
      assertThat(plan.stderr()).startsWith("harvest.page-size: \"न्याय\" (from");
    }
  }

  /** Marathi has digits of its own, which no server would accept in a port number. */
  @Test
  void numbersHaveAsciiDigitsInEveryLocale() throws Exception {
    List<String> locale = List.of("-Duser.language=mr", "-Duser.country=IN");
    Map<String, String> ports = Map.of("API_PORT", "0", "MANAGEMENT_PORT", "0");
    String[] args = {"demo", "--portal", "opendata", "--pages", "2", "--exit-when-done"};
    try (Launcher demo = Launcher.start(List.of(), locale, folder, ports, args)) {
      assertThat(demo.exitCode()).as(demo.stderr()).isZero();
      assertThat(demo.stdout())
          .containsPattern("dashboard  http://127\\.0\\.0\\.1:[0-9]+/")
          .doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
    }
  }

  @Test
  void aFolderWhoseNameTheLocaleCannotRepresentIsReportedInOneLine() throws Exception {
    String into = "mkdir न्याय && cd न्याय && exec \"$@\"";
    Map<String, String> locale = Map.of("LC_ALL", "C", "PORTAL_URL", "http://127.0.0.1:1/{page}");
    try (Launcher run = start(shell(into), locale, "run")) {
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.stderr())
          .hasLineCount(1)
          .startsWith("the working folder \"")
          .contains("LC_ALL=C.UTF-8");
    }
  }

  /** Control sequences are for a terminal that understands them, and a person who wants them. */
  @ParameterizedTest
  @CsvSource({"xterm, '', true", "dumb, '', false", "'', '', false", "xterm, 1, false"})
  void onATerminalOf60ColumnsLinesEndBetweenWords(String term, String noColour, boolean redraws)
      throws Exception {
    Map<String, String> environment =
        Map.of("API_PORT", "0", "MANAGEMENT_PORT", "0", "TERM", term, "NO_COLOR", noColour);
    String terminal = "script -qec \"stty cols 60; $*\" /dev/null";
    for (String command : List.of("demo --pages 1 --exit-when-done", "demo --help", "--help")) {
      String[] args = command.split(" ");
      try (Launcher shown = Launcher.start(shell(terminal), List.of(), folder, environment, args)) {
        assertThat(shown.exitCode()).as(shown.stdout()).isZero();
        assertThat(shown.stdout().contains("\033")).as(shown.stdout()).isEqualTo(redraws);
        assertThat(shown.stdout().replaceAll("\033\\[[?\\d;]*[A-Za-z]", "").lines())
            .filteredOn(line -> !line.contains("http://"))
            .allMatch(line -> line.stripTrailing().length() <= 60)
            .isNotEmpty();
      }
    }
  }

  @Test
  void onATerminalOf12RowsNothingIsDrawnAboveIt() throws Exception {
    Map<String, String> environment =
        Map.of("API_PORT", "0", "MANAGEMENT_PORT", "0", "TERM", "xterm");
    String terminal = "script -qec \"stty rows 12 cols 80; $*\" /dev/null";
    String[] args = "demo --scripts 17 --pages 17 --exit-when-done".split(" ");
    try (Launcher shown = Launcher.start(shell(terminal), List.of(), folder, environment, args)) {
      assertThat(shown.exitCode()).as(shown.stdout()).isZero();
      assertThat(Pattern.compile("\033\\[(\\d+)F").matcher(shown.stdout()).results())
          .extracting(up -> Integer.parseInt(up.group(1)))
          .isNotEmpty()
          .allMatch(lines -> lines < 12);
      assertThat(shown.stdout()).contains("more lines: the terminal is too low");
    }
  }
}
