package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.LocalCommand;
import testing.LocalInstance;

/**
 * What callers of the REST API may rely on: keys that are never shown, and responses under load.
 */
class ApiIT {
  private static final String START = "/api/scripts/start";

  @TempDir Path folder;

  private Harvest idle(int documents) throws IOException {
    return new Harvest(folder, documents, 10).set("HARVEST_AUTOSTART", "0");
  }

  @Test
  void theKeyIsRequiredAndNeverShown() throws Exception {
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
        BadCallsIT.assertRefused(api.get(path), 401, path);
        BadCallsIT.assertRefused(api.get(path, "X-API-Key", key + "x"), 401, path);
        BadCallsIT.assertRefused(api.get(path, "Authorization", "Basic " + key), 401, path);
        BadCallsIT.assertRefused(api.get(path + "?X-API-Key=" + key), 401, path);
        assertThat(api.get(path, "X-API-Key", key).status()).isEqualTo(200);
        assertThat(api.get(path, "Authorization", "Bearer " + key).status()).isEqualTo(200);
      }
      BadCallsIT.assertRefused(api.post(START), 401, "start");
      assertThat(api.get("/api/health").status()).isEqualTo(200);
      assertThat(api.get("/api/instance/info", "X-API-Key", key).text()).doesNotContain(key);
      assertThat(harvest.command("status").stdout()).contains("not_started");
      LocalCommand start = harvest.command("start", "1");
      LocalCommand stop = harvest.command("stop", "--all");
      LocalCommand log = harvest.command("logs", "1");
      assertThat(start.stdout()).contains("script 1 is being started");
      assertThat(stop.stdout()).containsAnyOf("stopping", "no script is running");
      assertThat(log.stdout()).contains("script-01: started");
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
  void twoHundredConcurrentClientsAreAnsweredWhileTheHarvestContinues() throws Exception {
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
}
