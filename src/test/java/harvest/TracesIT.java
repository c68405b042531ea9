package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalInstance;

/** Spans for a collector of OpenTelemetry, which is a server of this test. */
class TracesIT {
  @TempDir Path folder;

  private final List<JsonNode> received = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile int refused;
  private HttpServer collector;

  @BeforeEach
  void listen() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/v1/traces", this::take);
    collector.start();
  }

  @AfterEach
  void close() {
    collector.stop(0);
  }

  private void take(HttpExchange call) throws IOException {
    JsonNode body = new ObjectMapper().readTree(call.getRequestBody());
    keys.add(String.valueOf(call.getRequestHeaders().getFirst("x-key")));
    if (status == 200) {
      received.add(body);
    } else {
      refused++;
    }
    call.sendResponseHeaders(status, -1);
    call.close();
  }

  private Harvest harvest() throws IOException {
    return new Harvest(folder, 20, 10)
        .set("HARVEST_SCRIPTS", "1")
        .set(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://127.0.0.1:" + collector.getAddress().getPort() + "/")
        .set("OTEL_EXPORTER_OTLP_HEADERS", "x-key=a%20b");
  }

  private List<JsonNode> spans() {
    return received.stream()
        .flatMap(body -> body.findValues("spans").stream())
        .<JsonNode>mapMulti((spans, each) -> spans.forEach(each))
        .toList();
  }

  private List<JsonNode> awaitSpans(int count) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(this::spans, spans -> spans.size() >= count);
  }

  private static Map<String, String> attributes(JsonNode of) {
    Map<String, String> attributes = new TreeMap<>();
    for (JsonNode attribute : of.path("attributes")) {
      JsonNode value = attribute.path("value");
      attributes.put(
          attribute.path("key").asText(),
          value.path("intValue").asText(value.path("stringValue").asText()));
    }
    return attributes;
  }

  @Test
  void aPageIsASpanWithItsFigures() throws Exception {
    try (Harvest harvest = harvest()) {
      harvest.portal.fault("/doc/3.pdf", Fault.status(404));
      harvest.runUntilComplete();
      List<JsonNode> spans = awaitSpans(2);

      JsonNode first = spans.get(0);
      assertThat(attributes(first))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "script",
                  "1",
                  "page",
                  "1",
                  "rows",
                  "10",
                  "stored",
                  "9",
                  "failed",
                  "1",
                  "rejected",
                  "0",
                  "outcome",
                  "complete"));
      assertThat(first.path("name").asText()).isEqualTo("page");
      assertThat(first.path("traceId").asText()).matches("[0-9a-f]{32}");
      assertThat(first.path("spanId").asText()).matches("[0-9a-f]{16}");
      assertThat(first.path("endTimeUnixNano").asLong())
          .isGreaterThan(first.path("startTimeUnixNano").asLong());
      assertThat(first.has("status")).isFalse();
      assertThat(attributes(received.get(0).at("/resourceSpans/0/resource")))
          .containsEntry("service.name", "judgment-harvester")
          .containsEntry("service.instance.id", "1")
          .containsKey("service.version");
      assertThat(keys).containsOnly("a b");
    }
  }

  @Test
  void aPageThatFailsIsAnErrorWithItsMessage() throws Exception {
    try (Harvest harvest = harvest()) {
      harvest.portal.faultFirst("/list/1", 1, Fault.status(500));
      harvest.runUntilComplete();

      assertThat(awaitSpans(3))
          .anySatisfy(
              span -> {
                assertThat(attributes(span))
                    .containsEntry("outcome", "failed")
                    .containsEntry("page", "1");
                assertThat(span.at("/status/code").asInt()).isEqualTo(2);
                assertThat(span.at("/status/message").asText()).contains("500");
              });
    }
  }

  @Test
  void aCollectorThatRefusesGetsTheSpansLaterAndHoldsNothingUp() throws Exception {
    status = 503;
    try (Harvest harvest = harvest();
        LocalInstance run = harvest.run()) {
      harvest.api().awaitState(1, "completed");
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> refused > 0);
      status = 200;
      assertThat(awaitSpans(2)).hasSize(2);
    }
  }
}
