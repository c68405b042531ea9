package portal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.CertificateAuthorities;
import portal.Request;
import testing.Certificates;

/** TLS to the portal, and the words for its failures. */
class PortalTlsIT {
  private static final String HOST = "my-host.portal.localhost";
  private static final int LEAF = 1;
  private static final int WITH_INTERMEDIATE = 2;

  @TempDir static Path folder;
  private static Certificates certificates;
  private SSLServerSocket server;
  private final CompletableFuture<List<String>> names = new CompletableFuture<>();

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates =
        new Certificates(folder)
            .server("good", "-ext", "san=dns:*.portal.localhost")
            .server("old", "-ext", "san=dns:" + HOST, "-startdate", "-10d", "-validity", "3");
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
  }

  @Test
  void anAuthorityOfTheFileIsTrusted() throws Exception {
    listen(certificates.tls("good", WITH_INTERMEDIATE));
    connect(trusting("root"), HOST);
    assertThat(names.get()).containsExactly(HOST);
  }

  @Test
  void anIntermediateOfTheFileCompletesTheChainOfAServerThatDoesNotSendIt() throws Exception {
    listen(certificates.tls("good", LEAF));
    connect(trusting("between"), HOST);
    connect(trusting("root", "between"), HOST);
  }

  @Test
  void theJdksAuthoritiesStayTrusted() throws Exception {
    listen(certificates.tls("good", LEAF));
    assertThat(trusting("root").trustManagers()).hasSize(1);
    assertThat(((X509TrustManager) trusting("root").trustManagers()[0]).getAcceptedIssuers())
        .hasSizeGreaterThan(50);
  }

  /** The JDK as a server refuses such a name, so that this one reads the greeting alone. */
  @Test
  void aHostWithAnUnderscoreIsSentAsServerName() throws Exception {
    listen(certificates.tls("good", WITH_INTERMEDIATE));
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<String> greeting = CompletableFuture.supplyAsync(() -> firstBytes(plain));
      Socket socket = new Socket(plain.getInetAddress(), plain.getLocalPort());
      PortalTls tls = new PortalTls(trusting("root").tls());
      assertThatThrownBy(
              () -> tls.upgrade(socket, "my_host.localhost", 443, null, HttpClientContext.create()))
          .isInstanceOf(IOException.class);
      assertThat(greeting.get()).contains("my_host.localhost");
    }
  }

  private static String firstBytes(ServerSocket server) {
    try (Socket socket = server.accept()) {
      byte[] bytes = new byte[4096];
      int length = socket.getInputStream().read(bytes);
      return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void failuresAreReportedInPlainWords() throws Exception {
    listen(certificates.tls("good", LEAF));
    assertThat(wordsOf(trusting("root"), HOST))
        .contains(
            HOST + ":" + server.getLocalPort(),
            "authority that is not trusted here",
            "does not send its intermediate",
            "portal.ca-file")
        .doesNotContain("PKIX", "Exception");
    assertThat(wordsOf(trusting("between"), "my-host.elsewhere.localhost"))
        .contains("its certificate is for another host", "my-host.elsewhere.localhost");
    server.close();
    listen(certificates.tls("old", WITH_INTERMEDIATE));
    assertThat(wordsOf(trusting("root"), HOST)).contains("has expired (NotAfter: ");
  }

  private void listen(SSLContext tls) throws IOException {
    SSLServerSocket listening =
        (SSLServerSocket)
            tls.getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    server = listening;
    Thread thread = new Thread(() -> serve(listening), "tls-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(SSLServerSocket listening) {
    while (!listening.isClosed()) {
      try (SSLSocket socket = (SSLSocket) listening.accept()) {
        socket.startHandshake();
        names.complete(
            ((ExtendedSSLSession) socket.getSession())
                .getRequestedServerNames().stream()
                    .map(name -> ((SNIHostName) name).getAsciiName())
                    .toList());
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      } catch (IOException e) {
        continue; // the client did not trust it
      }
    }
  }

  private static CertificateAuthorities trusting(String... aliases) throws Exception {
    StringBuilder pem = new StringBuilder("# d\u00e9j\u00e0 vu\n");
    for (String alias : aliases) {
      pem.append(certificates.pem(alias)).append("\n \n");
    }
    return CertificateAuthorities.read(
        Files.writeString(Files.createTempFile(folder, "ca", ".pem"), pem));
  }

  private void connect(CertificateAuthorities authorities, String host) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
    new PortalTls(authorities.tls())
        .upgrade(socket, host, server.getLocalPort(), null, HttpClientContext.create())
        .close();
  }

  private String wordsOf(CertificateAuthorities authorities, String host) {
    Request request =
        Request.page(URI.create("https://" + host + ":" + server.getLocalPort() + "/list?page=1"));
    try {
      connect(authorities, host);
    } catch (IOException e) {
      return String.valueOf(NetworkFailures.explain(request, Optional.empty(), e).getMessage());
    }
    throw new AssertionError("connected");
  }
}
