package cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartStopCommandTest {
  @TempDir private Path folder;
  private InstanceStub instance;

  @BeforeEach
  void start() throws IOException {
    instance = new InstanceStub();
    says("POST /api/scripts/start", 200, "starting 5 scripts, one every 2 s");
    says("POST /api/scripts/start/3", 200, "script 3 is being started");
    says("POST /api/scripts/start/4", 200, "script 4 is already running");
    says("POST /api/scripts/stop/3", 202, "script 3 is stopping");
    says("POST /api/scripts/stop/4", 202, "script 4 is not running");
    says("POST /api/scripts/stop-all", 202, "all scripts are stopping");
    noSuchScript("POST /api/scripts/start/99", 99);
  }

  private void noSuchScript(String line, int id) {
    instance.on(
        line,
        404,
        "{\"status\":\"error\",\"message\":\"no script \\\"%d\\\" on this instance\"}"
            .formatted(id));
  }

  private void says(String line, int status, String message) {
    instance.on(line, status, "{\"status\":\"success\",\"message\":\"%s\"}".formatted(message));
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          start                         | {}
          start --scripts 3             | {"num_scripts":3}
          start --delay 0.5             | {"delay":0.5}
          start --scripts 3 --delay 0   | {"num_scripts":3,"delay":0}
          """)
  void startSendsOnlyWhatIsGiven(String line, String body) throws Exception {
    try (CommandRun run = run(line.split(" "))) {
      assertThat(run.exit()).isZero();
      assertThat(run.out()).isEqualTo("starting 5 scripts, one every 2 s\n");
      assertThat(instance.asked())
          .containsExactly(new InstanceStub.Asked("POST /api/scripts/start", "k1", body));
    }
  }

  @Test
  void startOfNamedScriptsPrintsAMessageForEach() throws Exception {
    try (CommandRun run = run("start", "3", "4")) {
      assertThat(run.exit()).isZero();
      assertThat(run.out()).isEqualTo("script 3 is being started\nscript 4 is already running\n");
      assertThat(instance.lines())
          .containsExactly("POST /api/scripts/start/3", "POST /api/scripts/start/4");
    }
  }

  @Test
  void acceptClosesThePageThatAScriptHoldsOpen() throws Exception {
    says("POST /api/scripts/3/accept", 202, "script 3 closes page 7 as it is");

    try (CommandRun run = run("accept", "3")) {
      assertThat(run.exit()).isZero();
      assertThat(run.out()).isEqualTo("script 3 closes page 7 as it is\n");
    }
  }

  @Test
  void stopOfNamedScriptsPrintsAMessageForEach() throws Exception {
    try (CommandRun run = run("stop", "3", "4")) {
      assertThat(run.exit()).isZero();
      assertThat(run.out()).isEqualTo("script 3 is stopping\nscript 4 is not running\n");
    }
  }

  @Test
  void stopAllStopsAll() throws Exception {
    try (CommandRun run = run("stop", "--all")) {
      assertThat(run.exit()).isZero();
      assertThat(run.out()).isEqualTo("all scripts are stopping\n");
      assertThat(instance.lines()).containsExactly("POST /api/scripts/stop-all");
    }
  }

  @Test
  void aMissingScriptIsReportedWithTheServersMessage() throws Exception {
    try (CommandRun run = run("start", "3", "99")) {
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.out()).isEqualTo("script 3 is being started\n");
      assertThat(run.err())
          .isEqualTo(
              instance.address()
                  + "/api/scripts/start/99 answered 404: no script \"99\" on this instance\n");
    }
  }

  @Test
  void aWrongNumberDoesNotKeepTheOtherScriptsFromBeingStopped() throws Exception {
    noSuchScript("POST /api/scripts/stop/98", 98);
    noSuchScript("POST /api/scripts/stop/99", 99);
    try (CommandRun run = run("stop", "98", "3", "99", "4")) {
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.out()).isEqualTo("script 3 is stopping\nscript 4 is not running\n");
      assertThat(run.err())
          .hasLineCount(1)
          .contains("no script \"98\" on this instance; ", "no script \"99\" on this instance");
    }
  }

  @Test
  void aWrongNumberDoesNotKeepTheOtherScriptsFromBeingSwept() throws Exception {
    noSuchScript("POST /api/scripts/99/sweep", 99);
    says("POST /api/scripts/3/sweep", 202, "script 3 walks its pages again");
    try (CommandRun run = run("sweep", "99", "3")) {
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.out()).isEqualTo("script 3 walks its pages again\n");
      assertThat(run.err()).hasLineCount(1).contains("no script \"99\" on this instance");
    }
  }

  @Test
  void aRefusalThatConcernsEveryScriptIsReportedOnce() throws Exception {
    String wrongKey = "{\"status\":\"error\",\"message\":\"a valid key is needed\"}";
    instance.on("POST /api/scripts/stop/3", 401, wrongKey);
    instance.on("POST /api/scripts/stop/4", 401, wrongKey);
    try (CommandRun run = run("stop", "3", "4")) {
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).hasLineCount(1).containsOnlyOnce("a valid key is needed");
      assertThat(instance.lines()).containsExactly("POST /api/scripts/stop/3");
    }
  }

  @Test
  void controlCharactersInAMessageAreReplaced() throws Exception {
    says("POST /api/scripts/stop/3", 202, "a\\u001b[31mb\\r\\nc\\u202ed");
    try (CommandRun run = run("stop", "3")) {
      assertThat(run.exit()).isZero();
      assertThat(run.out()).isEqualTo("a\ufffd[31mb\ufffd\ufffdc\ufffdd\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stop                    | stop: no script is given; expected IDs, as in stop 3 4, or --all
          stop 3 --all            | stop: both --all and IDs are given; expected one of them
          start 3 --delay 1       | start: --scripts and --delay cannot be combined with IDs
          start three             | unknown argument "three"
          start 3 four            | unknown argument "four"
          start --scripts many    | --scripts: "many" is not a whole number; see
          start --delay soon      | --delay: "soon" is not a number, such as 2.5; see
          logs three              | ID: "three" is not a whole number; see
          stop --all=no           | --all: "no" is not the option without a value; see
          """)
  void aWrongCallIsOneLineAndSendsNothing(String line, String message) throws Exception {
    try (CommandRun run = run(line.split(" "))) {
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains(message).hasLineCount(1);
      assertThat(run.out()).isEmpty();
      assertThat(instance.asked()).isEmpty();
    }
  }

  private CommandRun run(String... args) {
    return CommandRun.start(
        folder, Map.of("API_PORT", "" + instance.port(), "API_KEY", "k1"), args);
  }
}
