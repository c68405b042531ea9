package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.ApiServer;

/** What callers get for a mistake: one clear response, and nothing is started. */
class BadCallsIT {
  private static final String START = "/api/scripts/start";

  @TempDir private static Path folder;
  private static ApiServer server;
  private static Api api;

  @BeforeAll
  static void start() throws Exception {
    server =
        new ApiServer(
            folder,
            Map.of(
                "HARVEST_INSTANCES", "1",
                "HARVEST_SCRIPTS", "2",
                "HARVEST_PAGES", "4",
                "HARVEST_START_DELAY", "1500ms",
                "PORTAL_URL", "http://127.0.0.1:1/list/{page}?token=secret"));
    api = Api.at(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void badCallsGetOneClearAnswerAndStartNothing() throws Exception {
    List<String> badBodies =
        List.of(
            "x",
            "[]",
            "null",
            "\"5\"",
            "{",
            "{} {}",
            "{\"num_scripts\":0}",
            "{\"num_scripts\":-1}",
            "{\"num_scripts\":3}",
            "{\"num_scripts\":99999999999999999999}",
            "{\"num_scripts\":1e400}",
            "{\"num_scripts\":1e9999999999}",
            "{\"num_scripts\":1,\"delay\":1e-999999999}",
            "{\"num_scripts\":1.5}",
            "{\"num_scripts\":\"1\"}",
            "{\"num_scripts\":null}",
            "{\"num_scripts\":true}",
            "{\"num_scripts\":[1]}",
            "{\"num_scripts\":1,\"num_scripts\":2}",
            "{\"delay\":-0.1}",
            "{\"delay\":3600.001}",
            "{\"delay\":1e999999999}",
            "{\"delay\":\"2\"}",
            "{\"delay\":NaN}",
            "{\"scripts\":1}",
            "{\"num_scripts\":1,\"delay\":0,\"more\":1}",
            "{\"num_scripts\":" + "9".repeat(2000) + "}",
            "[".repeat(5000));
    for (String body : badBodies) {
      assertRefused(api.post(START, body), 400, body);
    }
    for (String id : List.of("0", "-1", "67", "abc", "5%00", "1.0", "1%0a", "99999999999")) {
      assertRefused(api.post(START + "/" + id), 404, id);
      assertRefused(api.post("/api/scripts/stop/" + id), 404, id);
      assertRefused(api.post("/api/scripts/" + id + "/sweep"), 404, id);
      assertRefused(api.get("/api/scripts/" + id + "/status"), 404, id);
      assertRefused(api.get("/api/scripts/" + id + "/logs"), 404, id);
      assertRefused(api.get("/api/scripts/" + id + "/failures"), 404, id);
    }
    for (String lines : List.of("0", "-1", "1001", "abc", "", "1e2")) {
      assertRefused(api.get("/api/scripts/1/logs?lines=" + lines), 400, lines);
      assertRefused(api.get("/api/scripts/1/failures?limit=" + lines), 400, lines);
    }
    for (String twice :
        List.of(
            "/api/scripts/1/logs?lines=1&lines=2",
            "/api/scripts/1/failures?limit=1&limit=1",
            "/api/failures?reason=gone&reason=not_pdf",
            "/api/failures?script=1&script=2",
            "/api/documents?id=a&id=b")) {
      assertRefused(api.get(twice), 400, twice);
    }
    for (String noNumber :
        List.of(START + "/", "/api/scripts/stop/", "/api/scripts//sweep", "/api/captchas/")) {
      assertRefused(api.post(noNumber), 404, noNumber);
    }
    assertRefused(api.post("/api/scripts/stop-all", "garbage"), 400, "stop-all");
    assertRefused(api.post(START + "/1", "{\"x\":1}"), 400, "start one");
    for (String type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/jsonp")) {
      assertRefused(
          api.send("POST", START, "{\"num_scripts\":1}", "Content-Type", type), 415, type);
    }
    for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS")) {
      assertRefused(api.send(method, START, null), 405, method);
    }
    assertRefused(api.send("POST", "/api/status", null), 405, "POST status");
    for (String path :
        List.of(
            "/api",
            "/api/nothing",
            "/.env",
            "/application.properties",
            "/..%2f..%2fetc/passwd",
            "/api/scripts")) {
      assertRefused(api.get(path), 404, path);
    }
    // headers and queries cannot replace parts of the path
    assertThat(
            api.get("/api/scripts/1/status?id=2", "id", "2").json().at("/data/script_id").asInt())
        .isEqualTo(1);

    JsonNode status = api.status();
    assertThat(status.path("running_scripts").asInt()).isZero();
    assertThat(api.get("/api/scripts/1/logs").json().path("logs")).isEmpty();
  }

  @Test
  void anImpossibleRepairIsRefusedAndHarmsNothing() throws Exception {
    for (String body :
        List.of(
            "{\"pages\":[0]}",
            "{\"pages\":[-1]}",
            "{\"pages\":[2147483647]}",
            "{\"pages\":[1,null]}",
            "{\"pages\":[1.5]}",
            "{\"documents\":[null]}",
            "{\"documents\":[{\"id\":null}]}",
            "{\"documents\":[{\"id\":\"a.pdf\",\"pages\":[0]}]}",
            "{\"documents\":[{\"id\":\"a.pdf\",\"pages\":[null]}]}",
            "{\"last_page\":-1}",
            "{\"first_page\":-1,\"last_page\":3}",
            "{\"first_page\":4,\"last_page\":3}",
            "{\"first_page\":4}",
            "{\"last_page\":2147483647}")) {
      assertRefused(api.post("/api/audit/repair", body), 400, body);
    }
    assertRefused(api.post("/api/audit/known", "{\"ids\":[null]}"), 400, "known");
  }

  @Test
  void aBodyOfTenMegabytesIsRefusedAndHarmsNothing() throws Exception {
    String large = "{\"num_scripts\":1,\"x\":\"" + "a".repeat(10_000_000) + "\"}";
    try {
      assertRefused(api.post(START, large), 413, "10 MB");
    } catch (java.io.UncheckedIOException closedWhileSending) {
      // refused before it was sent completely: just as good
    }
    assertThat(api.status().path("running_scripts").asInt()).isZero();
  }

  static void assertRefused(Api.Answer answer, int status, String what) {
    String shown = what.substring(0, Math.min(80, what.length()));
    assertThat(answer.status()).as(shown + ": " + answer.text()).isEqualTo(status);
    assertThat(answer.json().path("status").asText()).as(shown).isEqualTo("error");
    assertThat(answer.json().path("message").asText()).as(shown).isNotBlank();
    assertThat(answer.text()).as(shown).doesNotContain("Exception").doesNotContain("\tat ");
  }

  @Test
  void aMistakeInABodyNamesItsField() {
    assertThat(message("{\"num_scripts\":\"1\"}")).isEqualTo("num_scripts must be a whole number");
    assertThat(message("{\"num_scripts\":null}")).isEqualTo("num_scripts must not be null");
    assertThat(message("{\"delay\":\"2\"}")).isEqualTo("delay must be a number");
    assertThat(message("{\"num_scripts\":3}"))
        .isEqualTo("num_scripts must be a whole number from 1 to 2");
    assertThat(message("{\"more\":1}"))
        .isEqualTo("the body has an unknown field; expected num_scripts, delay");
    assertThat(message("[]")).startsWith("the body is not one JSON object");
    assertThat(message("{\"delay\":1,\"delay\":2}")).endsWith("each field stands once");
    assertThat(message("{\"num_scripts\":99999999999999999999}"))
        .isEqualTo("num_scripts is too large");
    assertThat(
            api.post("/api/retry-failed", "{\"ids\":\"doc/1.pdf\"}")
                .json()
                .path("message")
                .asText())
        .isEqualTo("ids must be a list of texts");
  }

  private static String message(String body) {
    return api.post(START, body).json().path("message").asText();
  }

  @Test
  void stoppingAllWhenNoneRunsSaysSo() {
    Api.Answer answer = api.post("/api/scripts/stop-all");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("message").asText()).isEqualTo("no script is running");
  }

  @Test
  void theConfigurationIsShownWithoutSecretsAndWithTheDelayOfAStart() {
    JsonNode info = api.get("/api/instance/info").json();
    assertThat(info.path("status").asText()).isEqualTo("success");
    assertThat(info.at("/config/portal.url").asText())
        .isEqualTo("http://127.0.0.1:1/list/{page}?token=***");
    assertThat(info.at("/config/harvest.start-delay").asDouble()).isEqualTo(1.5);
  }
}
