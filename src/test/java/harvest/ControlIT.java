package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.Launcher;
import testing.LocalInstance;

/** Starting, stopping and recovering scripts, over HTTP, with the real pipeline behind it. */
class ControlIT {
  @TempDir Path folder;

  private static Harvest idle(Harvest harvest, int scripts) {
    return harvest.set("HARVEST_SCRIPTS", String.valueOf(scripts)).set("HARVEST_AUTOSTART", "0");
  }

  @Test
  void scriptsStartOneAfterAnotherWithTheDelayBetweenThem() throws Exception {
    try (Harvest harvest = idle(new Harvest(folder, 120, 10), 6)) {
      harvest.portal.faults(path -> path.startsWith("/doc/") ? Fault.hang() : null);
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        Api.Answer answer = api.post("/api/scripts/start", "{\"num_scripts\":5,\"delay\":0.7}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("num_scripts").asInt()).isEqualTo(5);
        assertThat(answer.json().path("delay").asDouble()).isEqualTo(0.7);
        assertThat(answer.json().path("scripts").toString()).isEqualTo("[1,2,3,4,5]");
        assertThat(api.state(5)).isEqualTo("starting");
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> !api.script(5).path("start_time").isNull());
        List<Instant> starts = new ArrayList<>();
        for (int id = 1; id <= 5; id++) {
          starts.add(Instant.parse(api.script(id).path("start_time").asText()));
        }
        for (int i = 1; i < starts.size(); i++) {
          assertThat(Duration.between(starts.get(0), starts.get(i)))
              .isGreaterThan(Duration.ofMillis(700L * i - 100));
        }
        assertThat(api.state(6)).isEqualTo("not_started");
        assertThat(api.status().path("running_scripts").asInt()).isEqualTo(5);

        Api.Answer last = api.post("/api/scripts/start", "{\"num_scripts\":3,\"delay\":0.7}");
        assertThat(last.json().path("scripts").toString()).isEqualTo("[6]");
        assertThat(last.json().path("message").asText()).isEqualTo("starting 1 script");
      }
    }
  }

  @Test
  void stopAllAlsoCancelsPendingStarts() throws Exception {
    try (Harvest harvest = idle(new Harvest(folder, 60, 10), 3)) {
      harvest.portal.fault("/doc/1.pdf", Fault.hang());
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.post("/api/scripts/start", "{\"num_scripts\":3,\"delay\":3600}");
        api.awaitState(1, "running");
        assertThat(api.state(2)).isEqualTo("starting");
        assertThat(api.post("/api/scripts/start/2").json().path("message").asText())
            .isEqualTo("script 2 waits for its turn to start already");

        assertThat(api.post("/api/scripts/stop-all").status()).isEqualTo(202);

        assertThat(api.state(2)).isEqualTo("not_started");
        assertThat(api.state(3)).isEqualTo("not_started");
        api.awaitState(1, "stopped");
        assertThat(api.status().path("running_scripts").asInt()).isZero();
      }
    }
  }

  @Test
  void aRequestThatChangesNothingIsAnsweredAsSuch() throws Exception {
    try (Harvest harvest = idle(new Harvest(folder, 40, 10), 2)) {
      harvest.portal.fault("/doc/1.pdf", Fault.hang());
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        assertThat(api.post("/api/scripts/stop/1").json().path("message").asText())
            .contains("not running");
        api.post("/api/scripts/start/1");
        api.awaitState(1, "running");
        Api.Answer again = api.post("/api/scripts/start/1");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("message").asText()).contains("running already");
        api.post("/api/scripts/start/2");
        api.awaitState(2, "completed");
        Api.Answer completed = api.post("/api/scripts/start/2");
        assertThat(completed.status()).isEqualTo(200);
        assertThat(completed.json().path("message").asText()).contains("completed");
        assertThat(api.post("/api/scripts/start").json().path("scripts")).isEmpty();

        assertThat(api.post("/api/scripts/stop/1").status()).isEqualTo(202);
        assertThat(api.state(1)).isEqualTo("stopping");
        assertThat(api.post("/api/scripts/start/1").status()).isEqualTo(409);
        assertThat(api.post("/api/scripts/stop/1").status()).isEqualTo(202);
        api.awaitState(1, "stopped");
        assertThat(api.post("/api/scripts/start/3").status()).isEqualTo(404);
      }
    }
  }

  @Test
  void aStopWaitsForNoDownloadAndTheScriptLaterContinuesWhereItWas() throws Exception {
    try (Harvest harvest = idle(new Harvest(folder, 40, 10), 1)) {
      harvest.portal.fault("/doc/15.pdf", Fault.hang());
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.post("/api/scripts/start/1");
        Awaitility.await().until(() -> harvest.store.count("judgments") == 19);

        assertThat(api.post("/api/scripts/stop/1").status()).isEqualTo(202);
        api.awaitState(1, "stopped");
        assertThat(api.script(1).path("current_page").asInt()).isEqualTo(2);
        assertThat(api.script(1).path("total_files_downloaded").asInt()).isEqualTo(19);

        harvest.portal.heal();
        api.post("/api/scripts/start/1");
        api.awaitState(1, "completed");
        for (int number = 1; number <= 40; number++) {
          assertThat(harvest.portal.requestsTo("/doc/" + number + ".pdf"))
              .isEqualTo(number == 15 ? 2 : 1);
        }
        assertThat(harvest.portal.requestsTo("/list/1")).isEqualTo(1);
      }
    }
  }

  @Test
  void aStoreThatHangsKeepsNeitherScriptsFromStoppingNorTheInstanceFromEnding() throws Exception {
    try (Harvest harvest = idle(new Harvest(folder, 40, 10), 2)) {
      try (Launcher run = harvest.process()) {
        Api api = harvest.api();
        harvest.store.hang(request -> request.startsWith("PUT"));
        api.post("/api/scripts/start", "{\"num_scripts\":2,\"delay\":0}");
        Awaitility.await().until(() -> harvest.portal.requestsTo("/doc/1.pdf") == 1);
        api.post("/api/scripts/stop/1");
        api.awaitState(1, "stopped");
        assertThat(api.state(2)).isEqualTo("running");

        run.terminate();
        assertThat(run.exitCode()).isZero();
      }
      harvest.store.heal();
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(2, "completed");
        assertThat(api.state(1)).isNotEqualTo("completed");
        assertThat(harvest.spool()).isEmptyDirectory();
      }
    }
  }

  @Test
  void aStoreThatHangsAtTheStartDoesNotHoldUpTheApiAndTheScriptsWaitForIt() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      harvest.store.hang(request -> true);
      try (Launcher run = harvest.process()) {
        Api api = harvest.api();
        api.awaitState(1, "waiting");
        assertThat(api.script(1).path("waiting_reason").asText()).isEqualTo("store");
        api.post("/api/scripts/stop-all");
        api.awaitState(1, "stopped");
        run.terminate();
        assertThat(run.exitCode()).isZero();
      }
    }
  }

  @Test
  void anInstanceThatIsStoppedWhileItStartsEndsLikeAnyOther() throws Exception {
    try (Harvest harvest = new Harvest(folder, 40, 10);
        Launcher run = harvest.process()) {
      Awaitility.await().until(() -> Files.exists(folder.resolve("data/logs/instance.log")));
      run.terminate();
      assertThat(run.exitCode()).isZero();
      assertThat(run.stderr()).isEmpty();
    }
  }

  @Test
  void afterARestartRunningScriptsContinueAndStoppedOnesStayStopped() throws Exception {
    try (Harvest harvest = idle(new Harvest(folder, 60, 10), 3)) {
      harvest.portal.faults(path -> path.matches("/doc/(5|25|45)\\.pdf") ? Fault.hang() : null);
      JsonNode before;
      try (Launcher run = harvest.process()) {
        Api api = harvest.api();
        api.post("/api/scripts/start", "{\"num_scripts\":3,\"delay\":0}");
        Awaitility.await().until(() -> harvest.store.count("judgments") == 27);
        api.post("/api/scripts/stop/2");
        api.awaitState(2, "stopped");
        before = api.status();
        run.kill();
      }
      harvest.portal.heal();
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        assertThat(api.status().path("total_files_downloaded").asInt())
            .isGreaterThanOrEqualTo(before.path("total_files_downloaded").asInt());
        api.awaitState(1, "completed");
        api.awaitState(3, "completed");
        assertThat(api.state(2)).isEqualTo("stopped");
        api.post("/api/scripts/start/2");
        api.awaitState(2, "completed");
        assertThat(api.status().path("total_files_downloaded").asInt()).isEqualTo(60);
        assertThat(api.status().path("success_rate").asDouble()).isEqualTo(100);
      }
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void oneScriptInTroubleDoesNotHoldUpTheOthers() throws Exception {
    try (Harvest harvest = new Harvest(folder, 400, 20)) {
      harvest.set("PORTAL_CONCURRENCY", "4").set("HARVEST_SCRIPTS", "2");
      // every document of script 2 hangs for the whole test
      harvest.portal.faults(
          path -> path.startsWith("/doc/") && number(path) > 200 ? Fault.hang() : null);
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "completed");
        assertThat(api.script(1).path("total_files_downloaded").asInt()).isEqualTo(200);
        assertThat(api.script(2).path("failed_downloads").asInt()).isZero();
        assertThat(api.state(2)).isIn("running", "waiting");
      }
    }
  }

  private static int number(String path) {
    return Integer.parseInt(path.replaceAll("\\D", ""));
  }

  @Test
  void aScriptWaitsForAPortalOrAStoreThatIsDownAndSaysSo() throws Exception {
    try (Harvest harvest = idle(new Harvest(folder, 40, 10), 2)) {
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        harvest.portal.fault("/list/1", Fault.status(503));
        harvest.store.refuse(request -> request.startsWith("PUT") ? 503 : 0);
        api.post("/api/scripts/start", "{\"delay\":0}");
        api.awaitState(1, "waiting");
        api.awaitState(2, "waiting");

        JsonNode first = api.script(1);
        assertThat(first.path("waiting_reason").asText()).isEqualTo("portal");
        assertThat(first.path("is_running").asBoolean()).isTrue();
        assertThat(first.path("last_error").asText()).contains("/list/1 answered 503");
        assertThat(api.script(2).path("waiting_reason").asText()).isEqualTo("store");
        JsonNode status = api.status();
        assertThat(status.path("waiting_scripts").asInt()).isEqualTo(2);
        assertThat(status.path("errors").path("s3_upload").asInt()).isPositive();
        assertThat(status.path("errors").path("http").asInt()).isPositive();
        assertThat(status.path("failed_downloads").asInt()).isZero();

        harvest.portal.heal();
        harvest.store.heal();
        api.awaitState(1, "completed");
        api.awaitState(2, "completed");
        assertThat(api.script(1).path("last_error").isNull()).isTrue();
        assertThat(api.script(1).path("waiting_reason").isNull()).isTrue();
        assertThat(api.status().path("errors").path("s3_upload").asInt()).isPositive();
      }
    }
  }

  @Test
  void aSweepListsEveryPageAgainAndFetchesOnlyWhatIsNew() throws Exception {
    try (Harvest harvest = new Harvest(folder, 40, 10)) {
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "completed");
        api.awaitState(2, "completed");
        // two documents on a page of the first script have been replaced, and the list has grown
        harvest.portal.page(
            2,
            IntStream.rangeClosed(11, 20)
                .mapToObj(i -> i <= 12 ? "/doc/new" + i + ".pdf" : "/doc/" + i + ".pdf")
                .toArray(String[]::new));
        harvest.portal.page(5, "/doc/41.pdf", "/doc/42.pdf");
        harvest.portal.total(42);

        assertThat(api.post("/api/scripts/1/sweep").status()).isEqualTo(202);
        assertThat(api.post("/api/scripts/2/sweep").status()).isEqualTo(202);
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> api.state(1).equals("completed") && api.state(2).equals("completed"));

        assertThat(harvest.store.objects("judgments"))
            .hasSize(44)
            .containsKeys("doc/new11.pdf", "doc/new12.pdf", "doc/41.pdf", "doc/42.pdf");
        for (int page = 1; page <= 4; page++) {
          assertThat(harvest.portal.requestsTo("/list/" + page)).isEqualTo(2);
        }
        assertThat(harvest.portal.requestsTo("/doc/1.pdf")).isEqualTo(1);
        assertThat(harvest.manifest(2).get(0).path("id").asText()).isEqualTo("doc/new11.pdf");
        assertThat(harvest.manifest(5)).hasSize(2);
        JsonNode last = api.script(2);
        assertThat(last.path("end_page").asInt()).isEqualTo(5);
        assertThat(last.path("completed_pages").asInt()).isEqualTo(3);
        assertThat(api.post("/api/scripts/9/sweep").status()).isEqualTo(404);
      }
    }
  }

  @Test
  void failedDocumentsQueuedForAStoppedScriptWaitForItsStart() throws Exception {
    try (Harvest harvest = new Harvest(folder, 40, 10)) {
      harvest.set("PORTAL_MAX_ATTEMPTS", "1");
      harvest.portal.fault("/doc/3.pdf", Fault.status(500));
      harvest.portal.fault("/doc/23.pdf", Fault.status(500));
      harvest.portal.fault("/doc/35.pdf", Fault.hang());
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "completed");
        Awaitility.await().until(() -> harvest.portal.requestsTo("/doc/35.pdf") == 1);
        api.post("/api/scripts/stop/2");
        api.awaitState(2, "stopped");
        harvest.portal.heal();

        Api.Answer retry = api.post("/api/retry-failed");
        assertThat(retry.status()).isEqualTo(202);
        assertThat(retry.json().path("queued").asInt()).isEqualTo(2);
        Awaitility.await().until(() -> harvest.portal.requestsTo("/doc/3.pdf") == 2);
        api.awaitState(1, "completed");
        assertThat(api.state(2)).isEqualTo("stopped");
        assertThat(harvest.portal.requestsTo("/doc/23.pdf")).isEqualTo(1);
        api.post("/api/scripts/start/2");
        api.awaitState(2, "completed");
        assertThat(harvest.portal.requestsTo("/doc/23.pdf")).isEqualTo(2);
        assertThat(api.status().path("failed_downloads").asInt()).isZero();
      }
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }
}
