package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import harvest.Description.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalInstance;
import testing.Ports;

/** Validates the running program's responses against its own description. */
class OpenApiIT {
  private static final String KEY = "k-1";
  private static final Call START = new Call("POST", "/api/scripts/start");
  private static final Call STATUS = new Call("GET", "/api/status");
  private static final Call SCRIPT = new Call("GET", "/api/scripts/{id}/status");
  private static final Call LOGS = new Call("GET", "/api/scripts/{id}/logs");
  private static final Call FAILURES = new Call("GET", "/api/scripts/{id}/failures");
  private static final Call ACCEPT = new Call("POST", "/api/accept");
  private static final Call HEALTH = new Call("GET", "/api/health");
  private static final Call CAPTCHAS = new Call("GET", "/api/captchas");
  private static final Call ANSWER = new Call("POST", "/api/captchas/{id}");
  private static final Call FLEET = new Call("GET", "/api/fleet");

  /** Error responses that any call can be made to return at any time. */
  private static final Set<Integer> TO_MISTAKES = Set.of(400, 401, 403, 404, 405, 413, 415);

  @TempDir Path folder;

  private Api api;
  private Description description;

  @Test
  void everyCallIsAnsweredAsDescribedFromTheFirstStartToTheLastPage() throws Exception {
    try (Harvest harvest = harvest()) {
      harvest.portal.fault("/doc/3.pdf", Fault.status(404));
      harvest.portal.page(
          2,
          "http://127.0.0.2:1/x.pdf",
          "/doc/12.pdf",
          "/doc/13.pdf",
          "/doc/14.pdf",
          "/doc/15.pdf",
          "/doc/16.pdf",
          "/doc/17.pdf",
          "/doc/18.pdf",
          "/doc/19.pdf",
          "/doc/20.pdf");
      try (LocalInstance run = serve(harvest)) {
        lookAtEverything();
        JsonNode before = ask(STATUS).json().path("data");
        assertThat(before.path("success_rate").isNull()).isTrue();
        assertThat(before.at("/scripts/0/status").asText()).isEqualTo("not_started");
        assertThat(before.at("/scripts/0/start_time").isNull()).isTrue();
        assertThat(ask(CAPTCHAS).json().path("captchas")).isEmpty();

        for (Call call : description.calls()) {
          if (call.changesSomething() && !call.toString().contains("captcha")) { // none is waiting
            boolean needsMore = // a held page, a note, a limit
                call.toString().contains("accept") || call.method().equals("PUT");
            assertThat(ask(call).status())
                .as(call.toString())
                .isBetween(needsMore ? 400 : 200, needsMore ? 409 : 299);
          }
        }
        eventually() // the requested stops may still be in progress
            .until(
                () -> {
                  askWithBody(START, "application/json", "{\"num_scripts\":2,\"delay\":0.001}");
                  return ask(STATUS).json().at("/data/completed_scripts").asInt() == 2;
                });

        lookAtEverything();
        JsonNode after = ask(STATUS).json().path("data");
        assertThat(after.path("success_rate").isNumber()).isTrue();
        assertThat(after.at("/scripts/0/start_time").isTextual()).isTrue();
        String body = "{\"reason\":\"gone\",\"note\":\"n\"}";
        assertThat(askWithBody(ACCEPT, "application/json", body).status()).isEqualTo(202);
        JsonNode gone = askOf(1, FAILURES).json().at("/failures/0");
        assertThat(gone.path("reason").asText()).isEqualTo("gone");
        assertThat(gone.path("last_attempt").isTextual()).isTrue();
        JsonNode foreign = askOf(2, FAILURES).json().at("/failures/0");
        assertThat(foreign.path("state").asText()).isEqualTo("rejected");
        assertThat(foreign.path("last_attempt").isNull()).isTrue();
      }
    }
  }

  @Test
  void everyMistakeOfACallerIsAnsweredAsDescribed() throws Exception {
    try (Harvest harvest = harvest();
        LocalInstance run = serve(harvest)) {
      for (Call call : description.calls()) {
        Set<Integer> answered = new TreeSet<>();
        for (Api.Answer answer : makeMistakes(call)) {
          answered.add(answer.status());
        }
        answered.add(askWithTooLargeABody(call, Integer.parseInt(harvest.setting("API_PORT"))));

        Set<Integer> described = new TreeSet<>(description.statuses(call));
        described.retainAll(TO_MISTAKES);
        assertThat(answered).as(call.toString()).containsAll(described);
        assertThat(answered.contains(401))
            .as(call.toString())
            .isEqualTo(description.needsKey(call));
      }
      assertThat(ask(STATUS).json().at("/data/running_scripts").asInt()).isZero();
    }
  }

