package harvest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.Launcher;
import testing.PortalSimulator;

/**
 * A portal that tries to make the program visit other hosts, write elsewhere, or exhaust the
 * machine.
 */
class HostileInputIT {
  /** Addresses of a host that must not be visited, and invalid ones; %d is its port. */
  private static final List<String> ELSEWHERE =
      List.of(
          "http://127.0.0.2:%d/t.pdf",
          "//127.0.0.2:%d/t.pdf",
          "\\\\127.0.0.2:%d\\t.pdf",
          "/\\127.0.0.2:%d/t.pdf",
          "http:\\\\127.0.0.2:%d/t.pdf",
          "http:///127.0.0.2:%d/t.pdf",
          "http://///127.0.0.2:%d/t.pdf",
          "HtTp://127.0.0.2:%d/t.pdf",
          " \thttp://127.0.0.2:%d/t.pdf ",
          "ht\ntp:/\r/127.0.\n0.2:%d/t.pdf",
          "http://127.2:%d/t.pdf",
          "http://127.0.2:%d/t.pdf",
          "http://2130706434:%d/t.pdf",
          "http://0x7f000002:%d/t.pdf",
          "http://0x7F.0.0.0x2:%d/t.pdf",
          "http://0177.0.0.02:%d/t.pdf",
          "http://127.0.0.2.:%d/t.pdf",
          "http://[::ffff:127.0.0.2]:%d/t.pdf",
          "http://[::ffff:7f00:2]:%d/t.pdf",
          "http://[::127.0.0.2]:%d/t.pdf",
          "http://\u2460\u2461\u2466.0.0.2:%d/t.pdf",
          "http://127\u30020\uff0e0\uff612:%d/t.pdf",
          "http://\uff11\uff12\uff17.0.0.2:%d/t.pdf",
          "http://%%31%%32%%37.0.0.2:%d/t.pdf",
          "http://127.0.0\u00ad.2:%d/t.pdf",
          "http://127.0.0.1@127.0.0.2:%d/t.pdf",
          "http://127.0.0.1:80@127.0.0.2:%d/t.pdf",
          "http://a:b@c@127.0.0.2:%d/t.pdf",
          "http://127.0.0.1%%40127.0.0.2:%d/t.pdf",
          "http://127.0.0.1\u0000.127.0.0.2:%d/t.pdf",
          "http://127.0.0.1%%2f@127.0.0.2:%d/t.pdf",
          "https://127.0.0.2:%d/t.pdf",
          "ftp://127.0.0.2:%d/t.pdf",
          "gopher://127.0.0.2:%d/t.pdf",
          "ws://127.0.0.2:%d/t.pdf",
          "jar:http://127.0.0.2:%d/a.jar!/t.pdf",
          "view-source:http://127.0.0.2:%d/t.pdf",
          "blob:http://127.0.0.2:%d/t.pdf",
          "javascript:location='http://127.0.0.2:%d/t.pdf'",
          "data:application/pdf,http://127.0.0.2:%d/t.pdf",
          "file:///etc/hostname.pdf");

  @TempDir private Path folder;

  private Harvest harvest(int documents) throws IOException {
    Harvest harvest = new Harvest(folder, documents, documents);
    return harvest
        .set("HARVEST_SCRIPTS", "1")
        .set("PORTAL_LINK_SELECTOR", "a")
        .set("PORTAL_MAX_ATTEMPTS", "2");
  }

  private static String[] elsewhere(PortalSimulator trap) {
    return ELSEWHERE.stream().map(each -> each.formatted(port(trap))).toArray(String[]::new);
  }

  private static int port(PortalSimulator portal) {
    return Integer.parseInt(portal.url().replaceFirst(".*:", ""));
  }

  @Test
  void noNotationOfALinkLeadsToAnotherHost() throws Exception {
    int all = ELSEWHERE.size() + 1;
    try (PortalSimulator trap = new PortalSimulator("127.0.0.2", 1, 1);
        Harvest harvest = harvest(all)) {
      String[] links = Arrays.copyOf(elsewhere(trap), all);
      links[all - 1] = "/doc/1.pdf";
      harvest.portal.page(1, links);
      harvest.runUntilComplete();

      assertThat(trap.requests()).isEmpty();
      List<JsonNode> rows = harvest.manifest(1);
      assertThat(rows).hasSize(all);
      for (int row = 1; row < all; row++) {
        assertThat(rows.get(row - 1).path("reason").asText())
            .as(links[row - 1])
            .isIn("foreign_host", "bad_address");
      }
      assertThat(harvest.portal.requests()).hasSize(3); // robots.txt, the listing, the document
      assertThat(harvest.audit().path("clean").asBoolean()).isTrue();
    }
  }

