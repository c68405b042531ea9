package harvest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.LocalCommand;
import testing.ShellCommand;

/** What {@code deploy/install.sh} does to a machine, seen in a folder instead ({@code DESTDIR}). */
class InstallIT {
  @TempDir private Path folder;

  private Path machine;
  private Path opt;
  private Path etc;
  private Path var;
  private Path unit;
  private Path first;
  private Path second;

  @BeforeEach
  void prepare() throws IOException {
    machine = folder.resolve("machine");
    opt = machine.resolve("opt/judgment-harvester");
    etc = machine.resolve("etc/judgment-harvester");
    var = machine.resolve("var/lib/judgment-harvester");
    unit = machine.resolve("etc/systemd/system/judgment-harvester.service");
    first = Files.writeString(folder.resolve("first.jar"), "the first version");
    second = Files.writeString(folder.resolve("second.jar"), "the second version");
  }

  private ShellCommand install(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("deploy/install.sh"));
    command.addAll(List.of(options));
    return ShellCommand.run(Map.of("DESTDIR", machine.toString()), command);
  }

  private String done(String... options) throws Exception {
    ShellCommand run = install(options);
    assertThat(run.stderr()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return run.stdout();
  }

  /** Every path with its permissions, its time and its content. */
  private Map<String, String> everything() throws IOException {
    Map<String, String> all = new TreeMap<>();
    if (!Files.exists(machine)) {
      return all;
    }
    try (Stream<Path> paths = Files.walk(machine)) {
      for (Path path : paths.toList()) {
        String content = Files.isDirectory(path) ? "" : Files.readString(path);
        all.put(path.toString(), rights(path) + Files.getLastModifiedTime(path) + content);
      }
    }
    return all;
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private String jar(String name) throws IOException {
    return Files.readString(opt.resolve(name));
  }

  @Test
  void aProgramAConfigurationADataFolderAndAUnitAreInstalled() throws Exception {
    done("--instance", "3", "--jar", first.toString());

    assertThat(jar("judgment-harvester.jar")).isEqualTo("the first version");
    assertThat(Files.readString(opt.resolve("jvm.options"))).contains("-XX:+UseSerialGC");
    assertThat(rights(opt.resolve("harvester"))).isEqualTo("rwxr-xr-x");
    assertThat(Files.readString(etc.resolve(".env"))).contains("HARVEST_INSTANCE_ID=3\n");
    assertThat(etc.resolve("application.properties")).isRegularFile();
    assertThat(var).isDirectory();
    assertThat(Files.readString(unit))
        .contains("ExecStart=/bin/sh /opt/judgment-harvester/harvester run\n")
        .contains("CPUQuota=" + 80 * Runtime.getRuntime().availableProcessors() + "%\n");
  }

  @Test
  void theConfigurationAndTheDataAreClosedToOthers() throws Exception {
    done("--jar", first.toString());

    assertThat(rights(etc)).isEqualTo("rwx------");
    assertThat(rights(var)).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(etc)) {
      for (Path file : files.toList()) {
        assertThat(rights(file)).as(file.toString()).isEqualTo("rw-------");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,17", "2,18,34", "3,35,51", "4,52,66"})
  void theProgramAcceptsWhatIsInstalledForEachInstance(String instance, String from, String to)
      throws Exception {
    done("--instance", instance, "--jar", first.toString());

    LocalCommand plan = LocalCommand.run(etc, Map.of(), "plan");

    assertThat(plan.stderr()).isEmpty();
    assertThat(Files.readString(etc.resolve(".env")))
        .startsWith(
            "# What this server has for itself: instance %s of 4 (scripts %s-%s of 66)"
                .formatted(instance, from, to));
    assertThat(plan.stdout()).containsPattern("\\n\\s*%s\\s+%s-%s ".formatted(instance, from, to));
  }

  @Test
  void everyKeyInTheConfigurationIsKnownToTheProgram() throws Exception {
    done("--jar", first.toString());
    Path properties = etc.resolve("application.properties");
    String offered = Files.readString(properties).replaceAll("(?m)^#(?=[a-z0-9]+[.])", "");
    Files.writeString(properties, offered.replace("url=\n", "url=http://a.example/{page}\n"));

    LocalCommand plan = LocalCommand.run(etc, Map.of("API_KEY", "k"), "plan");

    assertThat(offered).contains("\nfleet.peers=", "\nharvest.total-results=");
    assertThat(plan.stderr()).isEmpty();
    assertThat(plan.exitCode()).isZero();
  }

  @Test
  void aSecondRunChangesNothing() throws Exception {
    done("--jar", first.toString());
    Map<String, String> before = everything();

    assertThat(done("--jar", first.toString())).contains("is up to date");

    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void withoutAnotherJarTheInstalledOneStays() throws Exception {
    Path server = folder.resolve("server");
    ShellCommand copied =
        ShellCommand.run(
            Map.of(), List.of("cp", "-r", "--parents", "deploy", "jvm.options", made(server)));
    assertThat(copied.exitCode()).isZero();
    List<String> script = List.of(server.resolve("deploy/install.sh").toString());
    Map<String, String> there = Map.of("DESTDIR", machine.toString());
    assertThat(ShellCommand.run(there, script).stderr()).contains("expected a built jar");
    done("--jar", first.toString());

    ShellCommand again = ShellCommand.run(there, script);

    assertThat(again.exitCode()).as(again.stderr()).isZero();
    assertThat(jar("judgment-harvester.jar")).isEqualTo("the first version");
  }

  private static String made(Path folder) throws IOException {
    return Files.createDirectories(folder).toString();
  }

  @Test
  void anExistingConfigurationIsNeverOverwritten() throws Exception {
    done("--jar", first.toString());
    Files.writeString(etc.resolve(".env"), "HARVEST_INSTANCE_ID=1\nAPI_KEY=mine\n");
    Files.writeString(etc.resolve("application.properties"), "portal.rate=2\n");

    ShellCommand again = install("--instance", "2", "--jar", second.toString());

    assertThat(again.exitCode()).isZero();
    assertThat(again.stderr()).contains("--instance 2 changes nothing", ".env is there already");
    assertThat(Files.readString(etc.resolve(".env"))).contains("API_KEY=mine");
    assertThat(Files.readString(etc.resolve("application.properties")))
        .isEqualTo("portal.rate=2\n");
    assertThat(jar("judgment-harvester.jar")).isEqualTo("the second version");
  }

  @Test
  void aDryRunSaysWhatWouldBeDoneAndWritesNothing() throws Exception {
    assertThat(done("--dry-run", "--jar", first.toString())).contains("would: writes " + unit);
    assertThat(machine).doesNotExist();

    done("--jar", first.toString());
    done("--upgrade", second.toString());
    Map<String, String> before = everything();
    assertThat(done("--dry-run", "--upgrade", first.toString())).contains("would: installs ");
    assertThat(done("--rollback", "--dry-run")).contains("would: changes ");
    assertThat(done("--uninstall", "--purge", "--dry-run")).contains("would: removes " + etc);
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void anUpgradeKeepsThePreviousJarAndARollbackRestoresIt() throws Exception {
    done("--jar", first.toString());
    Files.writeString(opt.resolve("judgment-harvester.jsa"), "the first version's classes");

    done("--upgrade", second.toString());
    done("--upgrade", second.toString());
    assertThat(jar("judgment-harvester.jar")).isEqualTo("the second version");
    assertThat(jar("judgment-harvester.previous.jar")).isEqualTo("the first version");
    assertThat(opt.resolve("judgment-harvester.jsa")).doesNotExist();

    done("--rollback");
    assertThat(jar("judgment-harvester.jar")).isEqualTo("the first version");
    assertThat(jar("judgment-harvester.previous.jar")).isEqualTo("the second version");
    assertThat(jar("judgment-harvester.jsa")).isEqualTo("the first version's classes");
  }

  @Test
  void anUpgradeKeepsTheLedgerThatThePreviousVersionCanRead() throws Exception {
    done("--jar", first.toString());
    Files.createDirectories(var.resolve("data"));
    Files.writeString(var.resolve("data/ledger.db"), "old tables");

    done("--upgrade", second.toString());
    Files.writeString(var.resolve("data/ledger.db"), "new tables");

    assertThat(Files.readString(var.resolve("data/ledger.db.before-upgrade")))
        .isEqualTo("old tables");
    assertThat(done("--rollback"))
        .contains("cp -p " + var.resolve("data/ledger.db.before-upgrade"));
  }

  @Test
  void uninstallingKeepsConfigurationAndDataUnlessTheyArePurged() throws Exception {
    done("--jar", first.toString());
    Files.writeString(var.resolve("ledger.db"), "a month of work");

    done("--uninstall");
    assertThat(opt).doesNotExist();
    assertThat(unit).doesNotExist();
    assertThat(etc.resolve(".env")).exists();
    assertThat(var.resolve("ledger.db")).exists();

    done("--uninstall", "--purge");
    done("--uninstall", "--purge");
    assertThat(etc).doesNotExist();
    assertThat(var).doesNotExist();
    assertThat(requireNonNull(machine.resolve("etc/systemd/system").toFile().list())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --frob                      | --frob: unknown; expected
          run                         | run: unknown; expected
          --instance                  | expected a number
          --instance 9                | expected one of: 1 2 3 4
          --instance --dry-run        | expected one of: 1 2 3 4
          --instance 1_2              | expected one of: 1 2 3 4
          --jar /nowhere.jar          | /nowhere.jar
          --upgrade                   | expected a jar
          --upgrade /nowhere.jar      | /nowhere.jar
          --upgrade /                 | expected a jar
          --upgrade pom.xml           | expected an installation
          --rollback                  | expected an installation
          --rollback --uninstall      | expected one of them
          --purge                     | together with --uninstall
          --rollback --instance 2     | --instance: not expected with --rollback
          --upgrade pom.xml --jar pom.xml | --jar: not expected with --upgrade
          """)
  void aMistakeIsReportedInOneLineBeforeAnythingIsChanged(String options, String words)
      throws Exception {
    String[] arguments = options.split(" ");
    Arrays.setAll(arguments, i -> arguments[i].replace('_', ' '));
    ShellCommand run = install(arguments);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.stderr().lines()).hasSize(1).first().asString().contains(words);
    assertThat(run.stdout()).isEmpty();
    assertThat(machine).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--instance 9", "--upgrade pom.xml", "--rollback"})
  void aMistakeIsReportedBeforeWhatTheMachineLacks(String options) throws Exception {
    assumeTrue(Files.notExists(Path.of("/opt/judgment-harvester"))); // else it is no mistake
    List<String> command = new ArrayList<>(List.of("deploy/install.sh"));
    command.addAll(List.of(options.split(" ")));

    ShellCommand run = ShellCommand.run(Map.of(), command);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.stderr().lines()).hasSize(1).first().asString().contains("expected");
  }
}
