package harvest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import model.Digests;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import portal.SourceAwayException;
import testing.Fault;
import testing.FaultyStore;
import testing.Launcher;
import testing.LocalCommand;

/** Documents whose addresses are in a list. */
class ListIT {
  @TempDir Path folder;

  private Harvest harvest(String list) throws IOException {
    return new Harvest(folder, 20, 3)
        .set("PORTAL_TYPE", "list")
        .set("PORTAL_TOTAL_SELECTOR", "")
        .set("PORTAL_URL", list)
        .set("PORTAL_ALLOWED_HOSTS", "127.0.0.1")
        .set("PORTAL_MAX_ATTEMPTS", "2");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static String host(Harvest harvest) {
    return harvest.portal.url().substring("http://".length());
  }

  @Test
  void everyRecordIsARowAndGivenBytesAreChecked() throws Exception {
    try (Harvest harvest = harvest("list.csv")) {
      String url = harvest.portal.url();
      byte[] first = harvest.portal.bytesOf("/doc/1.pdf");
      String sha256 = Digests.sha256(first);
      write(
          "list.csv",
          "url,key,title,cnr,decision_date,size,sha256\n"
              + "%s/doc/1.pdf,,\"A v. B,\nand another\",HCX,14-09-2023,%d,%s\n"
                  .formatted(url, first.length, sha256)
              + "%s/doc/2.pdf,own/../name of 2.pdf,,,,,\n".formatted(url)
              + "%s/doc/3.pdf,,,,,,%s\n".formatted(url, sha256)
              + "%s/doc/4.pdf,,,,,7,\n".formatted(url)
              + ",x,No address,,,,\n"
              + "%s/doc/6.pdf,,,,,,\n".formatted(url)
              + "http://127.0.0.9:1/doc/7.pdf,,,,,,\n"
              + "doc/8.pdf,,,,,,\n");
      harvest.runToTheEnd(3);

      JsonNode row = harvest.row(1, 1);
      assertThat(row.path("id").asText()).isEqualTo("_hosts/" + host(harvest) + "/doc/1.pdf");
      assertThat(row.path("title").asText()).isEqualTo("A v. B, and another");
      assertThat(row.path("cnr").asText()).isEqualTo("HCX");
      assertThat(row.path("decision_date").asText()).isEqualTo("2023-09-14");
      assertThat(row.path("total").asInt()).isEqualTo(8);
      assertThat(row.path("sha256").asText()).isEqualTo(sha256);
      assertThat(harvest.row(1, 2).path("key").asText())
          .isEqualTo("judgments/own/.%2E/name%20of%202.pdf");
      assertThat(harvest.row(1, 3).path("reason").asText()).isEqualTo("mismatch");
      assertThat(harvest.row(2, 1).path("reason").asText()).isEqualTo("mismatch");
      assertThat(harvest.row(2, 2).path("reason").asText()).isEqualTo("unreadable");
      assertThat(harvest.row(2, 2).path("raw").asText()).isEqualTo(",x,No address,,,,");
      assertThat(harvest.row(2, 3).path("state").asText()).isEqualTo("stored");
      assertThat(harvest.row(3, 1).path("reason").asText()).isEqualTo("foreign_host");
      assertThat(harvest.row(3, 2).path("reason").asText()).isEqualTo("bad_address");
      assertThat(harvest.store.objects("judgments")).hasSize(3);
      JsonNode audit = harvest.audit();
      assertThat(audit.path("findings").path("retryable").asInt()).isEqualTo(2);
      assertThat(audit.path("exit").asInt()).isEqualTo(1);
      assertThat(harvest.store.harvestFile()).contains("list.sha256");
    }
  }

  @Test
  void aDocumentThatDiffersFromTheListIsStoredOnceItMatches() throws Exception {
    try (Harvest harvest = harvest("list.jsonl")) {
      byte[] right = harvest.portal.bytesOf("/doc/1.pdf");
      write(
          "list.jsonl",
          "{\"url\":\"%s/doc/1.pdf\",\"size\":%d,\"sha256\":\"%s\"}\n"
              .formatted(harvest.portal.url(), right.length, Digests.sha256(right).toUpperCase()));
      harvest.portal.fault("/doc/1.pdf", Fault.unended());
      harvest.runToTheEnd(1);
      assertThat(harvest.row(1, 1).path("reason").asText()).isEqualTo("mismatch");

      harvest.portal.heal();
      assertThat(harvest.command("retry-failed", "--reason", "mismatch").exitCode()).isZero();
      harvest.runUntilComplete();

      assertThat(harvest.row(1, 1).path("state").asText()).isEqualTo("stored");
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void everyCommandTakesTotalAndPagesFromTheList() throws Exception {
    try (Harvest harvest = harvest("list.csv").set("HARVEST_PAGES", "99")) {
      write("list.csv", "url\n" + (harvest.portal.url() + "/doc/1.pdf\n").repeat(7));

      LocalCommand plan = harvest.command("plan");
      LocalCommand check = harvest.command("check");

      assertThat(plan.stdout()).startsWith("7 results on 3 pages of 3; 2 pages per script");
      assertThat(check.stdout()).contains("the source lists 7 documents on 3 pages");
      assertThat(folder.resolve("data")).doesNotExist();
    }
  }

  @Test
  void aListMayBeInTheStore() throws Exception {
    try (Harvest harvest = harvest("s3://" + FaultyStore.BUCKET + "/lists/a b.csv.gz")) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      for (String part : List.of("url\n", harvest.portal.url() + "/doc/1.pdf\n")) {
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
          out.write(part.getBytes(UTF_8));
        }
      }
      Path lists = folder.resolve("store").resolve(FaultyStore.BUCKET).resolve("lists");
      Files.createDirectories(lists);
      Files.write(lists.resolve("a b.csv.gz"), packed.toByteArray());
      harvest.runToTheEnd(1);

      assertThat(harvest.store.objects("judgments")).hasSize(1);
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void documentsOnTheListsOwnHostHaveKeysWithoutIt() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (Harvest harvest =
        harvest("http://127.0.0.1:" + server.getAddress().getPort() + "/l.csv")) {
      server.createContext(
          "/",
          exchange -> {
            byte[] body =
                exchange.getRequestURI().getPath().equals("/l.csv")
                    ? ("url\n/a/1.pdf\n" + harvest.portal.url() + "/doc/2.pdf\n").getBytes(UTF_8)
                    : harvest.portal.bytesOf("/doc/1.pdf");
            exchange.sendResponseHeaders(
                exchange.getRequestURI().getPath().equals("/robots.txt") ? 404 : 200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
              out.write(body);
            }
          });
      server.start();
      harvest.runToTheEnd(1);

      assertThat(harvest.store.objects("judgments"))
          .containsOnlyKeys("a/1.pdf", "_hosts/" + host(harvest) + "/doc/2.pdf");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aChangedListIsReportedAtTheStart() throws Exception {
    try (Harvest harvest = harvest("list.csv")) {
      write("list.csv", "url\n" + harvest.portal.url() + "/doc/1.pdf\n");
      harvest.runToTheEnd(1);
      write("list.csv", "url\n" + harvest.portal.url() + "/doc/2.pdf\n");

      LocalCommand run = harvest.command("run");
      LocalCommand elsewhere = harvest.set("HARVEST_DATA_DIR", "other").command("run");

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.stderr()).contains("list.csv", "has changed").doesNotContain("\n");
      assertThat(elsewhere.exitCode()).isEqualTo(2);
      assertThat(elsewhere.stderr()).contains("list.sha256", "harvest.json").doesNotContain("\n");
    }
  }

  @Test
  void aRestartContinuesWithoutTheList() throws Exception {
    try (Harvest harvest = harvest("list.csv")) {
      write("list.csv", "url\n" + harvest.portal.url() + "/doc/1.pdf\n");
      harvest.portal.fault("/doc/1.pdf", Fault.status(403));
      harvest.runToTheEnd(1);
      Files.delete(folder.resolve("list.csv"));
      harvest.portal.heal();
      harvest.command("retry-failed");
      harvest.runUntilComplete();

      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void aRestartContinuesWithoutAListThatTheStoreRefuses() throws Exception {
    try (Harvest harvest = harvest("s3://" + FaultyStore.BUCKET + "/lists/list.csv")) {
      Path lists = folder.resolve("store").resolve(FaultyStore.BUCKET).resolve("lists");
      Files.createDirectories(lists);
      Files.writeString(lists.resolve("list.csv"), "url\n" + harvest.portal.url() + "/doc/1.pdf\n");
      harvest.portal.fault("/doc/1.pdf", Fault.status(403));
      harvest.runToTheEnd(1);
      harvest.store.refuse(request -> request.contains("/lists/") ? 403 : 0);
      harvest.portal.heal();
      harvest.command("retry-failed");
      harvest.runUntilComplete();

      assertThat(harvest.row(1, 1).path("state").asText()).isEqualTo("stored");
    }
  }

  @Test
  void aCommandThatFindsNoListLeavesNothingBehind() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    try (Harvest harvest = harvest("none.csv");
        Launcher plan = harvest.processOf(List.of("-Djava.io.tmpdir=" + temporary), "plan")) {
      assertThat(plan.exitCode()).isEqualTo(2);
      assertThat(temporary).isEmptyDirectory();
    }
  }

  @Test
  void theStartWaitsForAnUnavailableListUntilASignalEndsIt() throws Exception {
    try (Harvest harvest = harvest("http://127.0.0.1:1/list.csv");
        Launcher run = harvest.process()) {
      Awaitility.await().until(() -> run.stdout().contains("the start waits for its source"));
      run.terminate();

      assertThat(run.exitCode()).isZero();
      assertThat(run.stderr()).isEmpty();
    }
  }

  @Test
  void aListThatBreaksOffIsUnavailableAndNotAMistake() throws Exception {
    try (Harvest harvest = harvest("")) {
      harvest.set("PORTAL_URL", harvest.portal.url() + "/list.csv");
      String list = "url\n" + harvest.portal.url() + "/doc/1.pdf\n";
      String half = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + list;
      harvest.portal.fault(
          "/list.csv",
          (socket, good) -> {
            socket.getOutputStream().write(half.getBytes(UTF_8));
            return false;
          });
      LocalCommand plan = harvest.command("plan");
      assertThat(plan.exitCode()).isEqualTo(2);
      assertThat(plan.stderr().lines()).hasSize(1);
      assertThat(plan.stderr()).contains("/list.csv: Premature end").doesNotContain("Exception");

      assertThatThrownBy(harvest::run).isInstanceOf(SourceAwayException.class); // asked for again

      harvest.portal.fault("/list.csv", Fault.body("text/csv", list.getBytes(UTF_8)));
      harvest.runToTheEnd(1);
      assertThat(harvest.row(1, 1).path("state").asText()).isEqualTo("stored");
    }
  }

  @Test
  @Timeout(300)
  void aListWhoseServerAsksForAPauseIsAwayAndARestartDoesWithoutIt() throws Exception {
    try (Harvest harvest = harvest("")) {
      harvest.set("PORTAL_URL", harvest.portal.url() + "/list.csv");
      harvest.portal.fault("/list.csv", Fault.status(429));
      assertThatThrownBy(harvest::run).isInstanceOf(SourceAwayException.class);

      String list = "url\n" + harvest.portal.url() + "/doc/1.pdf\n";
      harvest.portal.fault("/list.csv", Fault.body("text/csv", list.getBytes(UTF_8)));
      harvest.portal.fault("/doc/1.pdf", Fault.status(403));
      harvest.runToTheEnd(1);
      harvest.portal.heal();
      harvest.portal.fault("/list.csv", Fault.status(429));
      harvest.command("retry-failed");
      harvest.runUntilComplete();

      assertThat(harvest.row(1, 1).path("state").asText()).isEqualTo("stored");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<!DOCTYPE html>\n<html>Log in, please</html>\n", "", "\u001f\u008b"})
  void aRestartDoesWithoutAListInWhosePlaceThereIsSomethingElse(String other) throws Exception {
    try (Harvest harvest = harvest("")) {
      harvest.set("PORTAL_URL", harvest.portal.url() + "/list.csv");
      harvest.portal.fault("/list.csv", Fault.body("text/html", other.getBytes(ISO_8859_1)));
      assertThat(harvest.command("run").exitCode()).as("there is no copy yet").isEqualTo(2);

      String list = "url\n" + harvest.portal.url() + "/doc/1.pdf\n";
      harvest.portal.fault("/list.csv", Fault.body("text/csv", list.getBytes(UTF_8)));
      harvest.portal.fault("/doc/1.pdf", Fault.status(403));
      harvest.runToTheEnd(1);
      harvest.portal.heal();
      harvest.portal.fault("/list.csv", Fault.body("text/html", other.getBytes(ISO_8859_1)));
      harvest.command("retry-failed");
      harvest.runUntilComplete();

      assertThat(harvest.row(1, 1).path("state").asText()).isEqualTo("stored");
    }
  }

  @Test
  void aListDoesNotVouchForAHostThatIsDown() throws Exception {
    try (Harvest harvest = harvest("list.csv")) {
      write("list.csv", "url\n" + harvest.portal.url() + "/doc/1.pdf\n");
      harvest.portal.away();
      try (var run = harvest.run()) {
        harvest.api().awaitState(1, "waiting");
        harvest.portal.back();
        harvest.awaitManifests(1);
      }

      assertThat(harvest.row(1, 1).path("state").asText()).isEqualTo("stored");
    }
  }

  @Test
  void whatIsMissingIsReportedInOneLine() throws Exception {
    try (Harvest harvest = harvest("none.csv")) {
      LocalCommand missing = harvest.command("run");
      LocalCommand hosts = harvest.set("PORTAL_ALLOWED_HOSTS", "").command("run");
      LocalCommand scheme = harvest.set("PORTAL_URL", "ftp://host/list.csv").command("run");

      assertThat(List.of(missing.exitCode(), hosts.exitCode(), scheme.exitCode())).containsOnly(2);
      assertThat(missing.stderr()).startsWith("portal.url: the list \"none.csv\" is not a file");
      assertThat(hosts.stderr()).startsWith("portal.allowed-hosts");
      assertThat(scheme.stderr()).startsWith("portal.url");
      assertThat(folder.resolve("data")).doesNotExist();
    }
  }
}
