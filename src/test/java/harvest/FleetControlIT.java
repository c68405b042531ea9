package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalCommand;
import testing.LocalInstance;
import testing.Ports;

/** One instance starts and stops the scripts of another, with a key that only the servers know. */
class FleetControlIT {
  private static final String START = "/api/fleet/%d/scripts/start";
  private static final String STOP = "/api/fleet/%d/scripts/stop-all";
  private static final String NO_DELAY = "{\"num_scripts\":1,\"delay\":0}";

  @TempDir Path folder;

  private final int port;

  FleetControlIT() throws Exception {
    port = Ports.free();
  }

  /** Two instances with one script each; the first has the second as a peer. */
  private Harvest harvest() throws Exception {
    return new Harvest(folder, 40, 10)
        .set("HARVEST_AUTOSTART", "0")
        .set("HARVEST_INSTANCES", "2")
        .set("FLEET_PEERS", "http://127.0.0.1:" + port);
  }

  private Map<String, String> second(String key) throws Exception {
    return Map.of(
        "HARVEST_INSTANCE_ID",
        "2",
        "HARVEST_DATA_DIR",
        "data-2",
        "API_PORT",
        String.valueOf(port),
        "MANAGEMENT_PORT",
        String.valueOf(Ports.free()),
        "API_KEY",
        key,
        "FLEET_PEERS",
        "");
  }

  @Test
  void scriptsOfAPeerAreStartedAndStopped() throws Exception {
    try (Harvest harvest = harvest().set("FLEET_KEY", "of-the-second")) {
      harvest.portal.faults(path -> path.startsWith("/doc/") ? Fault.hang() : null);
      try (LocalInstance run = harvest.run();
          LocalInstance peer = harvest.run(second("of-the-second"))) {
        Api first = harvest.api();
        Api.at(port);
        Api.Answer started = first.post(START.formatted(2), NO_DELAY);
        assertThat(started.status()).as(started.text()).isEqualTo(200);
        assertThat(started.json().path("scripts").toString()).isEqualTo("[2]");
        assertThat(first.status().path("running_scripts").asInt()).isZero();
        assertThat(first.get("/api/fleet").json().at("/data/total/running_scripts").asInt())
            .isEqualTo(1);

        Api.Answer own = first.post(START.formatted(1), NO_DELAY);
        assertThat(own.json().path("scripts").toString()).isEqualTo("[1]");
        assertThat(first.status().path("running_scripts").asInt()).isEqualTo(1);

        assertThat(first.post(STOP.formatted(2)).status()).isEqualTo(202);
        assertThat(first.post(STOP.formatted(1)).status()).isEqualTo(202);
        first.awaitState(1, "stopped");
      }
    }
  }

  @Test
  void whatAPeerCannotDoIsReportedClearly() throws Exception {
    try (Harvest harvest = harvest().set("FLEET_KEY", "wrong");
        LocalInstance run = harvest.run()) {
      Api first = harvest.api();
      assertRefused(first.post(START.formatted(2), NO_DELAY), 404, "instance \"2\"");
      assertRefused(first.post(START.formatted(3), NO_DELAY), 404, "instance \"3\"");

      try (LocalInstance peer = harvest.run(second("right"))) {
        Api.at(port);
        assertRefused(first.post(START.formatted(2), NO_DELAY), 404, "instance \"2\"");
      }
      try (LocalInstance peer = harvest.run(second("wrong"))) {
        Api.at(port);
        assertRefused(first.post(START.formatted(2), "{\"num_scripts\":0}"), 400, "num_scripts");
        assertRefused(first.post(START.formatted(2), "{\"x\":0}"), 400, "unknown field");
      }
      assertRefused(first.post(STOP.formatted(2)), 502, "does not answer");
      try (LocalInstance peer = harvest.run(second("changed"))) {
        Api.at(port);
        assertRefused(first.post(STOP.formatted(2)), 502, "fleet.key");
      }
    }
  }

  @Test
  void aPeerWithTheReadKeyMayOnlyRead() throws Exception {
    Map<String, String> second = new HashMap<>(second(""));
    second.put("API_READ_KEY", "looks");
    try (Harvest harvest = harvest().set("FLEET_KEY", "looks");
        LocalInstance run = harvest.run();
        LocalInstance peer = harvest.run(second)) {
      Api.at(port);
      Api first = harvest.api();
      assertThat(first.get("/api/fleet").json().at("/data/instances/1/reachable").asBoolean())
          .isTrue();
      assertRefused(first.post(START.formatted(2), NO_DELAY), 502, "api.read-key may only read");

      LocalCommand status = command("looks", "status");
      assertThat(status.exitCode()).as(status.stderr()).isZero();
      LocalCommand start = command("looks", "start", "2");
      assertThat(start.exitCode()).isEqualTo(2);
      assertThat(start.stderr()).contains("answered 403: api.read-key may only read");
      assertThat(command("", "start", "2").stderr()).contains("answered 401");
    }
  }

  private LocalCommand command(String readKey, String... args) {
    return LocalCommand.run(
        folder.resolve("desk"),
        Map.of("API_READ_KEY", readKey, "API_PORT", String.valueOf(port)),
        args);
  }

  private static void assertRefused(Api.Answer answer, int status, String part) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().path("status").asText()).isEqualTo("error");
    assertThat(answer.json().path("message").asText()).contains(part);
  }
}
