package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.LocalInstance;
import testing.Nginx;
import testing.Ports;
import testing.RawHttp;

/** An instance behind a real nginx, with the configuration that is shipped. */
class ReverseProxyIT {
  /** A name that Chromium looks for on this machine. */
  private static final String PUBLIC = "harvest.localhost";

  private static final String ALIAS = "public";
  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  private int plain;
  private int tls;
  private Path certificate;
  private Path key;
  private KeyStore keys;
  private Harvest harvest;
  private LocalInstance run;

  @BeforeEach
  void start() throws Exception {
    plain = Ports.free();
    tls = Ports.free();
    certificate = folder.resolve("public.pem");
    key = folder.resolve("public.key");
    sign();
    harvest =
        new Harvest(folder.resolve("harvest"), 40, 10)
            .set("HARVEST_AUTOSTART", "0")
            .set("HARVEST_SCRIPTS", "2")
            .set("API_ALLOWED_HOSTS", PUBLIC + ",127.0.0.1");
    run = harvest.run();
    harvest.api();
  }

  @AfterEach
  void stop() throws Exception {
    run.close();
    harvest.close();
  }

  /** Makes a certificate for the public name, and its key, as PEM files. */
  private void sign() throws Exception {
    Path store = folder.resolve("public.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-alias",
                ALIAS,
                "-dname",
                "CN=" + PUBLIC,
                "-ext",
                "SAN=dns:" + PUBLIC,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    pem(certificate, "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
    pem(key, "PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
  }

  private static void pem(Path file, String what, byte[] content) throws IOException {
    Files.writeString(
        file,
        "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
            .formatted(what, Base64.getMimeEncoder().encodeToString(content)));
  }

  /** The shipped file, with the name, the ports and the certificate of this test. */
  private Nginx nginx(Map<String, String> further) throws IOException {
    String site = Files.readString(Path.of("deploy/nginx.conf"));
    site = with(site, "127.0.0.1:5000", "127.0.0.1:" + harvest.setting("API_PORT"));
    site = with(site, "listen 80;", "listen 127.0.0.1:" + plain + ";");
    site = with(site, "listen [::]:80;", "");
    site = with(site, "listen 443 ssl", "listen 127.0.0.1:" + tls + " ssl");
    site = with(site, "listen [::]:443 ssl http2;", "");
    site = with(site, "server_name judgments.example;", "server_name " + PUBLIC + ";");
    site = with(site, "/etc/ssl/certs/judgments.example.pem", certificate.toString());
    site = with(site, "/etc/ssl/private/judgments.example.key", key.toString());
    for (Map.Entry<String, String> change : further.entrySet()) {
      site = with(site, change.getKey(), change.getValue());
    }
    return new Nginx(folder.resolve("nginx"), site, tls);
  }

  private static String with(String site, String from, String to) {
    assertThat(site).contains(from);
    return site.replace(from, to);
  }

  /** What nginx answers over TLS to a POST that stops all scripts. */
  private String post(String host, String origin) throws Exception {
    return ask(
        "POST /api/scripts/stop-all HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nContent-Length: 0"
            .formatted(host, origin));
  }

  private String ask(String request) throws Exception {
    try (Socket socket = trusting().getSocketFactory().createSocket("127.0.0.1", tls)) {
      socket.setSoTimeout(20_000);
      RawHttp.send(socket, request + "\r\nConnection: close\r\n\r\n");
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private SSLContext trusting() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void pagesAssetsAndButtonsWorkThroughTheShippedFile(@TempDir Path profile) throws Exception {
    try (Nginx nginx = nginx(Map.of());
        Browser browser = new Browser(profile)) {
      browser.open("https://%s:%d/".formatted(PUBLIC, tls));
      browser.awaitText("#script-1 .badge", "Not started");
      browser.press("Start script 1");
      browser.awaitText("#script-1 .badge", "Completed");
      browser.open("https://%s:%d/unified".formatted(PUBLIC, tls));
      browser.await(".tile");

      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void plainHttpIsRedirectedAndTheManagementPortIsNotForwarded() throws Exception {
    try (Nginx nginx = nginx(Map.of())) {
      assertThat(RawHttp.get(plain, "/unified?a=b", PUBLIC))
          .startsWith("HTTP/1.1 301")
          .contains("Location: https://" + PUBLIC + "/unified?a=b\r\n");
      assertThat(post(PUBLIC + ":" + tls, "https://" + PUBLIC + ":" + tls)).contains(" 202 ");
      assertThat(ask("GET /observe/health HTTP/1.1\r\nHost: " + PUBLIC)).contains(" 404 ");
    }
  }

  @Test
  void pagesOfOtherOriginsAndNamesAreRefusedBehindTheProxyToo() throws Exception {
    try (Nginx nginx = nginx(Map.of())) {
      assertThat(post(PUBLIC, "https://evil.example")).contains(" 403 ", "api.cors-origins");
      assertThat(post(PUBLIC, "https://" + PUBLIC + ".evil.example")).contains(" 403 ");
      assertThat(post("evil.example", "https://evil.example"))
          .contains(" 421 ", "api.allowed-hosts");
    }
  }

  @Test
  void aRefusalBehindAProxyThatDropsThePortNamesTheRemedy() throws Exception {
    try (Nginx nginx = nginx(Map.of("Host $http_host", "Host $host"))) {
      assertThat(post(PUBLIC + ":" + tls, "https://" + PUBLIC + ":" + tls))
          .contains(" 403 ", "proxy_set_header Host $http_host", "api.allowed-hosts");
    }
  }
}
