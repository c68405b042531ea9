package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ledger.Ledger;
import ledger.PageCounts;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalInstance;

/**
 * Many people use an instance at once, while documents fail and succeed: whatever they do and when,
 * nothing is forgotten.
 */
class ManyHandsIT {
  private static final Duration TIME = Duration.ofMillis(Long.getLong("hands.millis", 4000));
  private static final int DOCUMENTS = 60;
  private static final int PAGE_SIZE = 5;
  private static final int PAGES = DOCUMENTS / PAGE_SIZE;
  private static final int SCRIPTS = 4;
  private static final int HANDS = 6;
  private static final int ONE_FAILS_OF = 4;
  private static final String ALL =
      IntStream.rangeClosed(1, DOCUMENTS)
          .mapToObj("\"doc/%d.pdf\""::formatted)
          .collect(Collectors.joining(",", "[", "]"));

  @TempDir private Path folder;

  /** A user who does one thing after another; a call may be refused only for its timing. */
  private record Hand(Api api, Random random) {
    void run(long end) {
      while (System.nanoTime() - end < 0) {
        boolean walks = end - System.nanoTime() > TIME.toNanos() / 2;
        Api.Answer answer = act(walks);
        assertThat(answer.status()).as(answer.text()).isIn(200, 202, 409);
      }
    }

    /**
     * @param walks whether pages may be listed again, which would find what was forgotten before
     */
    private Api.Answer act(boolean walks) {
      int script = 1 + random.nextInt(SCRIPTS);
      int page = 1 + random.nextInt(PAGES);
      int document = (page - 1) * PAGE_SIZE + 1 + random.nextInt(PAGE_SIZE);
      return switch (random.nextInt(walks ? 14 : 12)) {
        case 0, 1 ->
            api.post("/api/scripts/start", "{\"num_scripts\":%d,\"delay\":0}".formatted(script));
        case 2 -> api.post("/api/scripts/start/" + script);
        case 3 -> api.post("/api/scripts/stop/" + script);
        case 4 ->
            random.nextInt(4) == 0 ? api.post("/api/scripts/stop-all") : api.get("/api/fleet");
        case 5, 6, 7 -> api.post("/api/retry-failed");
        case 8 -> api.post("/api/retry-failed", "{\"script\":%d}".formatted(script));
        case 9 -> api.post("/api/accept", "{\"reason\":\"not_pdf\",\"note\":\"it stays so\"}");
        case 12 ->
            api.post(
                "/api/scripts/%d/sweep".formatted(script),
                "{\"refresh\":%b}".formatted(random.nextBoolean()));
        case 13 ->
            api.post(
                "/api/audit/repair",
                "{\"documents\":[{\"id\":\"doc/%d.pdf\",\"pages\":[%d]}],\"pages\":[%d]}"
                    .formatted(document, page, 1 + random.nextInt(PAGES)));
        case 10 ->
            api.send(
                "PUT",
                "/api/governor",
                "{\"rate\":%d,\"concurrency\":%d}"
                    .formatted(random.nextInt(2) * 500, 1 + random.nextInt(16)),
                "Content-Type",
                "application/json");
        default -> api.get("/api/status");
      };
    }
  }

  private static Fault any(Random random, String path) {
    synchronized (random) {
      if (!path.startsWith("/doc/") || random.nextInt(ONE_FAILS_OF) > 0) {
        return null;
      }
      return random.nextBoolean() ? Fault.htmlNamedPdf() : Fault.status(404);
    }
  }

  @Test
  void nothingIsForgottenWhateverManyUsersDoAtOnce() throws Exception {
    long seed = Long.getLong("hands.seed", new Random().nextLong());
    System.out.println("hands.seed " + seed);
    try (Harvest harvest =
        new Harvest(folder, DOCUMENTS, PAGE_SIZE)
            .set("HARVEST_SCRIPTS", String.valueOf(SCRIPTS))
            .set("PORTAL_MAX_ATTEMPTS", "1")
            .set("PORTAL_RETRY_WAIT", "1ms")) {
      Random faults = new Random(seed);
      harvest.portal.faults(path -> any(faults, path));
      JsonNode shown;
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        useAtOnce(api, seed);
        assertNothingWaitsForNobody(api);
        harvest.portal.heal();
        goOn(api);
        shown = api.status();
      }
      assertComplete(harvest, shown);
    }
  }

  private static void useAtOnce(Api api, long seed) {
    long end = System.nanoTime() + TIME.toNanos();
    ExecutorService threads = Executors.newFixedThreadPool(HANDS);
    try {
      List<CompletableFuture<Void>> hands = new ArrayList<>();
      for (int hand = 1; hand <= HANDS; hand++) {
        Hand one = new Hand(api, new Random(seed + hand));
        hands.add(CompletableFuture.runAsync(() -> one.run(end), threads));
      }
      hands.forEach(CompletableFuture::join);
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Documents that were queued again have a script that works on them, or one that was stopped by a
   * user.
   */
  private static void assertNothingWaitsForNobody(Api api) {
    for (JsonNode script : api.status().path("scripts")) {
      if (script.path("status").asText().equals("completed")) {
        assertThat(script.path("retrying_downloads").asInt()).as("%s", script).isZero();
      }
    }
  }

  /** Each script is started once: none may need it twice to find its work. */
  private static void goOn(Api api) {
    api.send(
        "PUT",
        "/api/governor",
        "{\"rate\":0,\"concurrency\":8}",
        "Content-Type",
        "application/json");
    for (int script = 1; script <= SCRIPTS; script++) {
      int id = script;
      Awaitility.await()
          .pollInterval(Duration.ofMillis(20))
          .until(() -> api.post("/api/scripts/start/" + id).status() == 200);
    }
    api.post("/api/retry-failed", "{\"ids\":" + ALL + "}"); // also what was accepted
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> api.status().path("completed_scripts").asInt() == SCRIPTS);
  }

  private void assertComplete(Harvest harvest, JsonNode shown) throws Exception {
    assertThat(shown.path("total_files_downloaded").asInt()).as("%s", shown).isEqualTo(DOCUMENTS);
    assertThat(shown.path("failed_downloads").asInt()).isZero();
    assertThat(shown.path("retrying_downloads").asInt()).isZero();
    assertThat(shown.path("completed_pages").asInt()).isEqualTo(PAGES);
    try (Ledger ledger = Ledger.open(folder.resolve("data/ledger.db"))) {
      assertThat(ledger.pages().tally(1, PAGES))
          .isEqualTo(new PageCounts(PAGES, DOCUMENTS, shown.path("total_bytes").asLong(), 0, 0));
      assertThat(ledger.pages().nextOpen(1)).isGreaterThan(PAGES);
      for (int document = 1; document <= DOCUMENTS; document++) {
        assertThat(ledger.documents().isStored("doc/%d.pdf".formatted(document))).isTrue();
      }
      assertThat(ledger.instance().runningScripts()).isEmpty();
    }
    JsonNode audit = harvest.audit();
    assertThat(audit.path("exit").asInt()).as("%s", audit).isZero();
    assertThat(harvest.spool()).isEmptyDirectory();
  }
}
