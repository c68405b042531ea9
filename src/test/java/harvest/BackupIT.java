package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import ledger.Backups;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Launcher;

/** The ledger is backed up while the harvest runs, and the backup is restored. */
class BackupIT {
  @TempDir Path folder;

  private Path awaitBackup() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Backups.newest(folder.resolve("data/backup")), backup -> backup.isPresent())
        .orElseThrow();
  }

  @Test
  void aBackupRestoredAfterAKillContinuesWithoutFetchingAgainWhatItHas() throws Exception {
    try (Harvest harvest = new Harvest(folder, 100, 10)) {
      harvest
          .set("HARVEST_AUTOSTART", "1")
          .set("HARVEST_BACKUP_INTERVAL", "1s")
          .set("HARVEST_BACKUP_KEEP", "2")
          .set("S3_BACKUP_PREFIX", "backups/");
      try (Launcher run = harvest.process()) {
        harvest.api().awaitState(1, "completed");
        Path first = awaitBackup();
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> !awaitBackup().equals(first) && harvest.store.count("backups") == 2);
        run.kill();
      }
      assertThat(harvest.store.objects("backups").keySet())
          .allMatch(key -> key.matches("instance-1/ledger-\\d{8}T\\d{6}Z\\.db"));
      Path ledger = folder.resolve("data/ledger.db");
      Files.writeString(ledger, "damaged");
      assertThat(harvest.command("run").stderr()).contains(awaitBackup().toString());
      Files.copy(awaitBackup(), ledger, StandardCopyOption.REPLACE_EXISTING);
      int asked = harvest.portal.requests().size();

      harvest.set("HARVEST_AUTOSTART", "all").runUntilComplete();

      assertThat(harvest.audit().path("exit").asInt()).isZero();
      assertThat(harvest.portal.requests().size() - asked).isLessThanOrEqualTo(50 + 5 + 1);
      for (int i = 1; i <= 100; i++) {
        assertThat(harvest.portal.requestsTo("/doc/" + i + ".pdf")).isEqualTo(1);
      }
    }
  }

  @Test
  void anIntervalOfZeroMakesNoBackup() throws Exception {
    try (Harvest harvest = new Harvest(folder, 10, 10)) {
      harvest.set("HARVEST_BACKUP_INTERVAL", "0").runUntilComplete();
      assertThat(folder.resolve("data/backup")).doesNotExist();
    }
  }
}
