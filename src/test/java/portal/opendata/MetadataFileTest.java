package portal.opendata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataFileTest {
  private static final int ROWS = 2_000;

  @TempDir Path folder;

  private static void fill(MetadataFile metadata) throws IOException {
    metadata.fill(
        rows -> {
          for (int i = 0; i < ROWS; i++) {
            rows.put("n" + i, new MetadataRow("id" + i, null, null, Map.of("title", "x" + i)));
          }
        });
  }

  private Path filled() throws IOException {
    Path file = Files.createDirectories(folder.resolve("what?cache=shared")).resolve("m.db");
    try (MetadataFile metadata = MetadataFile.open(file)) {
      fill(metadata);
    }
    return file;
  }

  private static void assertEmptyAndUsable(Path file) throws IOException {
    try (MetadataFile metadata = MetadataFile.open(file)) {
      assertThat(metadata.isDone()).isFalse();
      fill(metadata);
      assertThat(metadata.isDone()).isTrue();
      assertThat(metadata.find("n1999")).isPresent();
    }
  }

  @Test
  void whatWasReadIsKeptForTheNextProcess() throws IOException {
    Path file = filled();
    assertThat(file).isNotEmptyFile();
    try (MetadataFile metadata = MetadataFile.open(file)) {
      assertThat(metadata.isDone()).isTrue();
      assertThat(metadata.find("n7").map(MetadataRow::id)).contains("id7");
      assertThat(metadata.find("none")).isEmpty();
    }
  }

  @Test
  void aFileThatIsNotADatabaseIsReplaced() throws IOException {
    Path file = filled();
    Files.write(file, new byte[20_000]);
    assertEmptyAndUsable(file);
    Files.writeString(file, "something else".repeat(1_000));
    assertEmptyAndUsable(file);
  }

  @Test
  void aFileDamagedByAPowerCutIsReplaced() throws IOException {
    Path file = filled();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate((int) channel.size() - 8192), 8192);
    }
    assertEmptyAndUsable(file);
  }

  @Test
  void aTruncatedFileIsReplaced() throws IOException {
    Path file = filled();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(8192);
    }
    assertEmptyAndUsable(file);
  }
}