  /** Makes all possible mistakes with this call; none of them may change anything. */
  private List<Api.Answer> makeMistakes(Call call) {
    String path = call.pathOf(1);
    List<Api.Answer> answers = new ArrayList<>();
    answers.add(send(call, call.method(), path, null));
    answers.add(send(call, call.method(), path, null, "X-API-Key", "another"));
    answers.add(send(call, call.method(), path, null, "Authorization", "Bearer another"));
    answers.add(send(call, "DELETE", path, null, "X-API-Key", KEY));
    String origin = "https://a.example";
    answers.add(send(call, call.method(), path, null, "X-API-Key", KEY, "Origin", origin));
    if (!call.pathOf(999_999).equals(path)) {
      answers.add(askOf(999_999, call));
    }
    if (!call.changesSomething()) {
      answers.add(askWithQuery(call, "lines=0&limit=0"));
      answers.add(askWithQuery(call, "script=999999"));
    }
    answers.add(askWithBody(call, "text/plain", "{}"));
    answers.add(askWithBody(call, "application/json", "[]"));
    answers.add(askWithBody(call, "application/json", "{\"no_field\":1}"));
    answers.add(askWithBody(call, "application/json", "{\"answer\":\"x\"}"));
    answers.add(askWithBody(call, "application/json", "{\"script\":999999}"));
    answers.add(askWithBody(call, "application/json", "{\"script\":999999,\"note\":\"n\"}"));
    return answers;
  }

  @Test
  void valuesOutsideTheirBoundsAreRefusedAsDescribed() throws Exception {
    try (Harvest harvest = harvest();
        LocalInstance run = serve(harvest)) {
      for (String body :
          List.of(
              "{\"num_scripts\":0}",
              "{\"num_scripts\":3}",
              "{\"num_scripts\":1.5}",
              "{\"num_scripts\":null}",
              "{\"delay\":-1}",
              "{\"delay\":3600.1}",
              "{\"delay\":\"2\"}",
              "{\"num_scripts\":1,\"num_scripts\":1}",
              "{")) {
        assertThat(askWithBody(START, "application/json", body).status()).as(body).isEqualTo(400);
      }
      for (String body :
          List.of("{}", "{\"answer\":null}", "{\"answer\":1}", "{\"answer\":\" \"}")) {
        assertThat(askWithBody(ANSWER, "application/json", body).status()).as(body).isEqualTo(400);
      }
      for (String number : List.of("0", "1001", "-1", "1.5", "ten", "")) {
        assertThat(askWithQuery(LOGS, "lines=" + number).status()).as(number).isEqualTo(400);
        assertThat(askWithQuery(FAILURES, "limit=" + number).status()).as(number).isEqualTo(400);
      }
      for (String number : List.of("1", "1000")) {
        assertThat(askWithQuery(LOGS, "lines=" + number).status()).as(number).isEqualTo(200);
        assertThat(askWithQuery(FAILURES, "limit=" + number).status()).as(number).isEqualTo(200);
      }
      assertThat(ask(STATUS).json().at("/data/running_scripts").asInt()).isZero();
    }
  }

  @Test
  void scriptsThatRunWaitOrStopAreAnsweredAsDescribed() throws Exception {
    try (Harvest harvest = harvest()) {
      harvest.portal.fault("/doc/3.pdf", Fault.hang());
      harvest.portal.fault("/list/2", Fault.status(500));
      try (LocalInstance run = serve(harvest)) {
        ask(START);
        eventually()
            .until(
                () ->
                    harvest.portal.requestsTo("/doc/3.pdf") > 0
                        && script(1).path("average_seconds_per_file").isNumber());
        assertThat(script(1).path("status").asText()).isEqualTo("running");
        eventually().until(() -> script(2).path("status").asText().equals("waiting"));
        assertThat(script(2).path("waiting_reason").asText()).isEqualTo("portal");
        assertThat(script(2).path("last_error").isTextual()).isTrue();
        lookAtEverything();

        assertThat(ask(new Call("POST", "/api/scripts/stop/{id}")).status()).isEqualTo(202);
        assertThat(script(1).path("status").asText()).isEqualTo("stopping");
        assertThat(ask(new Call("POST", "/api/scripts/start/{id}")).status()).isEqualTo(409);
        assertThat(ask(new Call("POST", "/api/scripts/{id}/sweep")).status()).isEqualTo(202);
        lookAtEverything();
      }
    }
  }

  @Test
  void aFaultOfTheInstanceOrItsStoreIsAnsweredAsDescribed() throws Exception {
    try (Harvest harvest = harvest();
        LocalInstance run = serve(harvest)) {
      Files.createDirectory(folder.resolve("data/logs/script-01.log")); // where a file should be
      assertThat(ask(LOGS).status()).isEqualTo(500);

      harvest.store.refuse(request -> 403);
      eventually().until(() -> ask(HEALTH).status() == 503);
      JsonNode health = ask(HEALTH).json();
      assertThat(health.path("status").asText()).isEqualTo("unhealthy");
      assertThat(health.at("/checks/store/message").isTextual()).isTrue();
      harvest.store.heal();
      eventually().until(() -> ask(HEALTH).status() == 200);
    }
  }