  @Test
  void noRedirectHeaderOrBaseLeadsToAnotherHost() throws Exception {
    int all = ELSEWHERE.size() + 1;
    try (PortalSimulator trap = new PortalSimulator("127.0.0.2", 1, 1);
        Harvest harvest = harvest(all)) {
      harvest.set("HARVEST_PAGES", "2");
      String[] targets = elsewhere(trap);
      for (int i = 0; i < targets.length; i++) {
        String target = targets[i].replaceAll("[\r\n\u0000]", "");
        harvest.portal.fault(
            "/doc/%d.pdf".formatted(i + 1), Fault.status(302, "Location: " + target));
      }
      byte[] good = harvest.portal.bytesOf("/doc/%d.pdf".formatted(all));
      String there = trap.url() + "/x.pdf";
      harvest.portal.fault(
          "/doc/%d.pdf".formatted(all),
          Fault.body(
              "application/pdf",
              good,
              "Refresh: 0; url=" + there,
              "Content-Location: " + there,
              "Link: <" + there + ">; rel=preload",
              "Alt-Svc: http/1.1=\"127.0.0.2:" + port(trap) + "\""));
      harvest.portal.fault(
          "/list/2",
          Fault.html(
              "<base href='%s/'><meta http-equiv=refresh content='0;url=%s'><p id=total>%d</p><a href='a.pdf'>a</a><iframe src='%s'></iframe>"
                  .formatted(trap.url(), there, all + 1, there)));
      harvest.runUntilComplete();

      assertThat(trap.requests()).isEmpty();
      List<JsonNode> rows = harvest.manifest(1);
      assertThat(rows.get(all - 1).path("state").asText()).isEqualTo("stored");
      for (JsonNode row : rows.subList(0, all - 1)) {
        assertThat(row.path("reason").asText())
            .as(targets[row.path("row").asInt() - 1])
            .matches("foreign_host|bad_address|http_302|reset");
      }
      assertThat(harvest.row(2, 1).path("reason").asText()).isEqualTo("foreign_host");
    }
  }

  @Test
  void namesOfAnyLengthAndKindBecomePlainKeysAndPlainLogs() throws Exception {
    String steering = "\u202e\u2066\u200f\u0007\u001b[31m\u009b2J\ufeff\u2028";
    String[] names = {
      "/n" + "n".repeat(10_000) + ".pdf",
      "/" + "d/".repeat(3_000) + "a.pdf",
      "/" + "\u0915".repeat(3_000) + ".pdf",
      "/" + "%25".repeat(3_000) + ".pdf",
      "/a" + steering + ".pdf",
      "/%00%0d%0aX-A:%20b%1b%5b.pdf",
      "/..%2f..%2f..%2fetc%2fpasswd.pdf",
      "/%2e%2e/%2e%2e/manifests/harvest.json?.pdf",
      "/con/aux.pdf.../.. ./a.pdf",
      "/a.pdf?" + "q".repeat(10_000),
      "/<script>alert(1)</script>'.pdf",
      "/${jndi:ldap://127.0.0.2/a}.pdf",
    };
    try (Harvest harvest = harvest(names.length)) {
      StringBuilder html = new StringBuilder("<p id=total>" + names.length + "</p>");
      for (String name : names) {
        html.append("<a href=\"%s\" title='x'>%s".formatted(name, steering))
            .append("<b onclick=a()>%s</b>".formatted("T".repeat(10_000)))
            .append("&lt;script&gt;alert(1)&lt;/script&gt;</a>");
      }
      harvest.portal.fault("/list/1", Fault.html(html.toString()));
      byte[] pdf = harvest.portal.bytesOf("/a");
      harvest.portal.faults(
          path ->
              path.startsWith("/list/") || path.equals("/robots.txt")
                  ? null
                  : Fault.body("application/pdf", pdf));
      harvest.runUntilComplete();

      // the longest names are too long for the files of the tests' store, which adds to them
      List<JsonNode> refused =
          harvest.manifest(1).stream()
              .filter(row -> row.path("id").asText().matches("[^/]{250,255}"))
              .toList();
      assertThat(refused).hasSize(4);
      assertThat(harvest.manifest(1))
          .filteredOn(row -> !refused.contains(row))
          .allMatch(row -> row.path("state").asText().equals("stored"));
      Map<String, byte[]> all = harvest.store.objects("");
      assertThat(all.keySet())
          .allMatch(
              key -> key.startsWith("judgments/") || key.equals("manifests/page-000001.jsonl"))
          .allMatch(key -> key.length() <= 1024 && key.matches("[\\x21-\\x7e]+"))
          .allMatch(
              key ->
                  Stream.of(key.split("/", -1))
                      .allMatch(part -> part.matches("(?!\\.\\.?$).{1,255}")));
      assertThat(all).hasSize(names.length - refused.size() + 1);
      assertThat(Files.list(folder.resolve("data")).map(file -> file.getFileName().toString()))
          .allMatch(
              name -> name.matches("ledger\\.db(-wal|-shm)?|lock|logs|spool|backup|history.*"));
      assertThat(harvest.spool()).isEmptyDirectory();
      try (Stream<Path> logs = Files.list(folder.resolve("data/logs"))) {
        for (Path log : logs.toList()) {
          assertThat(Files.readString(log))
              .doesNotContainPattern("[\\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069&&[^\\n\\r]]");
        }
      }
    }
  }

