package cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.Main;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCommandTest {
  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void jsonContainsTheWholeDistribution() throws IOException {
    assertThat(run("plan", "--json")).isZero();
    JsonNode plan = new JsonMapper().readTree(out.toString(StandardCharsets.UTF_8));

    assertThat(plan.fieldNames())
        .toIterable()
        .containsExactly(
            "total_results",
            "page_size",
            "total_pages",
            "pages_per_script",
            "instances",
            "scripts");
    assertThat(plan.get("total_results").asLong()).isEqualTo(16_886_658);
    assertThat(plan.get("instances")).hasSize(4);
    assertThat(plan.get("instances").get(3).toString())
        .isEqualTo(
            "{\"instance_id\":4,\"assigned_scripts\":"
                + "[52,53,54,55,56,57,58,59,60,61,62,63,64,65,66],"
                + "\"start_page\":130510,\"end_page\":168867,\"results\":3835758}");
    assertThat(plan.get("scripts")).hasSize(66);
    assertThat(plan.get("scripts").get(65).toString())
        .isEqualTo(
            "{\"script_id\":66,\"instance_id\":4,\"start_page\":166336,\"end_page\":168867,"
                + "\"total_pages\":2532,\"results\":253158}");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void scriptsAndInstancesWithoutPagesHaveNullPages() throws IOException {
    environment.put("HARVEST_SCRIPTS", "5");
    environment.put("HARVEST_PAGES", "2");

    run("plan", "--json");
    JsonNode plan = new JsonMapper().readTree(out.toString(StandardCharsets.UTF_8));

    assertThat(plan.get("total_results").asLong()).isEqualTo(200);
    assertThat(plan.get("scripts").get(4).toString())
        .isEqualTo(
            "{\"script_id\":5,\"instance_id\":3,\"start_page\":null,\"end_page\":null,"
                + "\"total_pages\":0,\"results\":0}");
    assertThat(plan.get("instances").get(3).toString())
        .isEqualTo(
            "{\"instance_id\":4,\"assigned_scripts\":[],\"start_page\":null,\"end_page\":null,"
                + "\"results\":0}");
  }

  @Test
  void tablesAreAlignedToTheRight() {
    environment.put("HARVEST_SCRIPTS", "2");
    environment.put("HARVEST_INSTANCES", "3");
    environment.put("HARVEST_TOTAL_RESULTS", "123456");

    assertThat(run("plan")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines(
            """
            123,456 results on 1,235 pages of 100; 618 pages per script

            instance  scripts  first page  last page  pages  results
                   1        1           1        618    618   61,800
                   2        2         619      1,235    617   61,656
                   3        -           -          -      0        0

            script  instance  first page  last page  pages  results
                 1         1           1        618    618   61,800
                 2         2         619      1,235    617   61,656
            """);
  }

  @ParameterizedTest
  @CsvSource({"plan --config other.properties", "--config other.properties plan"})
  void theConfigurationFileIsNamedBeforeOrAfterTheCommand(String line) throws IOException {
    Files.writeString(folder.resolve("other.properties"), "harvest.total-results=7");

    assertThat(run(line.split(" "))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("7 results on 1 pages");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plam                | unknown command "plam"; did you mean plan; see judgment-harvester --help
          stauts              | unknown command "stauts"; did you mean status; see judgment-harvester --help
          stat                | unknown command "stat"; did you mean status; see judgment-harvester --help
          retry               | unknown command "retry"; did you mean retry-failed; see
          help nosuch         | unknown command "nosuch"; expected one of
          demo --exit=1       | unknown option "--exit=1"; did you mean --exit-when-done; see
          --xy                | unknown option "--xy"; see judgment-harvester --help
          xyzzy               | unknown command "xyzzy"; expected one of
          plan --jsn          | unknown option "--jsn"; did you mean --json; see judgment-harvester plan --help
          plan more           | unknown argument "more"; see judgment-harvester plan --help
          plan --config       | --config
          plan --config gone  | --config: "gone" is not a file that exists
          plan @args          | unknown argument "@args"
          --bogus             | unknown option "--bogus"
          logs --bogus        | unknown option "--bogus"; see judgment-harvester logs --help
          alert --tets        | unknown option "--tets"; did you mean --test; see judgment-harvester alert --help
          alert more          | unknown argument "more"; see judgment-harvester alert --help
          alert               | Missing required option: '--test'; see judgment-harvester alert --help
          """)
  void aWrongCallIsOneLineAndExit2(String line, String message) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(message).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aWrongValueIsOneLineAndExit2() {
    environment.put("HARVEST_PAGE_SIZE", "ten");

    assertThat(run("plan", "--json")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines(
            "harvest.page-size: \"ten\" (from HARVEST_PAGE_SIZE)"
                + " is not a whole number of 1 or more\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void helpAndVersionGoToStandardOutput() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines("judgment-harvester 0.1.0\n");
    out.reset();
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--config=FILE", "plan");
    out.reset();
    assertThat(run("plan", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--json", "--config=FILE");
    assertThat(err.toString()).isEmpty();
  }

  private int run(String... args) {
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
