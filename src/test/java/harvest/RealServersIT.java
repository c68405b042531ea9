package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Certificates;
import testing.Ports;
import testing.RealServer;

/** Servers that portals run on, and what their visitors see of them in a browser. */
class RealServersIT {
  private static final String NGINX =
      """
      daemon off;
      master_process off;
      pid %1$s/nginx.pid;
      error_log %1$s/nginx-error.log;
      events { worker_connections 64; }
      http {
        access_log off;
        client_body_temp_path %1$s/body;
        proxy_temp_path %1$s/proxy;
        fastcgi_temp_path %1$s/fastcgi;
        uwsgi_temp_path %1$s/uwsgi;
        scgi_temp_path %1$s/scgi;
        types { text/html html; application/pdf pdf; }
        server {
          listen 127.0.0.1:%2$d %3$s;
          root %1$s;
          location /docs/ { autoindex on; }
          rewrite ^/old/(.*)$ /docs/$1 redirect;
        }
      }
      """;

  private static final String APACHE =
      """
      ServerName localhost
      ServerRoot %1$s
      PidFile %1$s/apache.pid
      ErrorLog %1$s/apache-error.log
      Listen 127.0.0.1:%2$d
      LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
      LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
      LoadModule mime_module /usr/lib/apache2/modules/mod_mime.so
      LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
      LoadModule autoindex_module /usr/lib/apache2/modules/mod_autoindex.so
      User nobody
      Group nogroup
      TypesConfig /dev/null
      AddType application/pdf .pdf
      AddType text/html .html
      AddCharset windows-1251 .html
      AllowEncodedSlashes NoDecode
      DocumentRoot %1$s
      <Directory %1$s>
        Options Indexes
        IndexOptions FancyIndexing
        Require all granted
      </Directory>
      """;

  private static final String PHP =
      """
      <?php
      session_start();
      $path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
      if ($path === '/list.php') {
        $_SESSION['visited'] = true;
        echo '<a href="/doc/1.pdf">One</a> <a href="/doc/2.pdf">Two</a>';
      } elseif (str_ends_with($path, '.pdf') && empty($_SESSION['visited'])) {
        header('Location: /list.php?page=1');
      } elseif (is_file(__DIR__ . $path)) {
        header('Content-Type: application/pdf');
        readfile(__DIR__ . $path);
      } else {
        http_response_code(404);
      }
      """;

  private static final String TINYPROXY =
      """
      Listen 127.0.0.1
      Port %2$d
      Allow 127.0.0.1
      BasicAuth reader s3cret
      ConnectPort %3$d
      LogFile "%1$s/tinyproxy.requests"
      LogLevel Connect
      """;

  @TempDir Path folder;
  private int port;
  private Path site;

