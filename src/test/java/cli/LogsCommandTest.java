package cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsCommandTest {
  @TempDir private Path folder;
  private InstanceStub instance;

  @BeforeEach
  void start() throws IOException {
    instance = new InstanceStub();
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  private void log(int lines, String... log) throws IOException {
    instance.on(
        "GET /api/scripts/3/logs?lines=" + lines,
        200,
        new JsonMapper()
            .writeValueAsString(Map.of("status", "success", "script_id", 3, "logs", List.of(log))));
  }

  @Test
  void theLastFiftyLinesArePrintedOldestFirst() throws Exception {
    log(50, "one", "two");
    try (CommandRun run = run("logs", "3")) {
      assertThat(run.exit()).isZero();
      assertThat(run.out()).isEqualTo("one\ntwo\n");
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void theGivenNumberOfLinesIsRequested() throws Exception {
    log(7, "one");
    try (CommandRun run = run("logs", "3", "--lines", "7")) {
      assertThat(run.exit()).isZero();
      assertThat(instance.lines()).containsExactly("GET /api/scripts/3/logs?lines=7");
    }
  }

  @Test
  void controlCharactersInALineAreReplaced() throws Exception {
    log(50, "\tat \033]0;title\007 x\ry");
    try (CommandRun run = run("logs", "3")) {
      assertThat(run.exit()).isZero();
      assertThat(run.out()).isEqualTo(" at \ufffd]0;title\ufffd x\ufffdy\n");
    }
  }

  @Test
  void followingEndsWhenNobodyReadsAnyMore() throws Exception {
    log(50, "one");
    log(1000, "one", "two");
    try (CommandRun run = run("logs", "3", "--follow")) {
      await().until(() -> run.out().contains("one"));
      run.leave();
      run.look();
      assertThat(run.exit()).isZero();
    }
  }

  @Test
  void followingPrintsOnlyTheLinesThatAreNew() throws Exception {
    log(2, "two", "three");
    log(1000, "one", "two", "three");
    try (CommandRun run = run("logs", "3", "--lines", "2", "--follow")) {
      lookTwice(run);
      assertThat(run.out()).isEqualTo("two\nthree\n");

      log(1000, "one", "two", "three", "three", "four");
      run.look();
      await().until(() -> run.out().contains("four"));
      assertThat(run.out()).isEqualTo("two\nthree\nthree\nfour\n");

      log(1000, "of another file");
      run.look();
      await().until(() -> run.out().contains("another"));
      lookTwice(run);
      assertThat(run.out()).isEqualTo("two\nthree\nthree\nfour\nof another file\n");

      run.interrupt();
      assertThat(run.exit()).isZero();
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void followingContinuesWhenTheInstanceIsBackAndReportsTheOutageOnce() throws Exception {
    log(50, "one");
    log(1000, "one");
    try (CommandRun run = run("logs", "3", "--follow")) {
      lookTwice(run);
      int port = instance.port();
      instance.close();
      run.look();
      await().until(() -> run.err().contains("does not answer"));
      run.look();

      instance = new InstanceStub(port);
      log(1000, "one", "two");
      run.look();
      await().until(() -> run.out().contains("two"));
      run.interrupt();
      assertThat(run.exit()).isZero();
      assertThat(run.out()).isEqualTo("one\ntwo\n");
      assertThat(run.err().lines().filter(line -> line.contains("does not answer"))).hasSize(1);
    }
  }

  /** What the first look brought is printed before the second begins. */
  private void lookTwice(CommandRun run) {
    await().until(() -> !run.out().isEmpty());
    int before = instance.lines().size();
    run.look();
    run.look();
    await().until(() -> instance.lines().size() == before + 2);
  }

  private CommandRun run(String... args) {
    return CommandRun.start(folder, Map.of("API_PORT", "" + instance.port()), args);
  }
}
