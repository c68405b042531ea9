package store;

import static org.assertj.core.api.Assertions.assertThat;
import static testing.FaultyStore.http;

import config.StoreSettings;
import config.UploadSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import model.Digests;
import model.ObjectKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.CertificateAuthorities;
import testing.Certificates;
import testing.FaultyStore;

/** TLS to a store with a certificate of an authority of its own. */
class StoreTlsIT {
  private static final byte[] BYTES = "x".getBytes(StandardCharsets.US_ASCII);

  @TempDir private static Path folder;
  private static Certificates certificates;

  @BeforeAll
  static void makeCertificates() throws Exception {
    FaultyStore.feedCredentialsChain();
    certificates = new Certificates(folder).server("good", "-ext", "san=ip:127.0.0.1");
  }

  @Test
  void anAuthorityOfTheFileIsTrusted() throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), certificates.pem("root"));

    assertThat(put(Optional.of(CertificateAuthorities.read(file)))).isEmpty();
  }

  @Test
  void withoutTheFileItIsNotTrusted() throws Exception {
    assertThat(put(Optional.empty()))
        .hasValueSatisfying(failure -> assertThat(failure).hasMessageContaining("s3.ca-file"));
  }

  private static Optional<StoreException> put(Optional<CertificateAuthorities> authorities)
      throws Exception {
    try (SSLServerSocket server =
        (SSLServerSocket)
            certificates
                .tls("good", 2)
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CompletableFuture.runAsync(() -> answer(server));
      StoreSettings settings =
          new StoreSettings(
              "judgments-test",
              false,
              "judgments/",
              "manifests/",
              List.of(),
              Optional.empty(),
              URI.create("https://127.0.0.1:" + server.getLocalPort()),
              "us-east-1",
              true,
              authorities,
              UploadSettings.DEFAULT);
      try (Store store = Store.open(settings, 1)) {
        return CamelUpload.of(
            store,
            StoreHeaders.document(
                new ObjectKey("judgments/", "a.pdf"), 1, Digests.sha256(BYTES), Map.of()),
            BYTES);
      }
    }
  }

  /** Acknowledges an upload; refuses whatever does not trust it. */
  private static void answer(SSLServerSocket server) {
    while (!server.isClosed()) {
      try (SSLSocket client = (SSLSocket) server.accept()) {
        client.getInputStream().read(new byte[8 * 1024]);
        client
            .getOutputStream()
            .write(http(200, "", "ETag: \"1\"").getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        continue; // does not trust this server, or the test is over
      }
    }
  }
}
