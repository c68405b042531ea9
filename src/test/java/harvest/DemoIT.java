package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testing.LocalCommand;

/** The demo as the README runs it: one portal type after the other, and again. */
@Timeout(240)
class DemoIT {
  @TempDir private Path folder;

  private LocalCommand run(String... options) {
    String[] args = new String[options.length + 4];
    System.arraycopy(new String[] {"demo", "--pages", "2", "--exit-when-done"}, 0, args, 0, 4);
    System.arraycopy(options, 0, args, 4, options.length);
    return LocalCommand.run(
        folder, Map.of("API_PORT", "0", "MANAGEMENT_PORT", "0", "HARVEST_PAGE_SIZE", "25"), args);
  }

  private LocalCommand demo(String... options) {
    LocalCommand demo = run(options);
    assertThat(demo.stderr()).isEmpty();
    assertThat(
            demo.stdout().lines().filter(line -> !line.matches("(CLEAN:|completed,|files|gap) .*")))
        .allMatch(line -> line.length() <= 80);
    return demo;
  }

  @Test
  void eachPortalTypeHasAFolderOfItsOwnAndASecondRunHasNothingLeftToDo() {
    assertThat(demo().stdout()).contains("documents/s over").contains("CLEAN: 2 pages, 50 rows");
    assertThat(demo().stdout())
        .contains("nothing left to do", "CLEAN: 2 pages, 50 rows")
        .doesNotContain("documents/s");

    LocalCommand ecourts = demo("--portal", "ecourts");
    assertThat(ecourts.exitCode()).isZero();
    assertThat(ecourts.stdout())
        .contains("documents/s over", "CLEAN: 2 pages", "demo-data/ecourts/store");
    assertThat(demo().stdout()).contains("nothing left to do");

    assertThat(demo("--scripts", "2").exitCode()).isZero();
  }

  @Test
  void theWholeProcedureCopiesOpenDataFetchesWhatItLacksAndProvesBoth() {
    LocalCommand road = demo("--portal", "opendata");

    assertThat(road.exitCode()).isZero();
    assertThat(road.stdout())
        .contains("1. Copy the open data", "2. List what it lacks", "3. Fetch that from the portal")
        .containsPattern("gap +\\S+gap.jsonl: [1-9][0-9]* documents")
        .containsPattern("4. Prove both\\nfiles.*\\nCLEAN: .* 1 not to be had \\(1 withheld\\)");

    LocalCommand again = demo("--portal", "opendata");
    assertThat(again.exitCode()).isZero();
    assertThat(again.stdout()).containsPattern("(?s)nothing left to do.*nothing left to do");
  }

  /** A person would have to mend the ledger, and nobody is there. */
  @ParameterizedTest
  @CsvSource({"links, demo-data", "opendata, demo-data/opendata"})
  void aScriptThatEndsInErrorEndsTheDemoWithOneLineAndExit1(String type, String data)
      throws SQLException {
    assertThat(demo("--portal", type).exitCode()).isZero();
    String ledger = "jdbc:sqlite:" + folder.resolve(data).resolve("ledger.db");
    try (Connection connection = DriverManager.getConnection(ledger);
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE pages SET state = 'open' WHERE page = 1");
      statement.execute(
          "CREATE TRIGGER damage BEFORE UPDATE OF state ON pages WHEN NEW.state = 'complete'"
              + " BEGIN SELECT RAISE(ABORT, 'broken on purpose'); END");
    }

    LocalCommand broken = run("--portal", type);

    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.stderr())
        .startsWith("script 1 is in error: ")
        .contains("broken on purpose")
        .hasLineCount(1);
    assertThat(broken.stdout().replaceAll("\\s+", " "))
        .contains("broken on purpose", "1 in error")
        .doesNotContain("CLEAN", "2. List");
  }
}
