package api;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.function.Consumer;
import org.apache.camel.support.EventHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.ApiServer;

class ApiGateIT {
  @TempDir Path folder;

  @Test
  void callsAreRefusedInWordsWhileTheRoutesAreStopped() throws Exception {
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
      assertThat(health.body()).isEqualTo(words);
    }
  }

  @Test
  void callsAreRefusedInWordsUntilTheRoutesAreStarted() throws Exception {
    List<String> answers = new ArrayList<>();
    Consumer<String> calls =
        address -> {
          answers.add(answer(address, "GET", "/api/health"));
          answers.add(answer(address, "POST", "/api/scripts/start"));
          answers.add(answer(address, "GET", "/api/status"));
        };

    try (ApiServer server = new ApiServer(folder, Map.of(), calls)) {
      String words = " {\"status\":\"error\",\"message\":\"the instance is starting\"}";
      assertThat(answers).containsExactly("503" + words, "409" + words, "409" + words);
      assertThat(call(server, "GET", "/api/status").statusCode()).isEqualTo(200);
    }
  }

  private static String answer(String address, String method, String path) {
    try {
      HttpResponse<String> answer = call(address, method, path);
      return answer.statusCode() + " " + answer.body();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void headIsAnsweredAsGetWithoutItsBody() throws Exception {
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
      int health = call(management, "GET", "/observe/health").statusCode();

      HttpResponse<String> head = call(management, "HEAD", "/observe/health");

      assertThat(head.statusCode()).isEqualTo(health).isIn(200, 503);
      assertThat(head.body()).isEmpty();
    }
  }

  private static HttpResponse<String> call(ApiServer server, String method, String path)
      throws Exception {
    return call(server.address(), method, path);
  }

  private static HttpResponse<String> call(String address, String method, String path)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .method(method, BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
