package api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
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

  private static HttpResponse<String> call(ApiServer server, String method, String path)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .method(method, BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
