package ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import model.Validators;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {
  private static final String SHA = "ab".repeat(32);

  @TempDir Path folder;
  private Ledger ledger;
  private Backups backups;
  private Instant now = Instant.parse("2026-11-27T08:00:00Z");

  @BeforeEach
  void open() {
    ledger = Ledger.open(file());
    backups = new Backups(file(), folder.resolve("backup"), () -> now);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private Path file() {
    return folder.resolve("ledger.db");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("backup"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aBackupIsASinglePrivateFile() throws Exception {
    ledger.documents().stored("a.pdf", 1, 5, SHA, "no_eof", Validators.NONE);

    Path backup = backups.make(3);

    assertThat(names()).containsExactly("ledger-20261127T080000Z.db");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void writesDoNotWaitForABackupInProgress() throws Exception {
    for (int i = 0; i < 20; i++) {
      int number = i;
      Thread writer =
          new Thread(
              () ->
                  ledger.documents().stored(number + ".pdf", 1, 5, SHA, "no_eof", Validators.NONE));
      writer.start();
      now = now.plusSeconds(1);
      backups.make(1);
      writer.join();
    }
    assertThat(ledger.pages().tally(1, 1).stored()).isEqualTo(20);
  }

  @Test
  void theNewestAreKept() throws Exception {
    for (int i = 0; i < 5; i++) {
      backups.make(3);
      now = now.plusSeconds(3600);
    }
    assertThat(names())
        .containsExactly(
            "ledger-20261127T100000Z.db",
            "ledger-20261127T110000Z.db",
            "ledger-20261127T120000Z.db");
    assertThat(Backups.newest(folder.resolve("backup")))
        .hasValueSatisfying(
            newest -> assertThat(newest).endsWith(Path.of("ledger-20261127T120000Z.db")));
  }

  @Test
  void aRestoredBackupReplacesTheLedgerAndWhatAKillLeftBesideIt() throws Exception {
    ledger.documents().stored("a.pdf", 1, 5, SHA, "no_eof", Validators.NONE);
    Path backup = backups.make(1);
    ledger
        .documents()
        .stored(
            "b.pdf",
            2,
            6,
            SHA,
            "no_eof",
            Validators.NONE); // in the WAL, which stays as after a kill
    Path restored = Files.createDirectory(folder.resolve("restored")).resolve("ledger.db");
    for (String end : new String[] {"-wal", "-shm"}) {
      Files.copy(LedgerDatabase.beside(file(), end), LedgerDatabase.beside(restored, end));
    }
    Files.copy(backup, restored);

    for (int start = 0; start < 2; start++) {
      try (Ledger again = Ledger.open(restored)) {
        assertThat(again.documents().find("a.pdf").orElseThrow().defect()).isEqualTo("no_eof");
        assertThat(again.documents().find("b.pdf")).isEmpty();
        assertThat(again.documents().find("c" + (start - 1) + ".pdf").isPresent())
            .isEqualTo(start == 1);
        again.documents().stored("c" + start + ".pdf", 3, 7, SHA, "no_eof", Validators.NONE);
      }
    }
  }

  @Test
  void theBackupOfADamagedLedgerDoesNotCountAndCostsNoOther() throws Exception {
    for (int i = 0; i < 500; i++) {
      ledger
          .documents()
          .stored(
              "a/document/with/a/long/name/" + i + ".pdf", 1, 5, SHA, "no_eof", Validators.NONE);
    }
    backups.make(1);
    ledger.close();
    try (RandomAccessFile damaged = new RandomAccessFile(file().toFile(), "rw")) {
      damaged.seek(damaged.length() / 2);
      damaged.write(new byte[16 * 1024]);
    }
    now = now.plusSeconds(3600);

    assertThatThrownBy(() -> backups.make(1)).isInstanceOf(DamagedLedgerException.class);

    assertThat(names()).containsExactly("ledger-20261127T080000Z.db");
    ledger = Ledger.open(folder.resolve("other.db"));
  }

  @Test
  void aBackupIsDueAnIntervalAfterTheNewest() throws Exception {
    assertThat(backups.untilDue(Duration.ofHours(1))).isNegative();
    backups.make(1);
    now = now.plusSeconds(600);
    assertThat(backups.untilDue(Duration.ofHours(1))).isEqualTo(Duration.ofMinutes(50));
  }

  @Test
  void backupsOfAClockThatWasAheadAreDeletedFirstAndHoldUpNone() throws Exception {
    Instant right = now;
    now = Instant.parse("2038-01-19T03:00:00Z");
    backups.make(2);
    now = now.plusSeconds(3600);
    backups.make(2);

    now = right;
    assertThat(backups.untilDue(Duration.ofHours(1))).isNegative();
    assertThat(backups.make(2)).exists();
    assertThat(names()).containsExactly("ledger-20261127T080000Z.db", "ledger-20380119T040000Z.db");
    assertThat(backups.untilDue(Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));

    now = now.plusSeconds(3600);
    backups.make(2);
    assertThat(names()).containsExactly("ledger-20261127T080000Z.db", "ledger-20261127T090000Z.db");
  }
}