  @Test
  void peersThatAnswerWentSilentOrNeverAnsweredAreShownAsDescribed() throws Exception {
    String port = String.valueOf(Ports.free());
    try (Harvest harvest = harvest()) {
      harvest
          .set("HARVEST_INSTANCES", "2")
          .set(
              "FLEET_PEERS",
              "http://127.0.0.1:%s,http://127.0.0.1:%d".formatted(port, Ports.free()));
      Map<String, String> peer =
          Map.of(
              "HARVEST_INSTANCE_ID",
              "2",
              "HARVEST_DATA_DIR",
              "data-2",
              "API_PORT",
              port,
              "MANAGEMENT_PORT",
              String.valueOf(Ports.free()));
      try (LocalInstance run = serve(harvest)) {
        try (LocalInstance second = harvest.run(peer)) {
          JsonNode fleet = ask(FLEET).json().path("data");
          assertThat(fleet.at("/instances/1/reachable").asBoolean()).isTrue();
          assertThat(fleet.at("/instances/1/data/instance_id").asInt()).isEqualTo(2);
          assertThat(fleet.at("/instances/2/reachable").asBoolean()).isFalse();
          assertThat(fleet.at("/instances/2/instance_id").isNull()).isTrue();
          assertThat(fleet.at("/total/total_scripts").asInt()).isEqualTo(2);
        }
        JsonNode fleet = ask(FLEET).json().path("data");
        assertThat(fleet.at("/instances/1/data").isNull()).isTrue();
        assertThat(fleet.at("/instances/1/instance_id").asInt()).isEqualTo(2);
        assertThat(fleet.at("/instances/1/last_seen").isTextual()).isTrue();
        assertThat(fleet.at("/total/total_scripts").asInt()).isEqualTo(1);
      }
    }
  }

  /** No script starts by itself, and a key is required. */
  private Harvest harvest() throws IOException {
    return new Harvest(folder, 20, 10).set("HARVEST_AUTOSTART", "0").set("API_KEY", KEY);
  }

  private LocalInstance serve(Harvest harvest) throws IOException {
    LocalInstance run = harvest.run();
    api = harvest.api();
    description = new Description(api.get("/api/openapi.json", "X-API-Key", KEY).text());
    return run;
  }

  private static ConditionFactory eventually() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  /** Makes every call that only reads, for every script, with either form of the key. */
  private void lookAtEverything() {
    for (Call call : description.calls()) {
      if (!call.changesSomething()) {
        int most = call.toString().contains("/fleet/") ? 1 : 2; // there is one instance
        for (int script = 1; script <= most; script++) {
          assertThat(askOf(script, call).status()).as(call.toString()).isEqualTo(200);
        }
        String path = call.queryOf(1);
        Api.Answer answer = send(call, "GET", path, null, "Authorization", "Bearer " + KEY);
        assertThat(answer.status()).as(call.toString()).isEqualTo(200);
      }
    }
  }

  private JsonNode script(int id) {
    return askOf(id, SCRIPT).json().path("data");
  }

  /** Makes a correct call, for the first script if it is about one. */
  private Api.Answer ask(Call call) {
    return askOf(1, call);
  }

  private Api.Answer askOf(int script, Call call) {
    return send(call, call.method(), call.queryOf(script), null, "X-API-Key", KEY);
  }

  private Api.Answer askWithQuery(Call call, String query) {
    return send(call, call.method(), call.pathOf(1) + "?" + query, null, "X-API-Key", KEY);
  }

  private Api.Answer askWithBody(Call call, String type, String body) {
    return send(call, call.method(), call.pathOf(1), body, "X-API-Key", KEY, "Content-Type", type);
  }

  /**
   * Sends a request, and validates the response against the description.
   *
   * @param call the intended call; the request may be wrong
   */
  private Api.Answer send(Call call, String method, String path, String body, String... headers) {
    Api.Answer answer = api.send(method, path, body, headers);
    String type = answer.headers().firstValue("Content-Type").orElse("none");
    description.check(call, answer.status(), type, answer.text());
    return answer;
  }

  /**
   * Over a socket, because HttpClient does not accept a response before it has sent the whole
   * request.
   */
  private int askWithTooLargeABody(Call call, int port) throws IOException {
    String head =
        """
        %s %s HTTP/1.1\r
        Host: 127.0.0.1\r
        X-API-Key: %s\r
        Content-Type: application/json\r
        Content-Length: 70000\r
        Connection: close\r
        \r
        """
            .formatted(call.method(), call.pathOf(1), KEY);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write((head + " ".repeat(70_000)).getBytes(StandardCharsets.UTF_8));
      String[] answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .split("\r\n\r\n", 2);
      int status = Integer.parseInt(answer[0].split(" ")[1]);
      assertThat(answer[0]).contains("Content-Type: application/json");
      description.check(call, status, "application/json", answer[1]);
      return status;
    }
  }
}
