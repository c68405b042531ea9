package api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.camel.support.EventHelper;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.ApiServer;
import testing.RawHttp;

class ApiGateIT {
  @TempDir Path folder;

  @Test
  void callsAreRefusedWithAMessageWhileTheRoutesAreStopped() throws Exception {
    try (ApiServer server = new ApiServer(folder, Map.of())) {
      assertThat(call(server, "GET", "/api/status").statusCode()).isEqualTo(200);

      EventHelper.notifyCamelContextStopping(server.camel());

      String words = "{\"status\":\"error\",\"message\":\"the instance is shutting down\"}";
      HttpResponse<String> refused = call(server, "POST", "/api/scripts/start");
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).isEqualTo(words);
      assertThat(call(server, "GET", "/api/status").statusCode()).isEqualTo(409);
      HttpResponse<String> health = call(server, "GET", "/api/health");
      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(health.body()).satisfies(absent("the instance is shutting down"));
    }
  }

  /**
   * As described for {@code GET /api/health}, so that whoever waits for an instance can read it.
   */
  private static ThrowingConsumer<String> absent(String problem) {
    return text -> {
      JsonNode health = new ObjectMapper().readTree(text.substring(text.indexOf('{')));
      assertThat(health.path("status").asText()).isEqualTo("unhealthy");
      assertThat(health.path("instance_id").asInt()).isEqualTo(1);
      assertThat(health.path("orchestrator_ready")).isEqualTo(BooleanNode.FALSE);
      assertThat(health.path("timestamp").asText()).isNotEmpty();
      assertThat(health.path("checks"))
          .isNotEmpty()
          .allSatisfy(
              check -> {
                assertThat(check.path("status").asText()).isEqualTo("down");
                assertThat(check.path("message").asText()).isEqualTo(problem);
              });
    };
  }

  @Test
  void callsWaitUntilTheRoutesAreStartedAndHealthSaysSo() throws Exception {
    List<String> healths = new ArrayList<>();
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    Consumer<String> calls =
        address -> {
          answers.add(send(address, "POST", "/api/scripts/start", "{\"num_scripts\":0}"));
          answers.add(send(address, "HEAD", "/api/status", ""));
          answers.add(send(address, "GET", "/api/nothing", ""));
          HttpResponse<String> health = send(address, "GET", "/api/health", "").join();
          healths.add(health.statusCode() + " " + health.body());
        };

    try (ApiServer server = new ApiServer(folder, Map.of(), calls)) {
      assertThat(healths).hasSize(1);
      assertThat(healths.get(0)).startsWith("503 ").satisfies(absent("the instance is starting"));
      assertThat(answers)
          .extracting(answer -> answer.join().statusCode())
          .containsExactly(400, 200, 404);
    }
  }

  @Test
  void headIsAnsweredLikeGetWithoutABody() throws Exception {
    try (ApiServer server = new ApiServer(folder, Map.of())) {
      for (String path :
          new String[] {
            "/api/health", "/api/status", "/api/failures?limit=1", "/api/openapi.json", "/unified"
          }) {
        HttpResponse<String> get = call(server, "GET", path);
        HttpResponse<String> head = call(server, "HEAD", path);
        assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
        assertThat(head.headers().firstValue("Content-Type"))
            .as(path)
            .isEqualTo(get.headers().firstValue("Content-Type"));
        assertThat(head.body()).as(path).isEmpty();
      }
      assertThat(call(server, "HEAD", "/api/failures?limit=0").statusCode()).isEqualTo(400);
      assertThat(call(server, "HEAD", "/api/nothing").statusCode()).isEqualTo(404);
      assertThat(call(server, "DELETE", "/api/status").headers().firstValue("Allow"))
          .hasValue("GET, HEAD");
      HttpResponse<String> post = call(server, "HEAD", "/api/scripts/start");
      assertThat(post.statusCode()).isEqualTo(405);
      assertThat(post.headers().firstValue("Allow")).hasValue("POST");
    }
  }

  @Test
  void headIsAnsweredOnTheManagementPortToo() throws Exception {
    try (ApiServer server = new ApiServer(folder, Map.of())) {
      String management = "http://127.0.0.1:" + server.managementPort();
      int health = send(management, "GET", "/observe/health", "").join().statusCode();

      HttpResponse<String> head = send(management, "HEAD", "/observe/health", "").join();

      assertThat(head.statusCode()).isEqualTo(health).isIn(200, 503);
      assertThat(head.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS *", "GET *", "HEAD *", "GET api/status", "CONNECT other:443"})
  void aTargetThatIsNoPathIsNotFoundOnBothPorts(String call) throws Exception {
    try (ApiServer server = new ApiServer(folder, Map.of())) {
      for (int port : new int[] {server.port(), server.managementPort()}) {
        String text = call + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
        assertThat(RawHttp.exchange(port, text))
            .startsWith("HTTP/1.1 404 ")
            .contains("Content-Type: application/json");
      }
    }
  }

  private static HttpResponse<String> call(ApiServer server, String method, String path) {
    return send(server.address(), method, path, "").join();
  }

  private static CompletableFuture<HttpResponse<String>> send(
      String address, String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().sendAsync(request, BodyHandlers.ofString());
  }
}
