package harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import api.BoundedVertx;
import api.ServerTls;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import config.ApiSettings;
import io.vertx.core.http.HttpServerOptions;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import platform.CertificateFileTrust;
import testing.Certificates;
import testing.LocalCommand;
import testing.LocalInstance;
import testing.RawHttp;

/** An API that serves HTTPS itself. */
class ServerTlsIT {
  private static Certificates certificates;

  @TempDir private Path folder;

  private Path certificate;
  private Path key;
  private Harvest harvest;
  private int port;

  @BeforeAll
  static void sign(@TempDir Path authorities) throws Exception {
    certificates =
        new Certificates(authorities)
            .server("first.example", "-ext", "san=dns:first.example")
            .server("second.example", "-ext", "san=dns:second.example")
            .server("rsa.example", "-keyalg", "RSA");
  }

  @BeforeEach
  void prepare() throws Exception {
    certificate = folder.resolve("api.pem");
    key = folder.resolve("api.key");
    use("first.example");
    harvest =
        new Harvest(folder.resolve("harvest"), 20, 10)
            .set("HARVEST_AUTOSTART", "0")
            .set("API_TLS_CERTIFICATE", certificate.toString())
            .set("API_TLS_KEY", key.toString());
    port = Integer.parseInt(harvest.setting("API_PORT"));
  }

  @AfterEach
  void close() throws Exception {
    harvest.close();
  }

  private void use(String name) throws Exception {
    Files.writeString(key, certificates.key(name));
    Files.writeString(
        certificate, "a comment\n" + certificates.pem(name) + certificates.pem("between"));
  }

  @Test
  void theCommandsAndPeersTrustTheCertificateAndTheManagementPortStaysPlain() throws Exception {
    harvest.set("FLEET_PEERS", "https://127.0.0.1:" + port).set("API_KEY", "k");
    try (LocalInstance run = harvest.run()) {
      assertThat(shown()).isEqualTo("CN=first.example");
      LocalCommand status = harvest.command("status");
      assertThat(status.exitCode()).as(status.stderr()).isZero();
      LocalCommand named = harvest.command("status", "--url", "https://localhost:" + port);
      assertThat(named.exitCode()).as(named.stderr()).isZero();
      JsonNode self =
          new com.fasterxml.jackson.databind.ObjectMapper()
              .readTree(ask("/api/fleet", "X-API-Key", "k"))
              .at("/data/instances/0");
      assertThat(self.path("address").asText()).isEqualTo("https://127.0.0.1:" + port);
      assertThat(self.path("reachable").asBoolean()).isTrue();
      LocalCommand stranger =
          LocalCommand.run(
              folder.resolve("desk"), Map.of(), "status", "--url", "https://127.0.0.1:" + port);
      assertThat(stranger.exitCode()).isEqualTo(2);
      assertThat(stranger.stderr()).hasLineCount(1).contains("does not answer");

      int management = Integer.parseInt(harvest.setting("MANAGEMENT_PORT"));
      assertThat(RawHttp.get(management, "/observe/health", "127.0.0.1")).contains(" 200 ");
      assertThat(ask("/", "Accept", "text/html")).contains("<html");
    }
  }

