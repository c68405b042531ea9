package api;

import static org.assertj.core.api.Assertions.assertThat;

import app.PortalTypes;
import com.sun.net.httpserver.HttpServer;
import config.ApiSettings;
import config.ConfigurationLoader;
import config.HarvestIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import testing.Ports;

class FleetTest {
  private static final String STATUS =
      "{\"status\":\"success\",\"data\":{\"instance_id\":2,\"total_pages\":7,\"new_field\":[1]}}";

  private static final Self SELF =
      new Self(1, new HarvestIdentity(Map.of("harvest.page-size", "10"), Map.of(), Set.of()));

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong sent = new AtomicLong();
  private HttpServer peer;

  @BeforeEach
  void start() throws IOException {
    peer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    peer.setExecutor(threads);
    peer.start();
  }

  @AfterEach
  void stop() {
    peer.stop(0);
    threads.shutdownNow();
  }

  private Fleet fleet(String path) {
    return fleetOf("http://127.0.0.1:" + peer.getAddress().getPort() + path);
  }

  private static Fleet fleetOf(String... peers) {
    ApiSettings api =
        ConfigurationLoader.in(
                Path.of("no-such-folder"),
                Map.of("FLEET_PEERS", String.join(",", peers), "FLEET_KEY", "k"),
                PortalTypes.KNOWN.all())
            .load()
            .api();
    return new Fleet(api, SELF, InstantSource.system());
  }

  private void answer(String path, int status, String body) {
    peer.createContext(
        path,
        call -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          call.sendResponseHeaders(status, bytes.length);
          try (call) {
            call.getResponseBody().write(bytes);
          }
        });
  }

  @Test
  void aPeerIsReadEvenIfItsVersionHasMoreOrFewerFields() {
    answer("/api/status", 200, STATUS);
    Fleet fleet = fleet("");
    Awaitility.await().until(() -> fleet.ask().get(0).problem() == null); // a slow first request
    Peer asked = fleet.ask().get(0);
    assertThat(asked.instanceId()).isEqualTo(2);
    assertThat(asked.data().totalPages()).isEqualTo(7);
    assertThat(asked.data().totalBytes()).isNull();
    assertThat(asked.problem()).isNull();
  }

  @Test
  void anEndlessResponseIsReadUpToALimitAndThePeerIsUnreachable() {
    peer.createContext(
        "/api/status",
        call -> {
          call.sendResponseHeaders(200, 0);
          byte[] block = new byte[64 * 1024];
          try (call;
              OutputStream body = call.getResponseBody()) {
            while (true) {
              body.write(block);
              sent.addAndGet(block.length);
            }
          }
        });
    Peer asked = fleet("").ask().get(0);
    assertThat(asked.data()).isNull();
    assertThat(asked.problem()).isEqualTo("an answer of more than 4 MiB");
    assertThat(sent.get()).isLessThan(64 << 20); // the rest is what buffers hold
  }

  @Test
  void whyAPeerIsUnreachableIsKnown() throws IOException {
    answer("/refusing/api/status", 401, "{\"status\":\"error\",\"message\":\"a key\"}");
    answer("/other/api/status", 200, "<html>");
    answer("/named/api/status", 421, "{\"message\":\"see api.allowed-hosts\"}");
    assertThat(fleet("/refusing").ask().get(0).problem()).contains("fleet.key");
    assertThat(fleet("/other").ask().get(0).problem()).contains("is not an instance");
    assertThat(fleet("/named").ask().get(0).problem())
        .isEqualTo("it answers 421: see api.allowed-hosts");
    Fleet nobody = fleetOf("http://127.0.0.1:" + Ports.free());
    assertThat(nobody.ask().get(0).problem()).isNotBlank();
  }

  private static String status(int instance, String run, int pageSize) {
    return ("{\"status\":\"success\",\"data\":{\"instance_id\":%d,\"run_id\":\"%s\","
            + "\"harvest\":{\"harvest.page-size\":%d}}}")
        .formatted(instance, run, pageSize);
  }

  @Test
  void peersThatCannotWorkTogetherAreReported() {
    answer("/twin/api/status", 200, status(1, "a", 10));
    answer("/self/api/status", 200, status(1, SELF.runId(), 10));
    answer("/other/api/status", 200, status(2, "b", 20));
    answer("/good/api/status", 200, status(2, "c", 10));
    answer("/old/api/status", 200, STATUS);

    assertThat(fleet("/twin").conflicts())
        .singleElement()
        .asString()
        .endsWith("/twin: harvest.instance-id 1 is used twice; every instance needs its own");
    assertThat(fleet("/other").conflicts())
        .singleElement()
        .asString()
        .endsWith("it works on another harvest: harvest.page-size is 20 there, 10 here");
    assertThat(fleet("/self").conflicts()).isEmpty();
    assertThat(fleet("/good").conflicts()).isEmpty();
    assertThat(fleet("/old").conflicts()).isEmpty();
  }

  @Test
  void twoPeersWithTheSameNumberAreReported() {
    answer("/two/api/status", 200, status(2, "a", 10));
    answer("/too/api/status", 200, status(2, "b", 10));
    String base = "http://127.0.0.1:" + peer.getAddress().getPort();
    Fleet both = fleetOf(base + "/two", base + "/too");

    assertThat(both.conflicts()).hasSize(2).allMatch(line -> line.contains("instance-id 2"));
  }
}