  private static Fault endless(String begin, String again) {
    return (Socket socket, byte[] good) -> {
      socket.getOutputStream().write(begin.getBytes(US_ASCII));
      byte[] more = again.repeat(1_000).getBytes(US_ASCII);
      while (true) {
        socket.getOutputStream().write(more);
      }
    };
  }

  private static byte[] bomb(String begin, int mebibytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(begin.getBytes(UTF_8));
      for (int i = 0; i < mebibytes; i++) {
        out.write(new byte[1 << 20]);
      }
    }
    return packed.toByteArray();
  }

  @Test
  void bombsDripsAndEndlessResponsesFailAloneWithLittleMemory() throws Exception {
    List<Fault> faults = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    faults.add(Fault.body("application/pdf", bomb("%PDF-1.4\n", 300), "Content-Encoding: gzip"));
    reasons.add("too_large");
    faults.add(Fault.endless());
    reasons.add("too_large");
    faults.add(Fault.large(6 << 20));
    reasons.add("too_large");
    faults.add(Fault.drip());
    reasons.add("timeout");
    faults.add(Fault.hang());
    reasons.add("timeout");
    faults.add(endless("HTTP/1.1 200 OK\r\n", "X-A: b\r\n"));
    reasons.add("reset");
    faults.add(endless("HTTP/1.1 200 OK\r\nX-A: ", "bbbbbbbb"));
    reasons.add("reset");
    faults.add(endless("HTTP/1.1 200 ", "OK"));
    reasons.add("reset");
    faults.add(endless("", "HTTP"));
    reasons.add("reset");
    try (Harvest harvest = harvest(30)) {
      harvest
          .set("PORTAL_MAX_DOCUMENT_BYTES", "5MiB")
          .set("HARVEST_SPOOL_MAX_BYTES", "40MiB")
          .set("PORTAL_RESPONSE_TIMEOUT", "1s")
          .set("PORTAL_DOCUMENT_TIMEOUT", "2s");
      for (int i = 0; i < faults.size(); i++) {
        harvest.portal.fault("/doc/%d.pdf".formatted(i + 1), faults.get(i));
      }
      try (Launcher run = harvest.process(List.of(), List.of("-Xmx64m"))) {
        harvest.api().awaitState(1, "completed");
        run.terminate();
        assertThat(run.exitCode()).as(run.stderr()).isZero();
      }
      for (int i = 0; i < faults.size(); i++) {
        assertThat(harvest.row(1, i + 1).path("reason").asText())
            .as("document " + (i + 1))
            .isEqualTo(reasons.get(i));
      }
      assertThat(harvest.store.objects("judgments")).hasSize(30 - faults.size());
      assertThat(harvest.spool()).isEmptyDirectory();
    }
  }

  @Test
  void largeListingsOfAllScriptsAreReadOneAfterAnother() throws Exception {
    try (Harvest harvest = new Harvest(folder, 8, 1)) {
      harvest.set("HARVEST_SCRIPTS", "8").set("HARVEST_AUTOSTART", "all");
      for (int page = 1; page <= 8; page++) {
        harvest.portal.fault(
            "/list/" + page,
            (socket, good) -> {
              byte[] large = Arrays.copyOf(good, 15 << 20);
              Arrays.fill(large, good.length, large.length, (byte) 'x');
              return Fault.body("text/html", large).answer(socket, good);
            });
      }
      try (Launcher run = harvest.process()) {
        harvest.awaitManifests(8);
        run.terminate();
        assertThat(run.exitCode()).as(run.stderr()).isZero();
      }
    }
  }
}
