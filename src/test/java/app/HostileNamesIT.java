package app;

import static org.assertj.core.api.Assertions.assertThat;

import audit.Audit;
import audit.AuditOptions;
import audit.AuditReport;
import audit.Scope;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import config.ConfigKey;
import config.Configuration;
import config.ConfigurationLoader;
import config.Values;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import model.Ticker;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import portal.Dialect;
import portal.Download;
import portal.Listing;
import portal.PortalHttp;
import portal.PortalScope;
import portal.PortalType;
import portal.Request;
import portal.Row;
import portal.SessionMemory;
import store.Store;
import store.StoredObject;
import testing.FaultyStore;
import testing.Ports;

/**
 * A dialect that uses a document's name unchanged, and a portal whose names Camel's S3 and HTTP
 * components would evaluate.
 */
class HostileNamesIT {
  private static final String ENCODED = "/%7B%7Bsys:user.home%7D%7D/$%7Bbody%7D.pdf";
  private static final List<String> NAMES =
      List.of("a${exchangeId}.pdf", "b/$simple{body}.pdf", "{{sys:user.home}}/c.pdf", "d$1.pdf");

  @TempDir private Path folder;
  private final Set<String> asked = new ConcurrentSkipListSet<>();
  private HttpServer portal;
  private FaultyStore store;

  @BeforeEach
  void open() throws IOException {
    portal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    portal.createContext("/", this::answer);
    portal.start();
    store = new FaultyStore(folder.resolve("store"));
    FaultyStore.feedCredentialsChain();
  }

  @AfterEach
  void close() throws IOException {
    portal.stop(0);
    store.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestURI().toString());
      byte[] body = "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String portalAddress() {
    return "http://127.0.0.1:" + portal.getAddress().getPort();
  }

  /** Every name of the portal is its document's id; all have the same address. */
  private final class NamesType implements PortalType, Dialect, Dialect.Session {
    private PortalHttp http;

    @Override
    public String name() {
      return "names";
    }

    @Override
    public Optional<URI> address(Values values) {
      return values.text(ConfigKey.PORTAL_URL).map(URI::create);
    }

    @Override
    public String urlWords() {
      return "address";
    }

    @Override
    public Dialect create(Values values, PortalScope scope, Ticker ticker, InstantSource clock) {
      return this;
    }

    @Override
    public Dialect.Session open(PortalHttp door, SessionMemory memory) {
      http = door;
      return this;
    }

    @Override
    public int parallel() {
      return 1;
    }

    @Override
    public Listing list(int page) {
      List<Row> rows =
          NAMES.stream()
              .map(
                  name ->
                      new Row(
                          NAMES.indexOf(name) + 1, name, portalAddress() + ENCODED, null, Map.of()))
              .toList();
      return new Listing(page, rows, OptionalLong.of(NAMES.size()));
    }

    @Override
    public Download fetch(Row row, Path spool) {
      return http.send(Request.document(row.address(), spool)).download();
    }
  }

  @Test
  void aNameThatCamelWouldEvaluateIsAPlainKeyAndAnAddressWithBracesIsSentAsItStands()
      throws Exception {
    PortalTypes types = new PortalTypes(List.of(new NamesType()));
    Configuration configuration =
        ConfigurationLoader.in(folder, store.environment(), types.all())
            .withOverrides(settings())
            .load();
    try (Instance instance = new Instance(configuration, types)) {
      instance.requireBucket();
      instance.start();
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> store.count("manifests") == 1);
    }

    try (Store bucket = Store.open(configuration.store(), AuditOptions.PARALLEL)) {
      assertThat(bucket.bucket().documents())
          .extracting(StoredObject::key)
          .containsExactlyInAnyOrder(
              "judgments/a$%7BexchangeId%7D.pdf",
              "judgments/b/$simple%7Bbody%7D.pdf",
              "judgments/%7B%7Bsys:user.home%7D%7D/c.pdf",
              "judgments/d$1.pdf");
      AuditReport report =
          new Audit(bucket, AuditOptions.PLAIN)
              .audit(Scope.all(configuration.harvest().distribution()));
      assertThat(report.isClean()).isTrue();
      assertThat(report.stored()).isEqualTo(NAMES.size());
    }
    assertThat(asked).containsExactly(ENCODED);
  }

  private Map<String, String> settings() throws IOException {
    return Map.of(
        "portal.type", "names",
        "portal.url", portalAddress(),
        "portal.robots", "ignore",
        "harvest.total-results", String.valueOf(NAMES.size()),
        "harvest.scripts", "1",
        "harvest.instances", "1",
        "harvest.autostart", "all",
        "harvest.start-delay", "0",
        "api.port", String.valueOf(Ports.free()),
        "management.port", String.valueOf(Ports.free()));
  }
}
