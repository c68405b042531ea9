package harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.Certificates;
import testing.ForwardProxy;
import testing.LocalInstance;
import testing.Ports;

/** The way to the portal: hosts that java.net.URI does not know as such, and forward proxies. */
class TransportIT {
  private static final int DOCUMENTS = 4;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "my_host.localhost, my_host.localhost",
    "_dmarc._x.localhost, _dmarc._x.localhost",
    "plain.localhost, plain.localhost",
    "न्यायालय.localhost, xn--l2boaao4eb0j.localhost",
    "XN--bcher-kva.a_b.localhost, xn--bcher-kva.a_b.localhost"
  })
  void aHostWithAnUnderscoreOrNonAsciiLettersIsHarvestedUnderItsOwnName(String host, String name)
      throws Exception {
    try (Harvest harvest = new Harvest(folder, DOCUMENTS, 2)) {
      String own = name + ":" + port(harvest);
      harvest.portal.sessions();
      harvest.set("PORTAL_URL", harvest.portal.listingUrl().replace("127.0.0.1", host));
      harvest.runToTheEnd();
      assertClean(harvest);
      assertThat(harvest.store.count("judgments")).isEqualTo(DOCUMENTS);
      assertThat(harvest.row(1, 1).path("url").asText()).startsWith("http://" + own + "/");
      assertThat(harvest.portal.requests())
          .anySatisfy(request -> assertThat(request.path()).isEqualTo("/robots.txt"))
          .anySatisfy(
              request ->
                  assertThat(request.headers().getOrDefault("referer", ""))
                      .startsWith("http://" + own))
          .allSatisfy(request -> assertThat(request.headers().get("host")).isEqualTo(own));
    }
  }

  @Test
  void everyRequestGoesThroughTheProxyOfTheEnvironment() throws Exception {
    try (Harvest harvest = new Harvest(folder, DOCUMENTS, 2);
        ForwardProxy proxy = new ForwardProxy(port(harvest)).demand("us@er:s3cret")) {
      harvest.set("http_proxy", "http://us%40er:s3cret@127.0.0.1:" + proxy.port());
      harvest.set("PORTAL_URL", "http://my_portal.invalid/list/{page}");
      harvest.runToTheEnd();
      assertClean(harvest);
      assertThat(proxy.requests())
          .contains(
              "GET http://my_portal.invalid/robots.txt HTTP/1.1, my_portal.invalid",
              "GET http://my_portal.invalid/list/1 HTTP/1.1, my_portal.invalid",
              "GET http://my_portal.invalid/doc/4.pdf HTTP/1.1, my_portal.invalid");
    }
  }

  @Test
  void aProxyThatDemandsCredentialsIsWaitedForAndNamed() throws Exception {
    try (Harvest harvest = new Harvest(folder, DOCUMENTS, 2);
        ForwardProxy proxy = new ForwardProxy(port(harvest)).demand("a:b")) {
      harvest.set("PORTAL_PROXY", "http://a:s3cret@127.0.0.1:" + proxy.port());
      assertWaits(
          harvest, "the proxy http://127.0.0.1:" + proxy.port() + " does not accept the user");
    }
  }

  @Test
  void aProxyThatIsDownIsWaitedForAndNamed() throws Exception {
    try (Harvest harvest = new Harvest(folder, DOCUMENTS, 2)) {
      int port = Ports.free();
      harvest.set("PORTAL_PROXY", "127.0.0.1:" + port);
      assertWaits(harvest, "the proxy http://127.0.0.1:" + port + " does not answer");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 502})
  void aRefusedTunnelIsNotTheAnswerOfThePortal(int status) throws Exception {
    try (Harvest harvest = new Harvest(folder, DOCUMENTS, 2);
        ForwardProxy proxy = new ForwardProxy(port(harvest))) {
      proxy.refuseTunnels(status);
      harvest.set("PORTAL_URL", "https://portal.invalid/list/{page}");
      harvest.set("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port());
      assertWaits(
          harvest,
          "the proxy http://127.0.0.1:%d answered %d instead of connecting"
              .formatted(proxy.port(), status));
    }
  }

  @Test
  void httpsGoesThroughATunnelAndTrustsTheAuthoritiesOfTheFile() throws Exception {
    Certificates certificates =
        new Certificates(folder).server("portal", "-ext", "san=dns:portal.invalid");
    Files.writeString(folder.resolve("ca.pem"), certificates.pem("root"));
    HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
    server.setHttpsConfigurator(new HttpsConfigurator(certificates.tls("portal", 2)));
    try (Harvest harvest = new Harvest(folder, DOCUMENTS, 2);
        ForwardProxy proxy = new ForwardProxy(server.getAddress().getPort()).demand("a:b")) {
      server.createContext("/", exchange -> relay(exchange, harvest.portal.url()));
      server.start();
      harvest.set("PORTAL_URL", "https://portal.invalid/list/{page}");
      harvest.set("HTTPS_PROXY", "http://a:b@127.0.0.1:" + proxy.port());
      harvest.set("PORTAL_CA_FILE", "ca.pem");
      harvest.runToTheEnd();
      assertClean(harvest);
      assertThat(harvest.store.count("judgments")).isEqualTo(DOCUMENTS);
      assertThat(proxy.requests())
          .isNotEmpty()
          .allMatch(line -> line.startsWith("CONNECT portal.invalid:443 HTTP/1.1"));
    } finally {
      server.stop(0);
    }
  }

  private static void relay(HttpExchange exchange, String portal) throws IOException {
    HttpURLConnection behind =
        (HttpURLConnection)
            URI.create(portal + exchange.getRequestURI().getRawPath()).toURL().openConnection();
    int status = behind.getResponseCode();
    byte[] body = status == 200 ? behind.getInputStream().readAllBytes() : new byte[0];
    String type = behind.getContentType();
    exchange.getResponseHeaders().set("Content-Type", type == null ? "text/plain" : type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static int port(Harvest harvest) {
    return URI.create(harvest.portal.url()).getPort();
  }

  private static void assertClean(Harvest harvest) throws Exception {
    assertThat(harvest.audit().path("exit").asInt()).isZero();
  }

  private static void assertWaits(Harvest harvest, String words) throws Exception {
    try (LocalInstance run = harvest.run()) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(harvest.api().script(1).toString())
                      .contains("\"status\":\"waiting\"", "\"portal\"", words)
                      .doesNotContain("s3cret"));
      assertThat(harvest.store.count("judgments")).isZero();
    }
  }
}
