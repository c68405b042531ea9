package cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.LocalCommand;

/** {@code failures}, {@code sweep} and {@code help}. */
class FailuresCommandTest {
  private static final String ROW =
      """
      {"script_id":5,"id":"doc/%d.pdf","page":1234,"row":%1$d,"url":"http://p/%1$d","title":"A, \\"B\\"",
       "state":"failed","reason":"timeout","attempts":5,"last_attempt":"2026-11-24T13:04:03Z"}""";

  private static final String PART =
      """
      {"status":"success","failures":[%s],"reasons":{"timeout":1200,"gone":1},"total":1201,
       "next":%s,"timestamp":"2026-11-24T13:04:03Z"}""";

  @TempDir private Path folder;
  private InstanceStub instance;

  @BeforeEach
  void start() throws IOException {
    instance =
        new InstanceStub()
            .on("GET /api/failures?limit=1000", 200, PART.formatted(ROW.formatted(1), "\"7.1\""))
            .on(
                "GET /api/failures?limit=1000&after=7.1",
                200,
                PART.formatted(ROW.formatted(2), "null"));
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  private LocalCommand run(String... args) {
    return LocalCommand.run(folder, Map.of("API_PORT", "" + instance.port()), args);
  }

  @Test
  void failuresPrintsEveryPartAsATableWithTheCountsBelow() {
    assertThat(run("failures").stdout().lines())
        .containsExactly(
            "script       page   row  reason        document",
            "     5       1234     1  timeout       doc/1.pdf",
            "     5       1234     2  timeout       doc/2.pdf",
            "",
            "1,201 rows: 1,200 timeout, 1 gone");
  }

  @Test
  void failuresPrintsCsvWithTheNamesOfTheApi() {
    assertThat(run("failures", "--csv").stdout().replace("\r\n", "\n").lines())
        .containsExactly(
            "script_id,id,page,row,url,title,state,reason,attempts,last_attempt,accepted_at,note",
            "5,doc/1.pdf,1234,1,http://p/1,\"A, \"\"B\"\"\",failed,timeout,5,2026-11-24T13:04:03Z,,",
            "5,doc/2.pdf,1234,2,http://p/2,\"A, \"\"B\"\"\",failed,timeout,5,2026-11-24T13:04:03Z,,");
  }

  @Test
  void failuresPrintsAnObjectPerLine() {
    assertThat(run("failures", "--json").stdout().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"script_id\":5,\"id\":\"doc/") && line.endsWith("}"));
  }

  @Test
  void failuresAsksForAScriptAndAReason() {
    instance.on(
        "GET /api/failures?limit=1000&script=5&reason=not_pdf",
        200,
        "{\"status\":\"success\",\"failures\":[],\"reasons\":{},\"total\":0,\"next\":null}");

    assertThat(run("failures", "--script", "5", "--reason", "not_pdf").stdout())
        .isEqualTo("no document of the closed pages failed or was rejected");
    assertThat(run("failures", "--csv", "--json").stderr())
        .isEqualTo("failures: both --csv and --json are given; expected one of them");
  }

  @Test
  void sweepAcceptsScriptsOrAllThatHavePages() {
    instance
        .on("POST /api/scripts/3/sweep", 202, swept(3))
        .on("POST /api/scripts/4/sweep", 202, swept(4))
        .on(
            "GET /api/status",
            200,
            """
            {"status":"success","data":{"scripts":[{"script_id":3,"start_page":1},
             {"script_id":4,"start_page":9},{"script_id":5,"start_page":null}]}}""");

    assertThat(run("sweep", "4", "3").stdout().lines())
        .containsExactly("script 4 walks its pages again", "script 3 walks its pages again");
    assertThat(run("sweep", "--all").stdout().lines())
        .containsExactly("script 3 walks its pages again", "script 4 walks its pages again");
    assertThat(run("sweep").stderr())
        .isEqualTo("sweep: no script is given; expected IDs, as in sweep 3 4, or --all");
    assertThat(run("sweep", "3", "--all").exitCode()).isEqualTo(2);
  }

  private static String swept(int id) {
    return "{\"status\":\"success\",\"message\":\"script %d walks its pages again\",\"script_id\":%1$d}"
        .formatted(id);
  }

  @Test
  void helpShowsTheCommandsOrOneOfThemLikeTheHelpOption() {
    LocalCommand all = run("help");
    assertThat(all.exitCode()).isZero();
    assertThat(all.stdout()).contains("retry-failed", "failures", "sweep", "accept", "audit");
    assertThat(all.stdout()).isEqualTo(run("--help").stdout());
    assertThat(run("help", "audit").stdout()).isEqualTo(run("audit", "--help").stdout());
    assertThat(run("help", "help").exitCode()).isZero();
  }

  @Test
  void anUnknownCommandNamesTheNearest() {
    for (String[] args : new String[][] {{"help", "audti"}, {"audti"}}) {
      LocalCommand wrong = run(args);
      assertThat(wrong.exitCode()).isEqualTo(2);
      assertThat(wrong.stdout()).isEmpty();
      assertThat(wrong.stderr().lines())
          .singleElement()
          .asString()
          .contains("\"audti\"; did you mean audit");
    }
  }
}
