package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import demo.ecourts.EcourtsPortal;
import demo.ecourts.PortalMoods;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalInstance;
import testing.Ports;

/** What the API says about one document, for the whole program. */
class DocumentsIT {
  @TempDir private Path folder;

  private static JsonNode documents(Api api, String name, String text) {
    String query = name + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    Api.Answer answer = api.get("/api/documents?" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("documents");
  }

  private static JsonNode the(Api api, String name, String text) {
    JsonNode found = documents(api, name, text);
    assertThat(found).as(name + " " + text).hasSize(1);
    return found.get(0);
  }

  private static List<String> tries(JsonNode document) {
    List<String> tries = new ArrayList<>();
    document
        .path("tries")
        .forEach(one -> tries.add(one.path("reason").asText() + " " + one.path("http_status")));
    return tries;
  }

  @Test
  void aDocumentIsFoundWithEveryAttemptUnderAnySpellingOfItsAddress() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10).set("HARVEST_SCRIPTS", "1")) {
      harvest.set("PORTAL_MAX_ATTEMPTS", "2").set("S3_PREFIX", "judgments/");
      harvest.set("PORTAL_DROP_PARAMETERS", "sid");
      harvest.portal.page(
          2, "/doc/11.pdf?no=1&sid=abc", "http://127.0.0.9:1/x.pdf", "/doc/13.pdf", "/doc/13.pdf");
      harvest.portal.faultFirst("/doc/3.pdf", 1, Fault.status(503));
      harvest.portal.fault("/doc/7.pdf", Fault.status(403));
      harvest.portal.total(14);
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "completed");
        JsonNode third = the(api, "id", "doc/3.pdf");
        assertThat(third.path("state").asText()).isEqualTo("stored");
        assertThat(third.path("instance_id").asInt()).isEqualTo(1);
        assertThat(third.path("script_id").asInt()).isEqualTo(1);
        assertThat(third.path("page").asInt()).isEqualTo(1);
        assertThat(third.path("row").asInt()).isEqualTo(3);
        assertThat(third.path("url").asText()).isEqualTo(harvest.portal.url() + "/doc/3.pdf");
        assertThat(third.path("key").asText()).isEqualTo("judgments/doc/3.pdf");
        assertThat(third.path("sha256")).isEqualTo(harvest.row(1, 3).path("sha256"));
        assertThat(third.path("size")).isEqualTo(harvest.row(1, 3).path("size"));
        assertThat(third.path("stored_at")).isEqualTo(harvest.row(1, 3).path("stored_at"));
        assertThat(third.path("reason").isNull()).isTrue();
        assertThat(tries(third)).containsExactly("http_503 503", "null null");
        assertThat(third.at("/tries/1/at")).isEqualTo(third.path("stored_at"));
        assertThat(tries(the(api, "id", "doc/4.pdf"))).containsExactly("null null");

        String host = harvest.portal.url().substring("http://".length());
        for (String spelled :
            List.of(
                "http://" + host + "/doc/3.pdf",
                " HTTP:\\\\" + host + "\\doc\\.\\x\\%2e%2e\\3.pdf#page=2 ",
                "http://user:word@" + host + "/doc/3.p\ndf")) {
          assertThat(the(api, "url", spelled)).as(spelled).isEqualTo(third);
        }
        assertThat(the(api, "id", "judgments/doc/3.pdf")).as("its key").isEqualTo(third);
        String other = "http://" + host + "/doc/11.pdf?sid=zzz&no=1";
        assertThat(the(api, "url", other).path("id").asText()).isEqualTo("doc/11.pdf%3Fno=1");

        JsonNode failed = the(api, "url", harvest.portal.url() + "/doc/7.pdf");
        assertThat(failed.path("state").asText()).isEqualTo("failed");
        assertThat(failed.path("reason").asText()).isEqualTo("http_403");
        assertThat(tries(failed)).containsExactly("http_403 403", "http_403 403");
        assertThat(failed.path("sha256").isNull() && failed.path("stored_at").isNull()).isTrue();
        JsonNode foreign = the(api, "url", "http://127.0.0.9:1/x.pdf");
        assertThat(foreign.path("state").asText()).isEqualTo("rejected");
        assertThat(foreign.path("reason").asText()).isEqualTo("foreign_host");
        assertThat(foreign.path("key").isNull()).isTrue();
        assertThat(foreign.path("tries")).isEmpty();
        assertThat(the(api, "id", "doc/13.pdf").path("row").asInt()).isEqualTo(3);

        harvest.portal.heal();
        api.post("/api/retry-failed", "{\"ids\":[\"doc/7.pdf\"]}");
        api.awaitState(1, "completed");
        Awaitility.await()
            .until(() -> the(api, "id", "doc/7.pdf").path("state").asText().equals("stored"));
        assertThat(tries(the(api, "id", "doc/7.pdf"))).hasSize(3).endsWith("null null");
      }
    }
  }

  @Test
  void anUnknownDocumentIsAnEmptyListAndAWrongCallIsReportedInOneLine() throws Exception {
    try (Harvest harvest = new Harvest(folder, 10, 10).set("HARVEST_SCRIPTS", "1")) {
      harvest.set("API_KEY", "k").set("API_READ_KEY", "r");
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        for (String query : List.of("id=no.pdf", "cnr=XXXX010000002020", "url=http://a.example/")) {
          Api.Answer answer = api.get("/api/documents?" + query, "X-API-Key", "r");
          assertThat(answer.status()).as(query).isEqualTo(200);
          assertThat(answer.json().path("documents").isArray()).isTrue();
          assertThat(answer.json().path("documents")).isEmpty();
        }
        for (String query :
            List.of("", "id=", "id=a&cnr=b", "no=1", "cnr=%20", "url=x", "url=ftp://a/b")) {
          Api.Answer answer = api.get("/api/documents?" + query, "X-API-Key", "r");
          assertThat(answer.status()).as(query).isEqualTo(400);
          assertThat(answer.json().path("message").asText())
              .contains(
                  query.startsWith("url") ? "http or https" : "exactly one of id, cnr and url");
        }
        assertThat(api.get("/api/documents?id=a").status()).isEqualTo(401);
      }
    }
  }

  @Test
  void aDocumentOfAPageInProgressIsFoundBeforeItsManifestExists() throws Exception {
    try (Harvest harvest = new Harvest(folder, 10, 10).set("HARVEST_SCRIPTS", "1")) {
      harvest.portal.fault("/doc/3.pdf", Fault.status(500));
      harvest.portal.fault("/doc/5.pdf", Fault.hang());
      harvest.set("PORTAL_RETRY_WAIT", "100ms").set("PORTAL_MAX_ATTEMPTS", "9");
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        Awaitility.await().until(() -> harvest.portal.requestsTo("/doc/5.pdf") > 0);
        JsonNode hangs = the(api, "id", "doc/5.pdf");
        assertThat(hangs.path("state").asText()).isEqualTo("queued");
        assertThat(hangs.path("row").asInt()).isEqualTo(5);
        assertThat(hangs.path("title").isTextual()).isTrue();
        assertThat(hangs.path("tries")).isEmpty();
        JsonNode script = api.script(1);
        assertThat(script.path("current_page_rows").asInt()).isEqualTo(10);
        Awaitility.await().until(() -> api.script(1).path("current_page_done").asInt() == 8);
        api.post("/api/scripts/stop/1");
        api.awaitState(1, "stopped");
        assertThat(the(api, "url", harvest.portal.url() + "/doc/1.pdf").path("row").asInt())
            .as("a page that was left")
            .isEqualTo(1);
      }
    }
  }

  @Test
  void aCnrFindsItsDocumentsOnAnyInstanceEvenAfterARebuild() throws Exception {
    int port = Ports.free();
    Map<String, String> second = new HashMap<>();
    second.put("HARVEST_INSTANCE_ID", "2");
    second.put("HARVEST_DATA_DIR", "data-2");
    second.put("API_PORT", String.valueOf(port));
    second.put("MANAGEMENT_PORT", String.valueOf(Ports.free()));
    try (EcourtsPortal portal = new EcourtsPortal(40, PortalMoods.good().withPlainRows());
        Harvest harvest = new Harvest(folder, 40, 10)) {
      harvest.set("PORTAL_TYPE", "ecourts").set("PORTAL_URL", portal.address().toString());
      harvest.set("HARVEST_INSTANCES", "2").set("HARVEST_SCRIPTS", "2");
      String own = "http://127.0.0.1:" + harvest.setting("API_PORT");
      harvest.set("FLEET_PEERS", own + ",http://127.0.0.1:" + port);
      try (LocalInstance run = harvest.run();
          LocalInstance peer = harvest.run(second)) {
        Api api = harvest.api();
        Api other = Api.at(port);
        api.awaitState(1, "completed");
        other.awaitState(2, "completed");
        JsonNode listed = harvest.row(4, 2);
        String cnr = listed.path("cnr").asText();
        JsonNode found = the(api, "cnr", cnr.toLowerCase(Locale.ROOT));
        assertThat(found.path("instance_id").asInt()).isEqualTo(2);
        assertThat(found.path("script_id").asInt()).isEqualTo(2);
        assertThat(found.path("page").asInt()).isEqualTo(4);
        assertThat(found.path("row").asInt()).isEqualTo(2);
        for (String field : List.of("id", "cnr", "url", "title", "key", "sha256")) {
          assertThat(found.path(field)).as(field).isEqualTo(listed.path(field));
        }
        String hyphens = cnr.substring(0, 6) + "-" + cnr.substring(6, 12) + "-" + cnr.substring(12);
        assertThat(the(api, "cnr", hyphens)).isEqualTo(found);
        assertThat(the(api, "url", listed.path("url").asText())).isEqualTo(found);
        assertThat(the(other, "cnr", cnr)).as("asked at the other").isEqualTo(found);
        assertThat(api.get("/api/documents?fleet=false&cnr=" + cnr).json().path("documents"))
            .isEmpty();

        harvest.store.refuse(request -> 503);
        assertThat(the(api, "id", found.path("id").asText()).path("title").isNull()).isTrue();
        String first = harvest.row(1, 1).path("cnr").asText();
        assertThat(api.get("/api/documents?cnr=" + first).status()).isEqualTo(503);
        harvest.store.heal();
      }
      Files.move(folder.resolve("data"), folder.resolve("lost"));
      assertThat(harvest.command("rebuild").exitCode()).isZero();
      try (LocalInstance run = harvest.run()) {
        JsonNode listed = harvest.row(1, 1);
        JsonNode found = the(harvest.api(), "cnr", listed.path("cnr").asText());
        assertThat(found.path("stored_at")).isEqualTo(listed.path("stored_at"));
      }
    }
  }
}
