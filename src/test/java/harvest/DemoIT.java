package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import testing.LocalCommand;

/** The demo as the README runs it: one portal type after the other, and again. */
@Timeout(240)
class DemoIT {
  @TempDir private Path folder;

  private LocalCommand demo(String... options) {
    String[] args = new String[options.length + 4];
    System.arraycopy(new String[] {"demo", "--pages", "2", "--exit-when-done"}, 0, args, 0, 4);
    System.arraycopy(options, 0, args, 4, options.length);
    LocalCommand demo =
        LocalCommand.run(
            folder,
            Map.of("API_PORT", "0", "MANAGEMENT_PORT", "0", "HARVEST_PAGE_SIZE", "25"),
            args);
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
}
