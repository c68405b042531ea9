package api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import testing.ApiServer;

class KeyCheckIT {
  private static final String READ_KEY = "r1";

  @TempDir private static Path folder;
  private static ApiServer server;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() throws Exception {
    server = new ApiServer(folder, Map.of("API_KEY", ApiServer.KEY, "API_READ_KEY", READ_KEY));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private CompletableFuture<HttpResponse<String>> ask(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.sendAsync(request.build(), BodyHandlers.ofString());
  }

  private int status(String path, String... headers) {
    return ask(path, headers).join().statusCode();
  }

  @Test
  void everyAddressOfTheApiButHealthNeedsTheKeyAndNoPageDoes() {
    for (String path :
        List.of("/api/status", "/api/openapi.json", "/api/nothing", "//api/status")) {
      assertThat(status(path)).as(path).isEqualTo(401);
    }
    assertThat(status("/api/status", "Authorization", "Basic " + ApiServer.KEY)).isEqualTo(401);
    assertThat(status("/api/status?X-API-Key=" + ApiServer.KEY)).isEqualTo(401);
    assertThat(status("/api/status", "X-API-Key", ApiServer.KEY)).isEqualTo(200);
    assertThat(status("/api/status", "Authorization", "bearer " + ApiServer.KEY)).isEqualTo(200);
    assertThat(status("/api/health")).isBetween(200, 503);
    assertThat(status("/")).isEqualTo(200);
    assertThat(status("/.env")).isEqualTo(404);
  }

  @Test
  void theReadKeyReadsAndNothingElse() {
    for (String path : List.of("/api/status", "/api/openapi.json", "/api/captchas", "/")) {
      assertThat(status(path, "X-API-Key", READ_KEY)).as(path).isEqualTo(200);
    }
    assertThat(status("/api/status", "Authorization", "Bearer " + READ_KEY)).isEqualTo(200);
    assertThat(status("/api/scripts/99/status", "X-API-Key", READ_KEY)).isEqualTo(404);

    for (String path :
        List.of(
            "/api/scripts/start",
            "/api/scripts/stop/99",
            "/api/scripts/stop-all",
            "/api/scripts/1/sweep",
            "/api/accept",
            "/api/retry-failed",
            "/api/audit",
            "/api/audit/known",
            "/api/captchas/none",
            "/api/fleet/1/scripts/start",
            "/api/status",
            "/api/health",
            "/api/nothing",
            "//api/scripts/stop-all",
            "/")) {
      HttpResponse<String> answer = post(path, "{\"no\": json", "X-API-Key", READ_KEY);
      assertThat(answer.statusCode()).as(path).isEqualTo(403);
      assertThat(answer.body()).contains("\"status\":\"error\"", "api.read-key may only read");
    }
    assertThat(
            post("/api/scripts/stop-all", "{}", "Authorization", "bearer " + READ_KEY).statusCode())
        .isEqualTo(403);
    assertThat(post("/api/scripts/stop-all", "{}", "X-API-Key", ApiServer.KEY).statusCode())
        .isEqualTo(202);
  }

  private HttpResponse<String> post(String path, String body, String... headers) {
    return http.sendAsync(
            HttpRequest.newBuilder(URI.create(server.address() + path))
                .headers(headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString())
        .join();
  }

  @Test
  void wrongKeysAreAnsweredSlowlyTheRightOneAtOnceAndTheLogSumsThemUp() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(SlowRefusals.class);
    Level before = logger.getLevel();
    logger.setLevel(Level.WARN);
    logger.addAppender(log);
    try {
      long begin = System.nanoTime();
      List<CompletableFuture<HttpResponse<String>>> wrong =
          IntStream.range(0, 50).mapToObj(i -> ask("/api/status", "X-API-Key", "x" + i)).toList();
      assertThat(ask("/api/status", "X-API-Key", ApiServer.KEY).join().statusCode()).isEqualTo(200);
      assertThat(wrong).anyMatch(answer -> !answer.isDone());

      assertThat(wrong).allMatch(answer -> answer.join().statusCode() == 401);
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isGreaterThan(Duration.ofMillis(2400));
      await().until(() -> !log.list.isEmpty());
      assertThat(log.list.get(0).getFormattedMessage())
          .contains("refused for a wrong key (127.0.0.1: ")
          .doesNotContain("x1");
    } finally {
      logger.detachAppender(log);
      logger.setLevel(before);
    }
  }

  @Test
  void aWrongMethodGetsTheListOfAllowedOnes() {
    HttpResponse<String> answer = ask("/api/scripts/start", "X-API-Key", ApiServer.KEY).join();
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void theFleetsPageIsAlsoFoundWithATrailingSlash() {
    HttpResponse<String> answer = ask("/unified/").join();
    assertThat(answer.statusCode()).isEqualTo(308);
    assertThat(answer.headers().firstValue("Location")).contains("../unified");
  }
}
