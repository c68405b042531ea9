package store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolFilesTest {
  @TempDir Path folder;
  private final SpoolFiles files = new SpoolFiles();

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = files.create(file)) {
      out.write(content.getBytes());
    }
    return file;
  }

  private List<String> listed() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aDocumentGetsTheFileOfAnEarlierOneUnderItsOwnName() throws Exception {
    write("1.pdf", "one");
    Path second = write("2.pdf", "a long second");
    Object file = Files.readAttributes(second, "unix:ino").get("ino");

    files.delete(second);
    assertThat(second).hasSize(1);
    Path third = write("3.pdf", "three");

    assertThat(listed()).containsExactly("1.pdf", "3.pdf");
    assertThat(third).hasContent("three");
    assertThat(Files.readAttributes(third, "unix:ino").get("ino")).isEqualTo(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(third)))
        .isEqualTo("rw-------");
  }

  @Test
  void anEmptyDocumentContainsNothingOfTheEarlierOne() throws Exception {
    write("1.pdf", "one");
    files.delete(write("2.pdf", "two"));

    assertThat(write("3.pdf", "")).isEmptyFile();
  }

  @Test
  void whenNothingIsInProgressNoFileIsLeft() throws Exception {
    Path first = write("1.pdf", "one");
    Path second = write("2.pdf", "two");
    files.delete(first);
    files.move(second, folder.resolve("moved.pdf"));

    files.delete(folder.resolve("moved.pdf"));

    assertThat(listed()).isEmpty();
  }

  @Test
  void anotherAttemptReplacesTheFileOfTheFirst() throws Exception {
    write("1.pdf", "the first try, which was longer");
    Path file = write("1.pdf", "one");

    assertThat(file).hasContent("one");
    files.delete(file);
    assertThat(listed()).isEmpty();
  }

  @Test
  void aLinkInPlaceOfASpareFileIsNotFollowed() throws Exception {
    Path outside = Files.writeString(folder.resolve("outside"), "untouched");
    write("1.pdf", "one");
    Path second = write("2.pdf", "two");
    files.delete(second);
    Files.delete(second);
    Files.createSymbolicLink(second, outside);

    Path third = write("3.pdf", "three");

    assertThat(outside).hasContent("untouched");
    assertThat(third).isRegularFile().hasContent("three");
    assertThat(Files.isSymbolicLink(third)).isFalse();
  }

  @Test
  void aMissingSpareFileIsCreatedAgain() throws Exception {
    write("1.pdf", "one");
    Path second = write("2.pdf", "two");
    files.delete(second);
    Files.delete(second);

    assertThat(write("3.pdf", "three")).hasContent("three");
  }

  @Test
  void aFileThatWasNeverCreatedIsNotMissed() throws Exception {
    Path first = write("1.pdf", "one");

    files.delete(folder.resolve("never.pdf"));

    assertThat(listed()).containsExactly("1.pdf");
    files.delete(first);
  }
}
