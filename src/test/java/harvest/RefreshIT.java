package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalInstance;

/** A sweep that checks stored documents for changes, for the whole program. */
class RefreshIT {
  private static final String WHEN = "Tue, 01 Oct 2024 10:00:00 GMT";
  private static final byte[] OTHER =
      "%PDF-1.4\nanother judgment\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);

  private static final Fault NOT_MODIFIED =
      (socket, good) -> {
        socket
            .getOutputStream()
            .write("HTTP/1.1 304 Not Modified\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return true;
      };

  @TempDir private Path folder;

  /** Two pages of five documents, which the portal names with their version, except the last. */
  private Harvest harvested() throws Exception {
    Harvest harvest = new Harvest(folder, 10, 5).set("HARVEST_SCRIPTS", "1");
    harvest.set("PORTAL_MAX_ATTEMPTS", "2").set("HARVEST_AUTOSTART", "0");
    harvest.portal.faults(
        path ->
            isDocument(path) && !path.equals("/doc/9.pdf")
                ? Fault.body(
                    "application/pdf",
                    harvest.portal.bytesOf(path),
                    "ETag: \"v1\"",
                    "Last-Modified: " + WHEN)
                : null);
    try (LocalInstance run = harvest.run()) {
      harvest.api().post("/api/scripts/start/1");
      harvest.api().awaitState(1, "completed");
    }
    return harvest;
  }

  private static boolean isDocument(String path) {
    return path.startsWith("/doc/");
  }

  private static void await(Callable<Boolean> something) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(something);
  }

  private static void refresh(Api api) {
    Api.Answer answer = api.post("/api/scripts/1/sweep", "{\"refresh\":true}");
    assertThat(answer.status()).isEqualTo(202);
  }

  private static void refreshWholly(Harvest harvest) throws Exception {
    try (LocalInstance run = harvest.run()) {
      refresh(harvest.api());
      harvest.api().awaitState(1, "completed");
    }
  }

  /** The headers of the last request for a document. */
  private static Map<String, String> lastRequest(Harvest harvest, int document) {
    return harvest.portal.requests().stream()
        .filter(request -> request.path().equals("/doc/" + document + ".pdf"))
        .reduce((before, after) -> after)
        .orElseThrow()
        .headers();
  }

  private static long puts(Harvest harvest) {
    return harvest.store.requests().stream()
        .filter(request -> request.startsWith("PUT") && request.contains("/judgments/"))
        .count();
  }

