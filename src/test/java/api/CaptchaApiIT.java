package api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.ApiServer;

class CaptchaApiIT {
  private static final String IMAGE = "data:image/png;base64,AAAA";

  @TempDir private static Path folder;
  private static ApiServer server;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    server = new ApiServer(folder);
  }

  @AfterEach
  void clear() {
    server.clear();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private record Answer(int status, JsonNode body) {}

  private Answer send(String method, String path, String body) throws Exception {
    return send(server.address(), method, path, body);
  }

  private Answer send(String address, String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("X-API-Key", ApiServer.KEY)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    return new Answer(answer.statusCode(), new ObjectMapper().readTree(answer.body()));
  }

  private CompletableFuture<String> ask(int script) {
    return server.ask(script, IMAGE);
  }

  private String id() {
    return server.desk().waiting().get(0).id();
  }

  @Test
  void withoutACaptchaTheListIsEmpty() throws Exception {
    Answer answer = send("GET", "/api/captchas", "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("status").asText()).isEqualTo("success");
    assertThat(answer.body().path("captchas").isArray()).isTrue();
    assertThat(answer.body().path("captchas")).isEmpty();
    assertThat(Instant.parse(answer.body().path("timestamp").asText())).isAfter(ApiServer.SINCE);
  }

  @Test
  void aWaitingCaptchaIsShownWithItsScriptItsImageAndItsTime() throws Exception {
    ask(7);
    ask(3);
    JsonNode captchas = send("GET", "/api/captchas", "").body().path("captchas");

    assertThat(captchas.findValuesAsText("script_id")).containsExactly("7", "3");
    assertThat(captchas.get(0).toString())
        .isEqualTo(
            "{\"id\":\"%s\",\"script_id\":7,\"image\":\"%s\",\"created\":\"%s\"}"
                .formatted(id(), IMAGE, "2026-01-01T00:00:00.123Z"));
  }

  @Test
  void anAnswerGoesToItsScriptOnceAndIsConfirmedAtOnce() throws Exception {
    CompletableFuture<String> asked = ask(7);
    String id = id();
    Answer first = send("POST", "/api/captchas/" + id, "{\"answer\":\" q7 xk2p \"}");

    assertThat(first.status()).isEqualTo(202);
    assertThat(first.body().path("status").asText()).isEqualTo("success");
    assertThat(first.body().path("message").asText()).contains("script 7");
    assertThat(first.body().path("id").asText()).isEqualTo(id);
    assertThat(first.body().path("script_id").asInt()).isEqualTo(7);
    assertThat(asked.get(30, TimeUnit.SECONDS)).isEqualTo("q7 xk2p");
    assertThat(send("GET", "/api/captchas", "").body().path("captchas")).isEmpty();

    Answer second = send("POST", "/api/captchas/" + id, "{\"answer\":\"again\"}");
    assertThat(second.status()).isEqualTo(404);
    assertThat(second.body().path("message").asText()).contains(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"answer\":null}",
        "{\"answer\":5}",
        "{\"answer\":[\"a\"]}",
        "{\"answer\":\"\"}",
        "{\"answer\":\" \\t\\n\"}",
        "{\"answer\":\"a\",\"more\":1}",
        "{\"answer\":\"a\",\"answer\":\"b\"}",
        "[]",
        "{"
      })
  void anAnswerWithoutATextIsRefusedAndSentNowhere(String body) throws Exception {
    requireRefused(body);
  }

  @Test
  void anAnswerHasAHundredCharactersAtMost() throws Exception {
    requireRefused("{\"answer\":\"%s\"}".formatted("a".repeat(101)));
    Answer answer =
        send("POST", "/api/captchas/" + id(), "{\"answer\":\"%s\"}".formatted("ä".repeat(100)));
    assertThat(answer.status()).isEqualTo(202);
  }

  @Test
  void anIdThatIsUnknownIsNotFound() throws Exception {
    ask(1);
    Answer answer = send("POST", "/api/captchas/none", "{\"answer\":\"a\"}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().path("status").asText()).isEqualTo("error");
    assertThat(server.desk().waiting()).hasSize(1);
  }

  private void requireRefused(String body) throws Exception {
    CompletableFuture<String> asked = ask(1);
    Answer answer = send("POST", "/api/captchas/" + id(), body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("status").asText()).isEqualTo("error");
    assertThat(answer.body().path("message").asText()).isNotBlank();
    assertThat(server.desk().waiting()).hasSize(1);
    assertThat(asked).isNotDone();
  }

  @Test
  void anInstanceThatIsShuttingDownAcceptsNoAnswer(@TempDir Path another) throws Exception {
    try (ApiServer leaving = new ApiServer(another)) {
      CompletableFuture<String> asked = leaving.ask(1, IMAGE);
      leaving.orchestrator().shutdown();
      String id = leaving.desk().waiting().get(0).id();
      assertThat(
              send(leaving.address(), "POST", "/api/captchas/" + id, "{\"answer\":\"a\"}").status())
          .isEqualTo(409);
      assertThat(asked).isNotDone();
    }
  }

  @Test
  void otherMethodsAreRefused() throws Exception {
    assertThat(send("POST", "/api/captchas", "{\"answer\":\"a\"}").status()).isEqualTo(405);
    assertThat(send("GET", "/api/captchas/some", "").status()).isEqualTo(405);
    assertThat(send("DELETE", "/api/captchas/some", "").status()).isEqualTo(405);
  }

  @Test
  void bothCallsNeedTheKey() throws Exception {
    CompletableFuture<String> asked = ask(1);
    for (HttpRequest.Builder call :
        new HttpRequest.Builder[] {
          HttpRequest.newBuilder(URI.create(server.address() + "/api/captchas")),
          HttpRequest.newBuilder(URI.create(server.address() + "/api/captchas/" + id()))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"answer\":\"a\"}"))
        }) {
      HttpResponse<String> answer = http.send(call.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).doesNotContain(IMAGE);
    }
    assertThat(asked).isNotDone();
  }
}
