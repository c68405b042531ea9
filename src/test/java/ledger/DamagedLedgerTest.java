package ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import model.Digests;
import model.DocumentState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a ledger is reported before anything is touched. */
class DamagedLedgerTest {
  @TempDir static Path made;
  private static Ledger running;

  @TempDir Path folder;

  @BeforeAll
  static void make() {
    running = Ledger.open(made.resolve("ended.db"));
    for (int i = 0; i < 500; i++) {
      running
          .documents()
          .failed(
              "a/document/with/a/long/name/" + i + ".pdf",
              1,
              DocumentState.FAILED,
              "gone",
              OptionalInt.empty());
    }
    running.close();
    running = Ledger.open(made.resolve("killed.db"));
    running.pages().accept(7);
  }

  @AfterAll
  static void end() {
    running.close();
  }

  private Path ledger() {
    return folder.resolve("ledger.db");
  }

  @BeforeEach
  void anOrderlyEnd() throws IOException {
    Files.copy(made.resolve("ended.db"), ledger());
  }

  /** The ledger as a kill leaves it. */
  private void killed() throws IOException {
    Files.delete(ledger());
    for (String end : new String[] {"", "-wal", "-shm"}) {
      Files.copy(made.resolve("killed.db" + end), folder.resolve("ledger.db" + end));
    }
  }

  private void sql(String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Map<String, String> content() throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        content.put(
            file.toString(),
            Files.isDirectory(file) ? "folder" : Digests.sha256(Files.readAllBytes(file)));
      }
    }
    return content;
  }

  private void assertDamaged(String... words) throws IOException {
    Map<String, String> before = content();
    assertThatThrownBy(() -> Ledger.open(ledger()))
        .isInstanceOf(DamagedLedgerException.class)
        .hasMessageNotContaining("\n")
        .message()
        .isNotBlank()
        .satisfies(message -> assertThat(List.of(words)).allMatch(message::contains));
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void anIntactLedgerIsOpenedAndLeavesNoOtherFiles() throws Exception {
    try (Ledger ledger = Ledger.open(ledger())) {
      assertThat(ledger.isWhollyChecked()).isTrue();
      assertThat(ledger.pages().tally(1, 1).failed()).isEqualTo(500);
    }
    assertThat(content()).hasSize(2);
  }

  @Test
  void afterAKillItsLastChangesAreRead() throws Exception {
    killed();
    try (Ledger ledger = Ledger.open(ledger())) {
      assertThat(ledger.pages().isAccepted(7)).isTrue();
    }
  }

  @Test
  void cutInHalf() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(ledger().toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    assertDamaged("damaged");
  }

  @Test
  void cutToNothing() throws Exception {
    Files.write(ledger(), new byte[0]);
    Files.createDirectory(folder.resolve("logs"));
    Files.writeString(folder.resolve("logs/instance.log"), "…");
    assertDamaged("empty");
  }

  @Test
  void randomBytesInTheMiddle() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(ledger().toFile(), "rw")) {
      byte[] bytes = new byte[16 * 1024];
      new Random(1).nextBytes(bytes);
      file.seek(file.length() / 2);
      file.write(bytes);
    }
    assertDamaged("damaged");
  }

  @Test
  void randomBytesThroughout() throws Exception {
    byte[] bytes = new byte[100_000];
    new Random(1).nextBytes(bytes);
    Files.write(ledger(), bytes);
    assertDamaged("not an SQLite database");
  }

  @Test
  void withoutHeader() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(ledger().toFile(), "rw")) {
      file.write(new byte[100]);
    }
    assertDamaged("not an SQLite database");
  }

  @Test
  void aHeaderAlone() throws Exception {
    Files.writeString(ledger(), "SQLite format 3\0");
    assertDamaged();
  }

  @Test
  void aFolderInItsPlace() throws Exception {
    Files.delete(ledger());
    Files.createDirectory(ledger());
    assertDamaged("not a file");
  }

  @Test
  void itsLastChangesAreGone() throws Exception {
    killed();
    Files.delete(folder.resolve("ledger.db-wal"));
    assertDamaged("ledger.db-wal", "gone");
  }

  @Test
  void itselfIsGone() throws Exception {
    killed();
    Files.delete(ledger());
    assertDamaged("gone");
  }

  @Test
  void aFailedMigration() throws Exception {
    sql("UPDATE flyway_schema_history SET success = 0 WHERE version = '3'");
    assertDamaged("migration", "3", "failed");
  }

  @Test
  void aChangedMigration() throws Exception {
    sql("UPDATE flyway_schema_history SET checksum = 42 WHERE version = '2'");
    assertDamaged("migration", "2");
  }

  @Test
  void aNewerSchemaIsReportedWithBothVersions() throws Exception {
    sql(
        "INSERT INTO flyway_schema_history SELECT installed_rank + 900, '999', description, type,"
            + " 'V999__later.sql', checksum, installed_by, installed_on, execution_time, 1"
            + " FROM flyway_schema_history WHERE version = '1'");
    assertDamaged("999", "no later one than", "(run the newer program that wrote it)");
  }

  @Test
  void anotherProgramsDatabase() throws Exception {
    Files.delete(ledger());
    sql("CREATE TABLE another (a)");
    assertDamaged("not a ledger");
  }

  @Test
  void aNameWithUrlCharactersIsOnlyAName() throws Exception {
    Path odd = Files.createDirectory(folder.resolve("what? 50%25 #1 ü&mode=ro"));
    for (int i = 0; i < 2; i++) {
      try (Ledger ledger = Ledger.open(odd.resolve("ledger.db"))) {
        ledger.pages().accept(i);
      }
    }
    try (Stream<Path> files = Files.list(odd)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("ledger.db");
    }
  }
}
