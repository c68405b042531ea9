package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalCommand;
import testing.LocalInstance;
import testing.Ports;

/** Several instances that know each other. */
class FleetIT {
  @TempDir Path folder;

  private Harvest idle(int documents) throws IOException {
    return new Harvest(folder, documents, 10).set("HARVEST_AUTOSTART", "0");
  }

  @Test
  void fourInstancesTogetherCompleteTheRangeAndKnowEachOther() throws Exception {
    try (Harvest harvest = new Harvest(folder, 160, 5)) {
      harvest.set("HARVEST_INSTANCES", "4").set("HARVEST_SCRIPTS", "8");
      List<Integer> ports = List.of(Ports.free(), Ports.free(), Ports.free(), Ports.free());
      List<LocalInstance> runs = new ArrayList<>();
      try {
        for (int id = 1; id <= 4; id++) {
          runs.add(harvest.run(Peers.settings(id, ports)));
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

        runs.get(3).close();
        JsonNode less = instances.get(0).get("/api/fleet").json().path("data");
        JsonNode gone = less.path("instances").get(3);
        assertThat(gone.path("reachable").asBoolean()).isFalse();
        assertThat(gone.path("instance_id").asInt()).isEqualTo(4);
        assertThat(gone.path("last_seen").isTextual()).isTrue();
        assertThat(gone.path("data").isNull()).isTrue();
        assertThat(less.at("/total/total_files_downloaded").asInt()).isEqualTo(120);
      } finally {
        for (LocalInstance run : runs) {
          run.close();
        }
      }
      LocalCommand audit = harvest.command("audit", "--all");
      assertThat(audit.exitCode()).as(audit.stdout()).isZero();
    }
  }

  @Test
  void anInstanceThatStartsDoesNotCallItsOwnAddressAmongThePeersUnreachable() throws Exception {
    try (Harvest harvest = idle(10)) {
      harvest.set("FLEET_PEERS", "http://127.0.0.1:" + harvest.setting("API_PORT"));
      try (LocalInstance run = harvest.run()) {
        harvest.api().get("/api/fleet"); // all of them have been asked by then
        assertThat(Files.readString(folder.resolve("data/logs/instance.log")))
            .doesNotContain("unreachable");
      }
    }
  }

  @Test
  void aPeerThatHangsOrIsAnotherServerIsShownAsUnreachable() throws Exception {
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
}
