package platform;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyTest {
  @TempDir Path folder;
  private Path outside;
  private Path link;

  @BeforeEach
  void plantALink() throws IOException {
    outside = Files.writeString(folder.resolve("outside"), "untouched");
    Files.setPosixFilePermissions(outside, fromString("rw-r--r--"));
    link = Files.createSymbolicLink(folder.resolve("link"), outside);
  }

  private static void assertRights(Path path, String rights) throws IOException {
    assertThat(Files.getPosixFilePermissions(path)).isEqualTo(fromString(rights));
  }

  @Test
  void whatIsCreatedBelongsToItsOwnerAlone() throws Exception {
    OwnerOnly.folder(folder.resolve("a/b"));
    OwnerOnly.file(folder.resolve("a/b/file"));
    OwnerOnly.create(folder.resolve("a/b/created")).close();
    OwnerOnly.open(folder.resolve("a/b/opened")).close();

    assertRights(folder.resolve("a/b"), "rwx------");
    assertRights(folder.resolve("a/b/file"), "rw-------");
    assertRights(folder.resolve("a/b/created"), "rw-------");
    assertRights(folder.resolve("a/b/opened"), "rw-------");
  }

  @Test
  void existingFilesLoseThePermissionsOfOthersAndKeepTheOwnersAndTheContent() throws Exception {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.setPosixFilePermissions(inner, fromString("rwxrwxrwx"));
    Path file = Files.writeString(inner.resolve("file"), "content");
    Files.setPosixFilePermissions(file, fromString("r-xrw-rw-"));

    OwnerOnly.folder(inner);
    OwnerOnly.close(file);

    assertRights(inner, "rwx------");
    assertRights(file, "r-x------");
    assertThat(file).hasContent("content");
  }

  @Test
  void nothingIsOpenedThroughALink() throws Exception {
    assertThatThrownBy(() -> OwnerOnly.open(link)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> OwnerOnly.file(link)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> OwnerOnly.create(link)).isInstanceOf(FileAlreadyExistsException.class);

    assertThat(outside).hasContent("untouched");
    assertRights(outside, "rw-r--r--");
  }

  @Test
  void aFileIsCreatedOnceAndNeverOverwritten() throws Exception {
    Path file = folder.resolve("file");
    try (OutputStream out = OwnerOnly.create(file)) {
      out.write('x');
    }

    assertThatThrownBy(() -> OwnerOnly.create(file)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("x");
  }
}