  @Test
  void neitherHttp2NorPlainHttpIsSpoken() throws Exception {
    try (LocalInstance run = harvest.run();
        SSLSocket socket =
            (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
      var parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertThat(socket.getApplicationProtocol()).isNotEqualTo("h2");
      RawHttp.send(socket, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      assertThat(new String(socket.getInputStream().readNBytes(5))).isEqualTo("HTTP/"); // refused
      try (Socket plain = RawHttp.open(port)) {
        RawHttp.send(plain, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
            .doesNotContain("HTTP/1.1 200");
      }
    }
  }

  @Test
  void changedFilesAreLoadedWithoutARestart() throws Exception {
    try (LocalInstance run = harvest.run()) {
      use("second.example");
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> shown().equals("CN=second.example"));
      assertThat(harvest.command("status").exitCode()).isZero();
    }
  }

  @Test
  void badFilesLeaveTheOldOnesInUseAndAreReportedOnce() throws Exception {
    BoundedVertx vertx = new BoundedVertx();
    ServerTls tls = new ServerTls(new ApiSettings.Tls(certificate, key), vertx);
    vertx.useForTls(tls);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(ServerTls.class);
    Level before = logger.getLevel();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
    try {
      port = listen(vertx);
      assertThat(shown()).isEqualTo("CN=first.example");
      Files.writeString(key, certificates.key("second.example"));
      tls.look();
      tls.look();
      assertThat(shown()).isEqualTo("CN=first.example");
      Files.delete(certificate);
      tls.look();
      tls.look();
      assertThat(shown()).isEqualTo("CN=first.example");
      use("rsa.example");
      tls.look();
      tls.look();
      assertThat(shown()).isEqualTo("CN=rsa.example");
    } finally {
      logger.detachAppender(log);
      logger.setLevel(before);
      vertx.close();
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
        .containsExactly(
            tuple(
                Level.WARN,
                "api.tls.key: \"%s\" is not the key of the first certificate in".formatted(key)
                    + " api.tls.certificate; expected that key; the certificate before it stays in use"),
            tuple(
                Level.WARN,
                "api.tls.certificate: \"%s\" cannot be read (NoSuchFileException); expected a"
                        .formatted(certificate)
                    + " readable PEM file; the certificate before it stays in use"),
            tuple(Level.INFO, "the changed certificate of the API is in use"));
  }

  private static int listen(BoundedVertx vertx) throws Exception {
    return vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setSsl(true))
        .requestHandler(request -> request.response().end())
        .listen(0)
        .toCompletionStage()
        .toCompletableFuture()
        .get()
        .actualPort();
  }

  @Test
  void filesThatCannotBeUsedEndTheStart() throws Exception {
    Files.writeString(key, certificates.key("second.example"));
    assertRefused("api.tls.key: \"" + key + "\" is not the key of the first certificate");
    Files.writeString(key, certificates.key("rsa.example"));
    assertRefused("api.tls.key: \"" + key + "\" is not the key of the first certificate");
    Files.writeString(key, "nonsense");
    assertRefused("api.tls.key: \"" + key + "\" holds no private key");
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertRefused("api.tls.key: \"" + key + "\" holds a private key that cannot be read");
    Files.writeString(
        key, certificates.key("first.example").replace("PRIVATE", "ENCRYPTED PRIVATE"));
    assertRefused("api.tls.key: \"" + key + "\" is encrypted");
    Files.delete(key);
    assertRefused("api.tls.key: \"" + key + "\" cannot be read");
    harvest.set("API_TLS_KEY", "");
    assertRefused("api.tls.key is not set");
    harvest.set("API_TLS_KEY", key.toString());
    Files.writeString(certificate, "nonsense");
    assertRefused(
        "api.tls.certificate: \"" + certificate + "\" (from API_TLS_CERTIFICATE) holds no");
    harvest.set("API_TLS_CERTIFICATE", "");
    assertRefused("api.tls.key: \"" + key + "\" (from API_TLS_KEY) has no certificate");
  }

  private void assertRefused(String words) {
    LocalCommand run = harvest.command("run");
    assertThat(run.exitCode()).as(words).isEqualTo(2);
    assertThat(run.stderr()).hasLineCount(1).contains(words);
  }

  private SSLContext trusting() {
    return CertificateFileTrust.tls(certificate);
  }

  private String ask(String path, String... headers) throws Exception {
    HttpClient http = HttpClient.newBuilder().sslContext(trusting()).build();
    URI address = URI.create("https://127.0.0.1:" + port + path);
    return http.send(
            HttpRequest.newBuilder(address).headers(headers).build(), BodyHandlers.ofString())
        .body();
  }

  /** The certificate that the API presents now, whether it is trusted or not. */
  private String shown() throws Exception {
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new javax.net.ssl.TrustManager[] {new Anything()}, null);
    try (SSLSocket socket =
        (SSLSocket) trusting.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      return socket.getSession().getPeerPrincipal().getName();
    }
  }

  private static final class Anything extends javax.net.ssl.X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
