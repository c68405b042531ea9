package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir Path folder;
  private Path outside;

  @BeforeEach
  void somethingOutside() throws IOException {
    outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("file"), "untouched");
  }

  private Path spool() {
    return folder.resolve("spool");
  }

  @Test
  void leftoversOfAnEarlierProcessAreDeletedAndLinksAreNotFollowed() throws Exception {
    Files.createDirectory(spool());
    Files.writeString(spool().resolve("1.pdf"), "half");
    Files.createSymbolicLink(spool().resolve("2.pdf"), outside.resolve("file"));

    Spool.open(spool());

    assertThat(spool()).isEmptyDirectory();
    assertThat(outside.resolve("file")).hasContent("untouched");
  }

  @Test
  void aLinkInPlaceOfTheSpoolIsRefusedAndItsTargetIsLeftAlone() throws Exception {
    Files.createSymbolicLink(spool(), outside);

    assertThatThrownBy(() -> Spool.open(spool()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("symbolic link");

    assertThat(outside.resolve("file")).hasContent("untouched");
  }

  @Test
  void namesCannotBeGuessedFromThoseBefore() throws Exception {
    Spool spool = Spool.open(spool());
    Set<String> parts = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      parts.add(spool.newFile().getFileName().toString().replaceFirst("^\\d+-", ""));
    }

    assertThat(parts).hasSize(100).doesNotContain("pdf");
  }

  @Test
  void theWriteTestLeavesNothingAndFollowsNoLink() throws Exception {
    Spool spool = Spool.open(spool());
    spool.tryOut();
    assertThat(folder.resolve("spool.probe")).doesNotExist();

    Files.createSymbolicLink(folder.resolve("spool.probe"), outside.resolve("file"));

    assertThatThrownBy(spool::tryOut).isInstanceOf(IOException.class);
    assertThat(outside.resolve("file")).hasContent("untouched");
  }
}
