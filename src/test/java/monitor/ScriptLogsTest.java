package monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptLogsTest {
  @TempDir private Path folder;

  @Test
  void aLogIsReadAcrossItsFiles() throws Exception {
    Files.writeString(folder.resolve("script-01.1.log"), lines(0, 700));
    Files.writeString(folder.resolve("script-01.log"), lines(700, 1100));

    List<String> read = new ScriptLogs(folder).last("script-01", 1000);
    assertThat(read).hasSize(1000).first().isEqualTo("line 100");
    assertThat(read).last().isEqualTo("line 1099");
    assertThat(new ScriptLogs(folder).last("script-01", 2))
        .containsExactly("line 1098", "line 1099");
  }

  @Test
  void aScriptThatLoggedNothingHasNoLines() throws Exception {
    assertThat(new ScriptLogs(folder).last("script-02", 10)).isEmpty();
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "line " + i + "\n")
        .collect(Collectors.joining());
  }
}
