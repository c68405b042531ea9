package ledger;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {
  @TempDir Path temporary;

  private Path data() {
    return temporary.resolve("data");
  }

  private static List<String> readableByOthers(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(path -> !rights(path).endsWith("------")).map(Path::toString).toList();
    }
  }

  private static String rights(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theLedgerAndItsSideFilesBelongToTheirOwnerAlone() throws Exception {
    try (DataFolder folder = DataFolder.take(data());
        Ledger ledger = Ledger.open(folder.ledgerFile())) {
      ledger.pages().close(1, List.of(), null);

      assertThat(data().resolve("ledger.db-wal")).exists();
      assertThat(data().resolve("ledger.db-shm")).exists();
      assertThat(readableByOthers(data())).isEmpty();
    }
  }

  @Test
  void filesThatAnEarlierVersionLeftReadableAreClosedToOthers() throws Exception {
    for (String file :
        List.of(
            "lock",
            "ledger.db",
            "ledger.db-wal",
            "ledger.db-shm",
            "logs/script-01.log",
            "logs/script-01.1.log",
            "backup/ledger-1.db",
            "spool/1.pdf")) {
      Path path = data().resolve(file);
      Files.createDirectories(path.getParent());
      Files.setPosixFilePermissions(path.getParent(), fromString("rwxrwxrwx"));
      Files.writeString(path, file);
      Files.setPosixFilePermissions(path, fromString("rw-rw-rw-"));
    }

    DataFolder.take(data()).close();

    assertThat(readableByOthers(data())).containsOnly(data().resolve("spool/1.pdf").toString());
    assertThat(data().resolve("logs/script-01.1.log")).hasContent("logs/script-01.1.log");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock", "ledger.db", "ledger.db-wal", "spool", "logs", "logs/a.log"})
  void aLinkInPlaceOfAFileIsRefusedAndItsTargetIsLeftAlone(String name) throws Exception {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.setPosixFilePermissions(outside, fromString("rwxr-xr-x"));
    Files.createDirectories(data().resolve(name).getParent());
    Files.createSymbolicLink(data().resolve(name), outside);

    assertThatThrownBy(() -> DataFolder.take(data()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(name);

    assertThat(rights(outside)).isEqualTo("rwxr-xr-x");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void theFolderItselfMayBeALinkToAnotherDisk() throws Exception {
    Path disk = Files.createDirectory(temporary.resolve("disk"));
    Files.setPosixFilePermissions(disk, fromString("rwxr-xr-x"));
    Files.createSymbolicLink(data(), disk);

    DataFolder.take(data()).close();

    assertThat(rights(disk)).isEqualTo("rwx------");
    assertThat(disk.resolve("lock")).exists();
  }

  @Test
  void aFolderThatAllUsersShareIsRefusedAndStaysAsItIs() throws Exception {
    Files.createDirectory(data());
    Files.setAttribute(data(), "unix:mode", 01777);

    assertThatThrownBy(() -> DataFolder.take(data()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("shared");

    assertThat((int) Files.getAttribute(data(), "unix:mode") & 07777).isEqualTo(01777);
  }

  @Test
  void aFolderIsHeldByOneProcessAtATime() throws Exception {
    try (DataFolder held = DataFolder.take(data())) {
      assertThat(held.spool()).isEqualTo(data().resolve("spool"));
      assertThatThrownBy(() -> DataFolder.take(data()))
          .isInstanceOf(DataFolder.HeldException.class);
    }
    DataFolder.take(data()).close();
  }
}
