package harvest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** The REST API of an instance, as its users call it. */
final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A response. */
  record Answer(int status, String text, HttpHeaders headers) {
    JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + text, e);
      }
    }
  }

  private final int port;

  private Api(int port) {
    this.port = port;
  }

  /** The API at this port of this machine; waits until it responds. */
  static Api at(int port) {
    Api api = new Api(port);
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptions()
        .until(() -> api.get("/api/health").text().contains("\"orchestrator_ready\":true"));
    return api;
  }

  /** The management port of a running instance. */
  static Api management(int port) {
    return new Api(port);
  }

  Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  Answer post(String path) {
    return send("POST", path, null);
  }

  Answer post(String path, String json) {
    return send("POST", path, json, "Content-Type", "application/json");
  }

  Answer send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body(), answer.headers());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  JsonNode status() {
    return get("/api/status").json().path("data");
  }

  JsonNode script(int id) {
    return get("/api/scripts/" + id + "/status").json().path("data");
  }

  String state(int id) {
    return script(id).path("status").asText();
  }

  void awaitState(int id, String state) {
    Awaitility.await()
        .alias("script " + id + " " + state)
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> state(id).equals(state));
  }

  /** The captchas waiting for a person. */
  List<JsonNode> captchas() {
    List<JsonNode> captchas = new ArrayList<>();
    get("/api/captchas").json().path("captchas").forEach(captchas::add);
    return captchas;
  }

  List<JsonNode> awaitCaptchas(int count) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(this::captchas, waiting -> waiting.size() == count);
  }

  List<String> logs(int id) {
    List<String> lines = new ArrayList<>();
    get("/api/scripts/" + id + "/logs?lines=1000")
        .json()
        .path("logs")
        .forEach(line -> lines.add(line.asText()));
    return lines;
  }
}
