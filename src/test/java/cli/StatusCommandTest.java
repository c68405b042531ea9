package cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {
  private static final String STATUS =
      """
      {"status":"success","data":{"instance_id":2,"total_scripts":3,"running_scripts":2,
       "completed_scripts":0,"error_scripts":0,"waiting_scripts":1,"total_files_downloaded":12345,
       "total_bytes":1610612736,"failed_downloads":3,"total_pages":5118,"completed_pages":130,
       "progress_percentage":2.54,"success_rate":99.97,"files_per_second":20.5,
       "eta_seconds":24000,"system":null,"errors":null,"scripts":[
       {"script_id":18,"status":"running","is_running":true,"start_page":43504,"end_page":46062,
        "total_pages":2559,"current_page":43634,"completed_pages":130,"progress_percentage":5.08,
        "total_files_downloaded":12345,"total_bytes":1610612736,"failed_downloads":3,
        "average_seconds_per_file":0.049,"files_per_second":20.5,"eta_seconds":11849,
        "start_time":"2024-05-01T10:00:00Z","last_updated":"2024-05-01T10:10:00Z",
        "last_error":null,"waiting_reason":null},
       {"script_id":19,"status":"waiting","is_running":true,"start_page":46063,"end_page":48621,
        "total_pages":2559,"current_page":46063,"completed_pages":0,"progress_percentage":0,
        "total_files_downloaded":0,"total_bytes":0,"failed_downloads":0,
        "average_seconds_per_file":null,"files_per_second":0,"eta_seconds":null,
        "start_time":null,"last_updated":null,
        "last_error":"%s","waiting_reason":"portal"},
       {"script_id":20,"status":"not_started","is_running":false,"start_page":null,"end_page":null,
        "total_pages":0,"current_page":null,"completed_pages":0,"progress_percentage":100.0,
        "total_files_downloaded":0,"total_bytes":0,"failed_downloads":0,
        "average_seconds_per_file":null,"files_per_second":0.0,"eta_seconds":null,
        "start_time":null,"last_updated":null,"last_error":null,"waiting_reason":null}]},
       "timestamp":"2024-05-01T10:10:00Z"}
      """;

  @TempDir private Path folder;
  private InstanceStub instance;

  @BeforeEach
  void start() throws IOException {
    instance = new InstanceStub().on("GET /api/status", 200, STATUS.formatted("connect"));
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  @Test
  void everyScriptHasALineAndTheTotalsAreBelow() throws Exception {
    try (CommandRun run = run("status")) {
      assertThat(run.exit()).isZero();
      assertThat(run.out())
          .isEqualTo(
              """
              script            status      pages    page   files  failed  files/s    left
                  18           running  130/2,559  43,634  12,345       3     20.5  3 h 17
                  19  waiting (portal)    0/2,559  46,063       0       0      0.0       -
                  20       not_started        0/0       -       0       0      0.0       -

              script 19: connect

              instance 2: 3 scripts, 2 running, 1 of them waiting, 0 completed, 0 in error
              130/5,118 pages (2.54%), 12,345 files (1,536.0 MiB), 3 failed, 20.5 files/s,
              6 h 40 left
              """);
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void aLongErrorIsCutAndControlCharactersInItAreReplaced() throws Exception {
    instance.on(
        "GET /api/status", 200, STATUS.formatted("\\u001b[2J\\u009b1m\\n" + "é".repeat(400)));
    try (CommandRun run = run("status")) {
      assertThat(run.exit()).isZero();
      assertThat(run.out())
          .contains("script 19:\n  \ufffd[2J\ufffd1m\ufffd" + "é".repeat(291) + "…\n")
          .doesNotContain("\033", "\u009b");
    }
  }

  @Test
  void missingValuesAreShownAsAHyphen() throws Exception {
    instance.on("GET /api/status", 200, "{\"status\":\"success\",\"data\":{\"scripts\":[{}]}}");
    try (CommandRun run = run("status")) {
      assertThat(run.exit()).isZero();
      assertThat(run.out())
          .contains(
              "instance -: - scripts", "-/- pages (-), - files (-), - failed, - files/s, - left");
    }
  }

  @Test
  void theAddressAndTheKeyAreThoseOfTheConfiguration() throws Exception {
    try (CommandRun run =
        CommandRun.start(
            folder,
            Map.of(
                "API_HOST", "0.0.0.0", "API_PORT", "" + instance.port(), "API_KEY", "open-sesame"),
            "status")) {
      assertThat(run.exit()).isZero();
      assertThat(instance.asked())
          .containsExactly(new InstanceStub.Asked("GET /api/status", "open-sesame", ""));
    }
  }

  @Test
  void withoutAKeyNoneIsShown() throws Exception {
    try (CommandRun run = run("status")) {
      assertThat(run.exit()).isZero();
      assertThat(instance.asked().get(0).key()).isNull();
    }
  }

  @Test
  void watchingRedrawsReportsAnOutageAndContinues() throws Exception {
    try (CommandRun run = run("status", "--watch")) {
      await().until(() -> run.out().contains("connect"));
      instance.on("GET /api/status", 200, STATUS.formatted("reset"));
      run.look();
      await().until(() -> run.out().contains("reset"));

      int port = instance.port();
      instance.close();
      run.look();
      await().until(() -> run.out().contains(instance.address() + " does not answer"));
      assertThat(run.err()).isEmpty();

      instance = new InstanceStub(port).on("GET /api/status", 200, STATUS.formatted("back again"));
      run.look();
      await().until(() -> run.out().contains("back again"));
      run.interrupt();
      assertThat(run.exit()).isZero();
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void watchingEndsWhenNobodyReadsAnyMore() throws Exception {
    try (CommandRun run = run("status", "--watch")) {
      await().until(() -> run.out().contains("connect"));
      run.leave();
      run.look();
      assertThat(run.exit()).isZero();
    }
  }

  @Test
  void watchingWithoutAnInstanceIsAMistake() throws Exception {
    instance.close();
    try (CommandRun run = run("status", "--watch")) {
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains("does not answer").hasLineCount(1);
    }
  }

  private CommandRun run(String... args) {
    return CommandRun.start(folder, Map.of("API_PORT", "" + instance.port()), args);
  }
}
