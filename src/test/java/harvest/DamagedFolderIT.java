package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import model.Digests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.Launcher;
import testing.LocalCommand;

/** What is wrong with a data folder is reported in one line, and the folder stays as it is. */
class DamagedFolderIT {
  @TempDir Path folder;

  private Map<String, String> content() throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      for (Path file : files.toList()) {
        content.put(
            file.toString(),
            Files.isDirectory(file) ? "folder" : Digests.sha256(Files.readAllBytes(file)));
      }
    }
    return content;
  }

  private void assertRefused(Harvest harvest, String... words) throws IOException {
    Map<String, String> before = content();
    LocalCommand run = harvest.command("run");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.stderr().lines()).hasSize(1);
    assertThat(run.stderr()).contains(words);
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void aDamagedLedgerIsReportedWithItsNewestBackupAndRebuild() throws Exception {
    try (Harvest harvest = new Harvest(folder, 10, 10)) {
      harvest.runToTheEnd();
      Files.delete(folder.resolve("data/lock"));
      Files.writeString(folder.resolve("data/ledger.db"), "no ledger");
      assertRefused(harvest, "data/ledger.db\"", "no backup", "rebuild --force");

      Path backups = Files.createDirectories(folder.resolve("data/backup"));
      for (String name : new String[] {"20261126T090000Z", "20261127T080000Z", "none"}) {
        Files.createFile(backups.resolve("ledger-" + name + ".db"));
      }
      assertRefused(harvest, "ledger-20261127T080000Z.db\"", "rebuild --force");
      assertThat(harvest.command("retry-failed").stderr())
          .contains("ledger-20261127T080000Z.db", "rebuild");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spool/1.pdf", "logs/script-01.log", "logs/instance.log"})
  void aFolderInPlaceOfAFileIsRefused(String name) throws Exception {
    try (Harvest harvest = new Harvest(folder, 10, 10)) {
      Files.createDirectories(folder.resolve("data").resolve(name).resolve("inner"));
      Files.createFile(folder.resolve("data/spool.other"));
      assertRefused(harvest, "harvest.data-dir", name);
    }
  }

  @Test
  void aFileInPlaceOfTheLogsFolderIsRefused() throws Exception {
    try (Harvest harvest = new Harvest(folder, 10, 10)) {
      Files.createDirectories(folder.resolve("data"));
      Files.createFile(folder.resolve("data/logs"));
      assertRefused(harvest, "harvest.data-dir", "logs");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"what?", "a #1", "50%25 %d %i", "mode?mode=ro&x=1", "ünïcödé – 裁判"})
  void aFolderMayHaveAnyName(String name) throws Exception {
    try (Harvest harvest = new Harvest(folder, 10, 10)) {
      harvest.set("HARVEST_DATA_DIR", name);
      harvest.runToTheEnd();
      assertThat(folder.resolve(name).resolve("ledger.db")).isNotEmptyFile();
      assertThat(folder.resolve(name).resolve("logs/script-01.log")).isNotEmptyFile();
      try (Stream<Path> all = Files.list(folder)) {
        assertThat(all.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder(name, "store");
      }
    }
  }

  @Test
  void anInstanceWhoseLockWasDeletedStillHoldsItsFolder() throws Exception {
    try (Harvest harvest = new Harvest(folder, 10, 10);
        Launcher run = harvest.process()) {
      harvest.awaitManifests(1);
      Files.delete(folder.resolve("data/lock"));
      try (Launcher second = harvest.process(Map.of("API_PORT", "0", "MANAGEMENT_PORT", "0"))) {
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.stderr().lines()).hasSize(1);
        assertThat(second.stderr()).contains("held by another process");
      }
      assertThat(folder.resolve("data/lock")).doesNotExist();
      run.terminate();
      assertThat(run.exitCode()).isZero();
    }
  }
}
