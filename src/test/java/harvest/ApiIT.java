package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.Launcher;
import testing.LocalInstance;
import testing.Ports;

/** What callers of the REST API can rely on: bad calls, keys, origins, logs, health, the fleet. */
class ApiIT {
  private static final String START = "/api/scripts/start";

  @TempDir Path folder;

  private Harvest idle(int documents) throws IOException {
    return new Harvest(folder, documents, 10).set("HARVEST_AUTOSTART", "0");
  }

  @Test
  void badCallsGetOneClearAnswerAndStartNothing() throws Exception {
    try (Harvest harvest = idle(40);
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
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
      assertThat(harvest.portal.requests()).isEmpty();
      assertThat(api.get("/api/scripts/1/logs").json().path("logs")).isEmpty();
    }
  }

  @Test
  void aBodyOfTenMegabytesIsRefusedAndHurtsNobody() throws Exception {
    try (Harvest harvest = idle(10);
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      String large = "{\"num_scripts\":1,\"x\":\"" + "a".repeat(10_000_000) + "\"}";
      try {
        assertRefused(api.post(START, large), 413, "10 MB");
      } catch (java.io.UncheckedIOException closedWhileSending) {
        // refused before it was sent completely: just as good
      }
      assertThat(api.status().path("running_scripts").asInt()).isZero();
    }
  }

  private static void assertRefused(Api.Answer answer, int status, String what) {
    String shown = what.substring(0, Math.min(80, what.length()));
    assertThat(answer.status()).as(shown + ": " + answer.text()).isEqualTo(status);
    assertThat(answer.json().path("status").asText()).as(shown).isEqualTo("error");
    assertThat(answer.json().path("message").asText()).as(shown).isNotBlank();
    assertThat(answer.text()).as(shown).doesNotContain("Exception").doesNotContain("\tat ");
  }

  @Test
  void theKeyIsAskedForAndNeverToldToAnybody() throws Exception {
    String key = "a-key-that-is-secret";
    try (Harvest harvest = idle(20).set("API_KEY", key);
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      for (String path :
          List.of(
              "/api/status",
              "/api/instance/info",
              "/api/fleet",
              "/api/openapi.json",
              "/api/scripts/1/logs")) {
        assertRefused(api.get(path), 401, path);
        assertRefused(api.get(path, "X-API-Key", key + "x"), 401, path);
        assertRefused(api.get(path, "Authorization", "Basic " + key), 401, path);
        assertRefused(api.get(path + "?X-API-Key=" + key), 401, path);
        assertThat(api.get(path, "X-API-Key", key).status()).isEqualTo(200);
        assertThat(api.get(path, "Authorization", "Bearer " + key).status()).isEqualTo(200);
      }
      assertRefused(api.post(START), 401, "start");
      assertThat(api.get("/api/health").status()).isEqualTo(200);
      assertThat(api.get("/api/instance/info", "X-API-Key", key).text()).doesNotContain(key);
      try (Launcher status = harvest.commandProcess("status")) {
        assertThat(status.stdout()).contains("not_started");
      }
      try (Launcher start = harvest.commandProcess("start", "1");
          Launcher stop = harvest.commandProcess("stop", "--all");
          Launcher logs = harvest.commandProcess("logs", "1")) {
        assertThat(start.stdout()).contains("script 1 is being started");
        assertThat(stop.stdout()).contains("stopping");
        assertThat(logs.stdout()).contains("script-01: started");
      }
      assertThat(logs())
          .doesNotContain(key)
          .doesNotContain(harvest.setting("AWS_SECRET_ACCESS_KEY"));
    }
  }