  @BeforeEach
  void layOutSite() throws IOException {
    port = Ports.free();
    site = Files.createDirectories(folder.resolve("site"));
    // a server that gives up root's rights reads it, too
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void nginxWithAutoindexIsHarvestedCompletely() throws Exception {
    try (Harvest harvest = harvest(3, "http://127.0.0.1:" + port + "/docs/?page={page}")) {
      put(harvest, "docs/a b.pdf", "docs/50%.pdf", "docs/c#1.PDF");
      try (RealServer nginx = nginx("")) {
        harvest.runToTheEnd();
      }
      assertStored(harvest, "docs/a%20b.pdf", "docs/50%25.pdf", "docs/c%231.PDF");
    }
  }

  @Test
  void redirectsOfNginxAreFollowedAndTheListedAddressStays() throws Exception {
    try (Harvest harvest = harvest(2, "http://127.0.0.1:" + port + "/list-{page}.html")) {
      put(harvest, "docs/1.pdf", "docs/2.pdf");
      write("list-1.html", "<a href='old/1.pdf'>1</a><a href='/docs/2.pdf?v=3'>2</a>");
      try (RealServer nginx = nginx("")) {
        harvest.runToTheEnd();
      }
      assertStored(harvest, "old/1.pdf", "docs/2.pdf%3Fv=3");
      assertThat(harvest.row(1, 1).path("url").asText()).endsWith("/old/1.pdf");
    }
  }

  @Test
  void apacheWithAutoindexIsHarvestedCompletely() throws Exception {
    try (Harvest harvest = harvest(2, "http://127.0.0.1:" + port + "/docs/?page={page}")) {
      put(harvest, "docs/a b.pdf", "docs/50%.pdf");
      try (RealServer apache = apache()) {
        harvest.runToTheEnd();
      }
      assertStored(harvest, "docs/a%20b.pdf", "docs/50%25.pdf");
    }
  }

  @Test
  void anEncodedSlashAndAPageInWindows1251AreReadAsBrowsersReadThem() throws Exception {
    try (Harvest harvest = harvest(2, "http://127.0.0.1:" + port + "/list-{page}.html")) {
      put(harvest, "docs/a%2Fb.pdf", "docs/case.pdf");
      Files.write(
          site.resolve("list-1.html"),
          "<a href='docs/a%2Fb.pdf'>A</a><a href='docs/case.pdf?дело=1'>Дело</a>"
              .getBytes(Charset.forName("windows-1251")));
      try (RealServer apache = apache()) {
        harvest.runToTheEnd();
      }
      assertStored(harvest, "docs/a%2Fb.pdf", "docs/case.pdf%3F%E4%E5%EB%EE=1");
      assertThat(harvest.row(1, 2).path("title").asText()).isEqualTo("Дело");
    }
  }

  @Test
  void pythonsServerIsHarvestedCompletely() throws Exception {
    try (Harvest harvest = harvest(2, "http://127.0.0.1:" + port + "/docs/?page={page}")) {
      put(harvest, "docs/a b.pdf", "docs/50%.pdf");
      List<String> command =
          List.of("python3", "-m", "http.server", "" + port, "--bind", "127.0.0.1");
      try (RealServer python = new RealServer(site, port, command)) {
        harvest.runToTheEnd();
      }
      assertStored(harvest, "docs/a%20b.pdf", "docs/50%25.pdf");
    }
  }

  @Test
  void aSessionOfPhpKeepsItsCookie() throws Exception {
    try (Harvest harvest = harvest(2, "http://127.0.0.1:" + port + "/list.php?page={page}")) {
      put(harvest, "doc/1.pdf", "doc/2.pdf");
      write("router.php", PHP);
      List<String> command =
          List.of(
              "php", "-d", "session.save_path=" + folder, "-S", "127.0.0.1:" + port, "router.php");
      try (RealServer php = new RealServer(site, port, command)) {
        harvest.runToTheEnd();
      }
      assertStored(harvest, "doc/1.pdf", "doc/2.pdf");
    }
  }

  @Test
  void tinyproxyCarriesHttp() throws Exception {
    try (Harvest harvest = harvest(2, "http://127.0.0.1:" + port + "/docs/?page={page}")) {
      put(harvest, "docs/1.pdf", "docs/2.pdf");
      try (RealServer nginx = nginx("");
          RealServer tinyproxy = tinyproxy(harvest)) {
        harvest.runToTheEnd();
      }
      assertStored(harvest, "docs/1.pdf", "docs/2.pdf");
      assertThat(site.resolve("tinyproxy.requests"))
          .content()
          .contains("GET http://127.0.0.1:" + port + "/docs/2.pdf");
    }
  }

  @Test
  void tinyproxyCarriesHttpsToAServerThatSendsNoIntermediateCertificate() throws Exception {
    Certificates certificates =
        new Certificates(folder).server("nginx", "-ext", "san=ip:127.0.0.1");
    write("nginx.pem", certificates.pem("nginx"));
    write("nginx.key", certificates.key("nginx"));
    Files.writeString(folder.resolve("ca.pem"), certificates.pem("between"));
    try (Harvest harvest = harvest(2, "https://127.0.0.1:" + port + "/docs/?page={page}")) {
      put(harvest, "docs/1.pdf", "docs/2.pdf");
      harvest.set("PORTAL_CA_FILE", "ca.pem");
      try (RealServer nginx =
              nginx(
                  "ssl; ssl_certificate %1$s/nginx.pem; ssl_certificate_key %1$s/nginx.key"
                      .formatted(site));
          RealServer tinyproxy = tinyproxy(harvest)) {
        harvest.runToTheEnd();
      }
      assertStored(harvest, "docs/1.pdf", "docs/2.pdf");
      assertThat(site.resolve("tinyproxy.requests"))
          .content()
          .contains("CONNECT 127.0.0.1:" + port);
    }
  }

  private Harvest harvest(int documents, String url) throws IOException {
    return new Harvest(folder, documents, documents)
        .set("PORTAL_URL", url)
        .set("PORTAL_TOTAL_SELECTOR", "")
        .set("HARVEST_SCRIPTS", "1");
  }

  private void put(Harvest harvest, String... names) throws IOException {
    for (int i = 0; i < names.length; i++) {
      Path file = site.resolve(names[i]);
      Files.createDirectories(file.getParent());
      Files.write(file, harvest.portal.bytesOf("/doc/" + (i + 1) + ".pdf"));
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(site.resolve(name), text, StandardCharsets.UTF_8);
  }

  private RealServer nginx(String tls) throws IOException {
    write("nginx.conf", NGINX.formatted(site, port, tls));
    return new RealServer(
        site,
        port,
        List.of(RealServer.program("nginx"), "-p", site.toString(), "-c", site + "/nginx.conf"));
  }

  private RealServer apache() throws IOException {
    write("apache.conf", APACHE.formatted(site, port));
    return new RealServer(
        site, port, List.of(RealServer.program("apache2"), "-X", "-f", site + "/apache.conf"));
  }

  private RealServer tinyproxy(Harvest harvest) throws IOException {
    int own = Ports.free();
    write("tinyproxy.conf", TINYPROXY.formatted(site, own, port));
    harvest.set("PORTAL_PROXY", "http://reader:s3cret@127.0.0.1:" + own);
    return new RealServer(site, own, List.of("tinyproxy", "-d", "-c", site + "/tinyproxy.conf"));
  }

  /** Each key with the bytes of the document at its place. */
  private void assertStored(Harvest harvest, String... keys) throws Exception {
    Map<String, byte[]> stored = harvest.store.objects("judgments");
    assertThat(stored.keySet()).containsExactlyInAnyOrder(keys);
    for (int i = 0; i < keys.length; i++) {
      assertThat(stored.get(keys[i]))
          .as(keys[i])
          .isEqualTo(harvest.portal.bytesOf("/doc/" + (i + 1) + ".pdf"));
    }
    assertThat(harvest.command("audit").stdout()).startsWith("CLEAN");
  }
}
