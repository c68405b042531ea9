package app;

import static org.assertj.core.api.Assertions.assertThat;

import audit.Audit;
import audit.AuditOptions;
import audit.AuditReport;
import audit.Scope;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import config.Configuration;
import config.ConfigurationLoader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import portal.CursorType;
import portal.PortalType;
import store.Store;
import testing.FaultyStore;
import testing.Ports;

/** A portal type that the program does not know: one class and one line are enough. */
class ThirdPortalIT {
  private static final int DOCUMENTS = 57;
  private static final PortalTypes TYPES =
      new PortalTypes(
          Stream.<PortalType>concat(PortalTypes.KNOWN.all().stream(), Stream.of(new CursorType()))
              .toList());

  @TempDir private Path folder;
  private HttpServer portal;
  private FaultyStore store;

  @BeforeEach
  void open() throws IOException {
    portal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    portal.createContext("/", ThirdPortalIT::answer);
    portal.start();
    store = new FaultyStore(folder.resolve("store"));
    FaultyStore.feedCredentialsChain();
  }

  @AfterEach
  void close() throws IOException {
    portal.stop(0);
    store.close();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body =
          path.equals("/api/judgments")
              ? page(exchange.getRequestURI().getQuery())
              : ("%PDF-1.4\n" + path + "\n%%EOF\n").getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(path.equals("/robots.txt") ? 404 : 200, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  /** Cursors are not numbers, so that a client cannot guess them. */
  private static byte[] page(String query) {
    int limit = Integer.parseInt(query.replaceAll(".*limit=(\\d+).*", "$1"));
    String cursor = query.replaceAll(".*cursor=", "");
    int first = cursor.isEmpty() ? 1 : Integer.parseInt(cursor.substring("after-".length()), 36);
    ObjectNode answer = new ObjectMapper().createObjectNode().put("total", DOCUMENTS);
    ArrayNode items = answer.putArray("items");
    for (int n = first; n < first + limit && n <= DOCUMENTS; n++) {
      items.addObject().put("title", "Case " + n).put("pdf", "/files/" + n + ".pdf");
    }
    answer.put("next", "after-" + Integer.toString(first + limit, 36));
    return answer.toString().getBytes(StandardCharsets.UTF_8);
  }

  private ConfigurationLoader loader() throws IOException {
    Map<String, String> environment = new HashMap<>(store.environment());
    environment.put("PORTAL_RATE", "0");
    return ConfigurationLoader.in(folder, environment, TYPES.all())
        .withOverrides(
            Map.of(
                "portal.type",
                "cursor",
                "portal.url",
                "http://127.0.0.1:" + portal.getAddress().getPort() + "/api/judgments",
                "harvest.total-results",
                String.valueOf(DOCUMENTS),
                "harvest.page-size",
                "10",
                "harvest.scripts",
                "2",
                "harvest.instances",
                "1",
                "harvest.autostart",
                "all",
                "harvest.start-delay",
                "0",
                "api.port",
                String.valueOf(Ports.free()),
                "management.port",
                String.valueOf(Ports.free())));
  }

  @Test
  void checkTestsItLikeAnyOther() throws Exception {
    CheckReport report = new CheckReport();

    new PortalCheck(TYPES, loader(), loader().load(), report).run();

    assertThat(report.isOk()).isTrue();
    assertThat(report.text(80, "application.properties"))
        .contains("the portal lists 57 documents in pages of 10, as configured")
        .contains("page 6, the last by the plan, lists 7 rows");
  }

  @Test
  void aJsonApiWithCursorPagingIsHarvestedCompletelyByADialectOfItsOwn() throws Exception {
    Configuration configuration = loader().load();
    try (Instance instance = new Instance(configuration, TYPES)) {
      instance.requireBucket();
      instance.start();
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> store.count("manifests") == 6);
    }
    try (Store bucket = Store.open(configuration.store(), AuditOptions.PARALLEL)) {
      AuditReport report =
          new Audit(bucket, AuditOptions.PLAIN)
              .audit(Scope.all(configuration.harvest().distribution()));
      assertThat(report.isClean()).isTrue();
      assertThat(report.stored()).isEqualTo(DOCUMENTS);
    }
  }
}