  private String logs() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(folder.resolve("data/logs"))) {
      for (Path file : files.toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  @Test
  void onlyPagesOfTheNamedOriginsMayCall() throws Exception {
    String origin = "https://dashboard.example";
    try (Harvest harvest =
            idle(10)
                .set("API_CORS_ORIGINS", origin + ", http://other.example:8080")
                .set("API_KEY", "k");
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      Api.Answer preflight =
          api.send(
              "OPTIONS",
              START,
              null,
              "Origin",
              origin,
              "Access-Control-Request-Method",
              "POST",
              "Access-Control-Request-Headers",
              "x-api-key");
      assertThat(preflight.status()).isEqualTo(204);
      assertThat(allowed(preflight)).isEqualTo(origin);
      assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
          .contains("X-API-Key");
      Api.Answer read = api.get("/api/status", "Origin", origin, "X-API-Key", "k");
      assertThat(read.status()).isEqualTo(200);
      assertThat(allowed(read)).isEqualTo(origin);
      assertThat(allowed(api.get("/api/status", "Origin", origin))).as("401").isEqualTo(origin);

      for (String foreign :
          List.of(
              "https://evil.example",
              origin + ".evil.example",
              "null",
              "http://dashboard.example")) {
        assertThat(allowed(api.get("/api/health", "Origin", foreign))).isEmpty();
        Api.Answer asked =
            api.send(
                "OPTIONS", START, null, "Origin", foreign, "Access-Control-Request-Method", "POST");
        assertThat(allowed(asked)).isEmpty();
        assertRefused(
            api.send("POST", START, null, "Origin", foreign, "X-API-Key", "k"), 403, foreign);
      }
      String own = "http://127.0.0.1:" + harvest.setting("API_PORT");
      assertThat(
              api.send("POST", "/api/scripts/stop-all", null, "Origin", own, "X-API-Key", "k")
                  .status())
          .isEqualTo(202);
    }
  }

  private static String allowed(Api.Answer answer) {
    return answer.headers().firstValue("Access-Control-Allow-Origin").orElse("");
  }

  @Test
  void aScriptsLogTellsItsStoryInWholeLinesWhateverThePortalSays() throws Exception {
    try (Harvest harvest = idle(20)) {
      harvest.set("PORTAL_MAX_ATTEMPTS", "2");
      harvest.portal.fault("/doc/3.pdf", Fault.status(500));
      harvest.portal.page(
          2,
          "/doc/11.pdf",
          "http://127.0.0.2:1/a&#10;2026-01-01T00:00:00.000Z ERROR script-01 forged.pdf",
          "/doc/x%0aforged.pdf");
      harvest.portal.fault(
          "/list/2", Fault.html("<p>\n2026-01-01T00:00:00.000Z ERROR forged\u001b[2J"));
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.post(START, "{\"num_scripts\":2,\"delay\":0}");
        api.awaitState(1, "completed");
        api.awaitState(2, "waiting");
        harvest.portal.heal();
        harvest.portal.total(13);
        api.awaitState(2, "completed");

        List<String> lines = api.logs(1);
        assertThat(lines)
            .allMatch(
                line ->
                    line.matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d)"
                            + " (INFO |WARN |ERROR) script-01.*"));
        assertThat(lines.get(0)).contains("script-01: started");
        assertThat(lines)
            .anyMatch(line -> line.contains("page 1 doc/3.pdf: ") && line.contains("500"));
        assertThat(lines)
            .anyMatch(line -> line.contains("WARN") && line.contains("failed after 2 tries"));
        assertThat(lines).anyMatch(line -> line.contains("page 1: complete, 9 of 10 rows stored"));
        assertThat(api.logs(2))
            .allMatch(line -> line.contains(" script-02"))
            .noneMatch(line -> line.startsWith("2026-01-01"));
        assertThat(api.get("/api/scripts/1/logs?lines=1").json().path("logs")).hasSize(1);
        assertThat(logs()).doesNotContain("\u001b").doesNotContain("\r");
        JsonNode failure = api.get("/api/scripts/1/failures").json().path("failures").get(0);
        assertThat(failure.path("id").asText()).isEqualTo("doc/3.pdf");
        assertThat(failure.path("reason").asText()).isEqualTo("http_500");
        assertThat(failure.path("attempts").asInt()).isEqualTo(2);
      }
    }
  }

  @Test
  void healthTurnsWithTheStoreAndAStoppedScriptIsWell() throws Exception {
    try (Harvest harvest = idle(10);
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      Api management = Api.management(Integer.parseInt(harvest.setting("MANAGEMENT_PORT")));
      assertThat(api.get("/api/health").status()).isEqualTo(200);
      assertThat(management.get("/observe/health").status()).isEqualTo(200);
      assertThat(management.get("/observe/health/ready").status()).isEqualTo(200);

      harvest.store.away();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> api.get("/api/health").status() == 503);
      Api.Answer sick = api.get("/api/health");
      assertThat(sick.json().path("status").asText()).isEqualTo("unhealthy");
      assertThat(sick.json().at("/checks/store/status").asText()).isEqualTo("down");
      assertThat(sick.json().at("/checks/ledger/status").asText()).isEqualTo("up");
      assertThat(management.get("/observe/health").status()).isEqualTo(503);

      harvest.store.back();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> api.get("/api/health").status() == 200);
      assertThat(management.get("/observe/health").status()).isEqualTo(200);
    }
  }

  @Test
  void metricsCountPagesAndDocumentsByOutcomeAndReason() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      harvest.portal.fault("/doc/3.pdf", Fault.status(404));
      harvest.portal.page(2, "/doc/11.pdf", "http://127.0.0.2:1/x.pdf");
      harvest.portal.total(12);
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "completed");
        api.awaitState(2, "completed");
        String metrics =
            Api.management(Integer.parseInt(harvest.setting("MANAGEMENT_PORT")))
                .get("/observe/metrics")
                .text();
        assertThat(metrics)
            .contains("harvester_pages_total{outcome=\"complete\"} 2.0")
            .contains("harvester_documents_total{outcome=\"stored\",reason=\"none\"} 10.0")
            .contains("harvester_documents_total{outcome=\"failed\",reason=\"gone\"} 1.0")
            .contains("harvester_documents_total{outcome=\"rejected\",reason=\"foreign_host\"} 1.0")
            .contains("harvester_scripts{status=\"completed\"} 2.0")
            .contains("harvester_download_seconds_count 11")
            .contains("harvester_upload_seconds_count 10")
            .contains("harvester_download_seconds_bucket{le=\"1.0\"}")
            .contains(
                "harvester_governor_wait_seconds_count 14") // robots.txt, 2 listings, 11 documents
            .contains("harvester_queue_depth 0.0")
            .contains("harvester_stored_bytes_total ")
            .contains("routeId=\"document\"");
      }
    }
  }

  @Test
  void aManagementPortThatIsTakenIsSaidInOneLine() throws Exception {
    try (Harvest harvest = idle(10);
        var taken = Ports.listen("127.0.0.1", 0)) {
      harvest.set("MANAGEMENT_PORT", String.valueOf(taken.getLocalPort()));
      try (Launcher run = harvest.process()) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.stderr()).contains("management.port").doesNotContain("\n");
      }
    }
  }

  @Test
  void twoHundredClientsAtOnceAreAnsweredWhileTheHarvestGoesOn() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(200);
    try (Harvest harvest = idle(600)) {
      harvest.set("HARVEST_SCRIPTS", "6");
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.post(START, "{\"num_scripts\":6,\"delay\":0}");
        List<CompletableFuture<List<Api.Answer>>> asked = new ArrayList<>();
        for (int client = 0; client < 200; client++) {
          int id = client % 6 + 1;
          asked.add(CompletableFuture.supplyAsync(() -> visit(api, id), clients));
        }
        for (CompletableFuture<List<Api.Answer>> client : asked) {
          assertThat(client.get())
              .allMatch(answer -> List.of(200, 202, 409).contains(answer.status()));
        }
        Awaitility.await()
            .atMost(Duration.ofSeconds(120))
            .until(
                () -> {
                  api.post(START, "{\"num_scripts\":6,\"delay\":0}");
                  return api.status().path("completed_scripts").asInt() == 6;
                });
        assertThat(api.status().path("total_files_downloaded").asInt()).isEqualTo(600);
      }
      assertThat(harvest.audit().path("exit").asInt()).isZero();
      assertThat(harvest.store.objects("judgments")).hasSize(600);
    } finally {
      clients.shutdownNow();
    }
  }

  /** One of several users who look, start and stop at the same time. */
  private static List<Api.Answer> visit(Api api, int id) {
    return List.of(
        api.get("/api/status"),
        api.post("/api/scripts/stop/" + id),
        api.post(START + "/" + id),
        api.get("/api/scripts/" + id + "/logs"),
        api.get("/api/health"),
        api.post(START, "{\"num_scripts\":6,\"delay\":0}"),
        api.get("/api/status"));
  }

  @Test
  void fourInstancesTogetherCompleteTheRangeAndKnowOfEachOther() throws Exception {
    try (Harvest harvest = new Harvest(folder, 160, 5)) {
      harvest.set("HARVEST_INSTANCES", "4").set("HARVEST_SCRIPTS", "8");
      List<Integer> ports = List.of(Ports.free(), Ports.free(), Ports.free(), Ports.free());
      List<Launcher> runs = new ArrayList<>();
      try {
        for (int id = 1; id <= 4; id++) {
          runs.add(harvest.process(instance(id, ports)));
        }
        List<Api> instances = ports.stream().map(Api::at).toList();
        for (int id = 1; id <= 4; id++) {
          Api api = instances.get(id - 1);
          Awaitility.await()
              .atMost(Duration.ofSeconds(120))
              .until(() -> api.status().path("completed_scripts").asInt() == 2);
          assertThat(api.get("/api/instance/info").json().path("assigned_scripts").toString())
              .isEqualTo("[%d,%d]".formatted(2 * id - 1, 2 * id));
        }
        for (int page = 1; page <= 32; page++) {
          assertThat(harvest.portal.requestsTo("/list/" + page)).as("page " + page).isEqualTo(1);
        }
        JsonNode fleet = instances.get(0).get("/api/fleet").json().path("data");
        assertThat(fleet.path("instances")).hasSize(4);
        assertThat(fleet.at("/total/total_files_downloaded").asInt()).isEqualTo(160);
        assertThat(fleet.at("/total/completed_scripts").asInt()).isEqualTo(8);
        assertThat(fleet.at("/total/progress_percentage").asDouble()).isEqualTo(100);

        runs.get(3).kill();
        JsonNode less = instances.get(0).get("/api/fleet").json().path("data");
        JsonNode gone = less.path("instances").get(3);
        assertThat(gone.path("reachable").asBoolean()).isFalse();
        assertThat(gone.path("instance_id").asInt()).isEqualTo(4);
        assertThat(gone.path("last_seen").isTextual()).isTrue();
        assertThat(gone.path("data").isNull()).isTrue();
        assertThat(less.at("/total/total_files_downloaded").asInt()).isEqualTo(120);
      } finally {
        for (Launcher run : runs) {
          run.close();
        }
      }
      try (Launcher audit = harvest.commandProcess("audit", "--all")) {
        assertThat(audit.exitCode()).as(audit.stdout()).isZero();
      }
    }
  }

  /** The same list of peers for all, as operators write it. */
  private static Map<String, String> instance(int id, List<Integer> ports) throws IOException {
    Map<String, String> own = new HashMap<>();
    own.put("HARVEST_INSTANCE_ID", String.valueOf(id));
    own.put("HARVEST_DATA_DIR", "data-" + id);
    own.put("API_PORT", String.valueOf(ports.get(id - 1)));
    own.put("MANAGEMENT_PORT", String.valueOf(Ports.free()));
    own.put(
        "FLEET_PEERS",
        String.join(",", ports.stream().map(port -> "http://127.0.0.1:" + port).toList()));
    return own;
  }

  @Test
  void aPeerThatHangsOrIsSomebodyElseIsShownAsUnreachable() throws Exception {
    try (Harvest harvest = idle(10)) {
      harvest.portal.fault("/api/status", Fault.hang());
      harvest.set(
          "FLEET_PEERS",
          harvest.portal.url()
              + ", http://127.0.0.1:"
              + Ports.free()
              + ", "
              + harvest.store.endpoint());
      try (LocalInstance run = harvest.run()) {
        JsonNode fleet = harvest.api().get("/api/fleet").json().path("data");
        assertThat(fleet.path("instances")).hasSize(4);
        for (int peer = 1; peer < 4; peer++) {
          JsonNode instance = fleet.path("instances").get(peer);
          assertThat(instance.path("reachable").asBoolean()).isFalse();
          assertThat(instance.path("last_seen").isNull()).isTrue();
          assertThat(instance.path("instance_id").isNull()).isTrue();
        }
        assertThat(fleet.at("/total/total_scripts").asInt()).isEqualTo(2);
      }
    }
  }

  @Test
  void aFullLogIsRotatedAndReadAcrossItsFiles() throws Exception {
    Path logs = Files.createDirectories(folder.resolve("data/logs"));
    String old = "2026-11-01T00:00:00.000Z INFO  script-01: line %d";
    Files.writeString(logs.resolve("script-01.1.log"), lines(old, 0, 700), StandardCharsets.UTF_8);
    Files.writeString(logs.resolve("script-01.log"), lines(old, 700, 1100), StandardCharsets.UTF_8);
    try (Harvest harvest = idle(10);
        LocalInstance run = harvest.run()) {
      List<String> read = harvest.api().logs(1);
      assertThat(read).hasSize(1000);
      assertThat(read.get(0)).endsWith("line 100");
      assertThat(read.get(999)).endsWith("line 1099");
    }
  }

  private static String lines(String pattern, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(pattern.formatted(i)).append('\n');
    }
    return text.toString();
  }
}
