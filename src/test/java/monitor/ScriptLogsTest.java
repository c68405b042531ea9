package monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
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

  @Test
  void aLogThatIsRotatedWhileItIsReadIsReadCompletelyAndOnce() throws Exception {
    int rounds = 2000;
    CyclicBarrier round = new CyclicBarrier(2);
    CompletableFuture<Void> rotation =
        CompletableFuture.runAsync(() -> rotate(rounds, round), task -> new Thread(task).start());

    ScriptLogs logs = new ScriptLogs(folder);
    for (int i = 0; i < rounds; i++) {
      round.await(1, TimeUnit.MINUTES);
      List<String> read = logs.last("script-01", 7);
      round.await(1, TimeUnit.MINUTES);

      String last = "line " + (i * 5 - 1);
      assertThat(read).as("read in round %d", i).doesNotHaveDuplicates();
      if (i > 1) {
        assertThat(read).as("read in round %d", i).contains(last);
      }
    }
    rotation.join();
  }

  private void rotate(int rounds, CyclicBarrier round) {
    Path current = folder.resolve("script-01.log");
    try {
      for (int i = 0; i < rounds; i++) {
        round.await(1, TimeUnit.MINUTES);
        if (Files.exists(current)) {
          Files.move(
              current, folder.resolve("script-01.1.log"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(current, lines(i * 5, i * 5 + 5));
        round.await(1, TimeUnit.MINUTES);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "line " + i + "\n")
        .collect(Collectors.joining());
  }
}