  @Test
  void aChangedDocumentIsStoredAgainAndNoOtherIsTouched() throws Exception {
    try (Harvest harvest = harvested()) {
      assertThat(harvest.row(1, 1).path("etag").asText()).isEqualTo("\"v1\"");
      assertThat(harvest.row(1, 1).path("last_modified").asText()).isEqualTo(WHEN);
      List<JsonNode> first = harvest.manifest(1);
      List<JsonNode> second = harvest.manifest(2);
      long puts = puts(harvest);
      harvest.portal.faults(path -> isDocument(path) ? NOT_MODIFIED : null);
      harvest.portal.fault("/doc/3.pdf", Fault.body("application/pdf", OTHER, "ETag: W/\"v2\""));
      harvest.portal.fault("/doc/4.pdf", Fault.htmlNamedPdf());
      harvest.portal.fault("/doc/5.pdf", Fault.status(404));
      harvest.portal.fault("/doc/6.pdf", Fault.status(403));
      harvest.portal.fault(
          "/doc/7.pdf",
          Fault.body("application/pdf", Arrays.copyOf(OTHER, OTHER.length - 4), "ETag: \"v2\""));
      harvest.portal.fault(
          "/doc/9.pdf", Fault.body("application/pdf", harvest.portal.bytesOf("/doc/9.pdf")));

      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        refresh(api);
        api.awaitState(1, "completed");

        assertThat(lastRequest(harvest, 1))
            .containsEntry("if-none-match", "\"v1\"")
            .containsEntry("if-modified-since", WHEN);
        assertThat(lastRequest(harvest, 9)).doesNotContainKeys("if-none-match");
        assertThat(puts(harvest) - puts).as("only what changed is put").isEqualTo(1);
        JsonNode script = api.script(1);
        assertThat(script.path("replaced").asInt()).isEqualTo(1);
        assertThat(api.status().path("replaced").asInt()).isEqualTo(1);
        assertThat(script.path("total_files_downloaded").asInt()).isEqualTo(10);
        assertThat(script.path("failed_downloads").asInt()).isZero();
        assertThat(script.path("total_bytes").asLong())
            .isEqualTo(
                IntStream.rangeClosed(1, 10)
                    .mapToLong(
                        i ->
                            i == 3
                                ? OTHER.length
                                : harvest.portal.bytesOf("/doc/" + i + ".pdf").length)
                    .sum());
        assertThat(api.logs(1))
            .anyMatch(line -> line.contains("INFO") && line.contains("replaced: the portal"))
            .anyMatch(line -> line.contains("WARN") && line.contains("stays as it is stored"));
      }
      assertThat(harvest.store.objects("judgments").get("doc/3.pdf")).isEqualTo(OTHER);
      JsonNode changed = harvest.row(1, 3);
      assertThat(changed.path("previous_sha256")).isEqualTo(first.get(2).path("sha256"));
      assertThat(changed.path("size").asInt()).isEqualTo(OTHER.length);
      assertThat(changed.path("etag").asText()).isEqualTo("W/\"v2\"");
      for (int row : new int[] {1, 2, 4, 5}) {
        for (String field : new String[] {"state", "sha256", "etag", "stored_at"}) {
          assertThat(harvest.row(1, row).path(field)).isEqualTo(first.get(row - 1).path(field));
          assertThat(harvest.row(2, row).path(field)).isEqualTo(second.get(row - 1).path(field));
        }
      }
      assertThat(harvest.audit().path("exit").asInt()).isZero();

      harvest.portal.heal();
      harvest.portal.faults(path -> isDocument(path) ? NOT_MODIFIED : null);
      harvest.portal.fault("/doc/9.pdf", Fault.status(404));
      refreshWholly(harvest);
      assertThat(lastRequest(harvest, 3)).containsEntry("if-none-match", "W/\"v2\"");
      assertThat(harvest.row(1, 3).path("previous_sha256")).isEqualTo(first.get(2).path("sha256"));
    }
  }

  @Test
  void aPlainSweepRequestsNothingThatIsStoredAndOnlyABooleanIsAccepted() throws Exception {
    try (Harvest harvest = harvested();
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      for (String wrong : new String[] {"{\"refresh\":\"true\"}", "{\"refresh\":1}", "{\"x\":1}"}) {
        assertThat(api.post("/api/scripts/1/sweep", wrong).status()).as(wrong).isEqualTo(400);
      }
      assertThat(api.state(1)).isEqualTo("completed");
      int lists = harvest.portal.requestsTo("/list/2");
      api.post("/api/scripts/1/sweep", "{\"refresh\":false}");
      await(() -> harvest.portal.requestsTo("/list/2") > lists);
      api.awaitState(1, "completed");
      assertThat(harvest.portal.requestsTo("/doc/1.pdf")).isEqualTo(1);
      assertThat(harvest.row(1, 1).path("etag").asText()).isEqualTo("\"v1\"");
    }
  }

  @Test
  void anInterruptedRefreshContinuesWithTheNextInstance() throws Exception {
    try (Harvest harvest = harvested()) {
      harvest.portal.faults(path -> isDocument(path) ? NOT_MODIFIED : null);
      IntStream.rangeClosed(6, 10)
          .forEach(i -> harvest.portal.fault("/doc/" + i + ".pdf", Fault.hang()));
      try (LocalInstance run = harvest.run()) {
        refresh(harvest.api());
        await(() -> harvest.portal.requestsTo("/doc/6.pdf") > 1);
      }
      harvest.portal.heal();
      harvest.portal.faults(path -> isDocument(path) ? NOT_MODIFIED : null);
      harvest.portal.fault("/doc/9.pdf", Fault.body("application/pdf", OTHER));
      try (LocalInstance again = harvest.run()) { // the script starts again by itself
        await(() -> harvest.api().script(1).path("replaced").asInt() == 1);
        harvest.api().awaitState(1, "completed");
      }
      assertThat(harvest.portal.requestsTo("/doc/1.pdf")).as("done before").isEqualTo(2);
      assertThat(lastRequest(harvest, 6)).containsEntry("if-none-match", "\"v1\"");
      assertThat(harvest.store.objects("judgments").get("doc/9.pdf")).isEqualTo(OTHER);
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }
}
