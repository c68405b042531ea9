package cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import ledger.DataFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.Ports;

class ApiClientTest {
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

  @Test
  void aWrongKeyIsReportedWithTheServersMessageAndTheKeysName() throws Exception {
    instance.on(
        "GET /api/status", 401, "{\"status\":\"error\",\"message\":\"a valid key is needed\"}");
    assertMistake(
        run(Map.of(), "status", "--url", instance.address()),
        instance.address()
            + "/api/status answered 401: a valid key is needed;"
            + " expected api.key of the configuration to be the instance's");
  }

  @Test
  void theReadKeyIsSentIfThereIsNoOther() throws Exception {
    run(Map.of("API_READ_KEY", "r"), "status", "--url", instance.address()).exit();
    run(Map.of("API_READ_KEY", "r", "API_KEY", "k"), "status", "--url", instance.address()).exit();
    assertThat(instance.asked()).extracting(InstanceStub.Asked::key).containsExactly("r", "k");
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "stop --all", "status", "logs 1", "logs 1 --follow"})
  void anUnreachableInstanceIsReportedWithWhatWouldBeRight(String line) throws Exception {
    int port = Ports.free();
    CommandRun run = run(Map.of("API_PORT", "" + port), line.split(" "));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("http://127.0.0.1:%d does not answer (".formatted(port))
        .endsWith("); expected a running instance, or --url with its address\n")
        .hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void anUnknownHostIsReportedAsSuch() throws Exception {
    CommandRun run = run(Map.of(), "status", "--url", "http://nobody.invalid:5000/");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("http://nobody.invalid:5000 does not answer (no host of that name)");
  }

  @ParameterizedTest
  @CsvSource({"::1,[::1]", "::,[::1]", "0.0.0.0,127.0.0.1"})
  void theConfiguredHostBecomesAnAddressThatCanBeCalled(String host, String called)
      throws Exception {
    int port = Ports.free();
    CommandRun run = run(Map.of("API_HOST", host, "API_PORT", "" + port, "API_KEY", "k"), "status");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("http://%s:%d does not answer".formatted(called, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:5000",
        "nonsense",
        "ftp://127.0.0.1",
        "http://",
        "http://127.0.0.1:99999",
        "http://me@127.0.0.1:5000",
        "http://127.0.0.1:5000/?a=b",
        "http://a b"
      })
  void aBadAddressIsOneLine(String url) throws Exception {
    assertMistake(
        run(Map.of(), "status", "--url", url),
        "--url: \"%s\" is not the address of an instance; expected one such as http://127.0.0.1:5000"
            .formatted(url));
  }

  @Test
  void aFreePortOfTheConfigurationCannotBeFound() throws Exception {
    assertMistake(
        run(Map.of("API_PORT", "0"), "status"),
        "api.port: 0 is a free port that the instance chooses; expected --url with its address");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          200 | <html>hello</html>
          200 | {"some":"other service"}
          200 | ''
          302 | ''
          404 | <html>not found</html>
          503 | {"status":"error"}
          """)
  void aServerThatIsNotAnInstanceIsReportedAsSuch(int status, String body) throws Exception {
    instance.on("GET /api/status", status, body);
    assertMistake(
        run(Map.of(), "status", "--url", instance.address() + "/"),
        "%s/api/status answered %d, but is not an instance; expected --url with the address of one"
            .formatted(instance.address(), status));
  }

  @Test
  void controlCharactersInAnErrorAreReplaced() throws Exception {
    instance.on(
        "GET /api/status",
        500,
        "{\"status\":\"error\",\"message\":\"\\u001b[2J\\nfailed\\u009b\"}");
    assertMistake(
        run(Map.of(), "status", "--url", instance.address()),
        instance.address() + "/api/status answered 500: \ufffd[2J\ufffdfailed\ufffd");
  }

  @Test
  void retryFailedAsksTheInstanceThatHoldsTheFolder() throws Exception {
    instance.on("POST /api/retry-failed", 202, "{\"status\":\"success\",\"queued\":1234}");
    try (DataFolder held = DataFolder.take(folder.resolve("data"))) {
      CommandRun run =
          run(Map.of("API_PORT", "" + instance.port(), "API_KEY", "k1"), "retry-failed");
      assertThat(run.exit()).isZero();
      assertThat(run.out()).isEqualTo("queued 1,234 documents\n");
      assertThat(instance.asked())
          .isEqualTo(List.of(new InstanceStub.Asked("POST /api/retry-failed", "k1", "{}")));
    }
  }

  @Test
  void retryFailedSaysThatTheHolderOfTheFolderDoesNotAnswer() throws Exception {
    int port = Ports.free();
    try (DataFolder held = DataFolder.take(folder.resolve("data"))) {
      assertMistake(
          run(Map.of("API_PORT", "" + port), "retry-failed"),
          "the data folder is held by another process, and http://127.0.0.1:%d does not answer; expected api.host and api.port of the instance that holds it"
              .formatted(port));
    }
  }

  private CommandRun run(Map<String, String> environment, String... args) {
    return CommandRun.start(folder, environment, args);
  }

  private static void assertMistake(CommandRun run, String message) throws Exception {
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).isEqualTo(message + "\n");
    assertThat(run.out()).isEmpty();
  }
}
