package app;

import static org.assertj.core.api.Assertions.assertThat;

import api.Fleet;
import api.Self;
import com.sun.net.httpserver.HttpServer;
import config.Configuration;
import config.ConfigurationLoader;
import config.HarvestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import model.Concurrency;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import portal.http.Governor;
import portal.http.Limits;
import testing.VirtualTicker;

/** Three instances share twelve requests a second. */
class FleetRateTest {
  private final List<HttpServer> others = new ArrayList<>();
  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private volatile Instant now = Instant.parse("2026-11-28T12:00:00Z");
  private volatile double rateOfOthers;
  private Limits limits;
  private FleetRate share;

  @BeforeEach
  void start() throws IOException {
    StringBuilder peers = new StringBuilder();
    for (int id = 2; id <= 3; id++) {
      peers.append(id == 2 ? "" : ",").append("http://127.0.0.1:").append(instance(id));
    }
    Configuration configuration =
        ConfigurationLoader.in(
                Path.of("no-such-folder"),
                Map.of(
                    "FLEET_PEERS",
                    peers.toString(),
                    "PORTAL_FLEET_RATE",
                    "12",
                    "PORTAL_URL",
                    "http://127.0.0.1:9/{page}"),
                PortalTypes.KNOWN.all())
            .load();
    Self self = new Self(1, new HarvestIdentity(Map.of(), Map.of(), Set.of()));
    limits =
        new Governor(
                configuration.portal().politeness().rate(),
                new Concurrency(8),
                () -> 1,
                new VirtualTicker(),
                () -> now,
                (party, hold) -> {})
            .limits();
    share =
        new FleetRate(
            configuration, new Fleet(configuration.api(), self, () -> now), limits, () -> now);
  }

  private int instance(int id) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/status",
        call -> {
          byte[] status =
              """
              {"status":"success","data":{"instance_id":%d,"governor":{"rate":%s,"concurrency":8}}}"""
                  .formatted(id, rateOfOthers)
                  .getBytes(StandardCharsets.UTF_8);
          call.sendResponseHeaders(200, status.length);
          try (call) {
            call.getResponseBody().write(status);
          }
        });
    server.start();
    others.add(server);
    return server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    executor.shutdownNow();
    others.forEach(server -> server.stop(0));
  }

  private void awaitRate(double least, double most) {
    Awaitility.await()
        .untilAsserted(() -> assertThat(limits.state().rate()).isBetween(least, most));
  }

  @Test
  void takesAnEqualShareIfTheOthersTakeNoMore() {
    rateOfOthers = 4;
    share.follow(executor);
    awaitRate(4, 4);
  }

  @Test
  void takesWhatTheOthersLeaveUntilTheyHaveSeenIt() {
    rateOfOthers = 6;
    share.follow(executor);
    awaitRate(0.001, 0.1);
    rateOfOthers = 5;
    awaitRate(2, 2);
    rateOfOthers = 4;
    awaitRate(4, 4);
  }

  @Test
  void takesItsShareEvenIfTheOthersNeverLeaveIt() {
    rateOfOthers = 6;
    share.follow(executor);
    awaitRate(0.001, 0.1);
    now = now.plus(Duration.ofMinutes(1));
    awaitRate(4, 4);
  }

  @Test
  void takesWhatTheOthersLeaveAfterItWasHaltedForSoLongThatTheyDividedItsShare() {
    rateOfOthers = 4;
    share.poll(executor);
    awaitRate(4, 4);
    now = now.plus(Duration.ofMinutes(5));
    rateOfOthers = 6;
    share.poll(executor);
    awaitRate(0.001, 0.1);
    rateOfOthers = 4;
    awaitRate(4, 4);
  }

  @Test
  void assumesThatPeersThatHaveNotAnsweredYetTakeTheirShare() {
    others.forEach(server -> server.stop(0));
    share.follow(executor);
    awaitRate(4, 4);
  }
}
