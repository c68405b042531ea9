package harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.Launcher;
import testing.LocalCommand;
import testing.Ports;

/** A start with a permissive umask, and on a machine that lacks something. */
class StartIT {
  /** The user nobody on Debian and most other systems. */
  private static final String NOBODY = "65534";

  /** Copies what the JVM reads, because this user may not be allowed into the project's folder. */
  private static final String FILES_HERE =
      """
      for arg do
        shift
        case $arg in
          *.jar) cp "$arg" %1$s/copy.jar && arg=%1$s/copy.jar ;;
          @*) cp "${arg#@}" %1$s/options && arg=@%1$s/options ;;
        esac
        set -- "$@" "$arg"
      done
      chmod a+r %1$s/copy.jar %1$s/options""";

  @TempDir Path folder;

  private static List<String> shell(String first) {
    return List.of("sh", "-c", first + "; exec \"$@\"", "sh");
  }

  private static String rights(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPortalThatDoesNotAnswerIsReportedInOneLineAndWaitedFor() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      String away = "http://127.0.0.1:" + Ports.free();
      harvest.set("PORTAL_URL", away + "/list/{page}");
      try (Launcher run = harvest.process()) {
        run.awaitLine("the scripts wait for the portal: " + away + " does not answer (");
        harvest.api().awaitState(1, "waiting");
        run.terminate();
        assertThat(run.exitCode()).isZero();
        assertThat(run.stderr()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"000, false", "022, false", "000, true"})
  void everythingInTheDataFolderBelongsToItsOwnerAloneWhateverTheUmask(
      String umask, boolean asNobody) throws Exception {
    List<String> starter = new ArrayList<>(shell("umask " + umask));
    Path home = asNobody ? folderOfNobody() : folder;
    if (asNobody) {
      starter.addAll(shell(FILES_HERE.formatted(home)));
      starter.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY));
      starter.add("--clear-groups");
    }
    try (Harvest harvest = new Harvest(home, 20, 10)) {
      try (Launcher run = harvest.process(starter, List.of("-Djava.io.tmpdir=" + home))) {
        harvest.awaitManifests(2);

        try (Stream<Path> paths = Files.walk(home.resolve("data"))) {
          assertThat(paths.filter(path -> !rights(path).endsWith("------"))).isEmpty();
        }
        assertThat(home.resolve("data/ledger.db-wal")).exists();
        assertThat(home.resolve("data/logs/instance.log")).exists();
        assertThat(run.stderr()).isEmpty();
      }
    }
  }

  @Test
  void aDataFolderThatThisUserMayNotWriteIsReportedWithItsKey() throws Exception {
    Path home = folderOfNobody();
    List<String> starter = new ArrayList<>(shell(FILES_HERE.formatted(home)));
    starter.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY));
    starter.add("--clear-groups");
    starter.addAll(shell("mkdir data; touch data/lock; chmod 500 data"));
    try (Harvest harvest = new Harvest(home, 20, 10);
        Launcher run = harvest.process(starter, List.of("-Djava.io.tmpdir=" + home))) {
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.stderr().lines()).hasSize(1);
      assertThat(run.stderr())
          .startsWith("harvest.data-dir: ")
          .contains("data\" cannot be used (no right to write ")
          .contains("; expected a folder that this user owns and can write");
    }
  }

  private Path folderOfNobody() throws Exception {
    Path home = Files.createDirectory(folder.resolve("nobody"));
    Process chown =
        new ProcessBuilder("chown", NOBODY, home.toString(), folder.toString())
            .redirectErrorStream(true)
            .start();
    assumeTrue(chown.waitFor() == 0, "only root may become somebody else");
    return home;
  }

  private void assertFault(Launcher run, String... words) throws InterruptedException {
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.stderr().lines()).hasSize(1);
    assertThat(run.stderr()).contains(words);
  }

  @Test
  void aLedgerThatAnotherProgramHasLockedIsReportedInOneLineWithExit1() throws Exception {
    try (Harvest harvest = new Harvest(folder, 10, 10)) {
      Path data = Files.createDirectory(folder.resolve("data"));
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + data + "/ledger.db");
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN EXCLUSIVE");
        statement.execute("CREATE TABLE other (a)");
        LocalCommand run = harvest.command("run");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.stderr()).hasLineCount(1).contains("ledger", "locked by another program");
        statement.execute("ROLLBACK");
      }
      harvest.runToTheEnd();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CAMEL_MAIN_NONSENSE, 1, camel.main.nonsense",
    "CAMEL_MAIN_SHUTDOWN_TIMEOUT, soon, camel.main.shutdown-timeout",
    "CAMEL_COMPONENT_NOSUCH_SIZE, 2, camel.component.nosuch.size"
  })
  void whatCamelCannotUseIsReportedInOneLineWithItsKey(String name, String value, String key)
      throws Exception {
    try (Harvest harvest = new Harvest(folder, 10, 10)) {
      LocalCommand run = harvest.set(name, value).command("run");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.stderr())
          .hasLineCount(1)
          .startsWith(key + ": \"" + value + "\" cannot be used by Camel");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "check"})
  void aMissingTemporaryFolderIsReportedInOneLineWithExit1(String command) throws Exception {
    try (Harvest harvest = new Harvest(folder, 10, 10);
        Launcher run =
            harvest.processOf(List.of("-Djava.io.tmpdir=" + folder + "/none"), command)) {
      assertFault(run, "java.io.tmpdir", "/none", "-Djava.io.tmpdir=FOLDER");
    }
  }

  @Test
  void aMachineWithoutFileHandlesIsReportedInOneLineWithExit1() throws Exception {
    try (Harvest harvest = new Harvest(folder, 10, 10);
        Launcher run = harvest.process(shell("ulimit -n 24"), List.of())) {
      assertFault(run, "too many open files", "ulimit -n");
    }
  }
}
