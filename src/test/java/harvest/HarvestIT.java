package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.Fault;
import testing.FaultyStore;
import testing.Launcher;
import testing.LocalCommand;
import testing.LocalInstance;
import testing.PortalSimulator;
import testing.Ports;

/** The whole program as a child process, against a portal and a store that misbehave. */
class HarvestIT {
  @TempDir Path folder;

  @Test
  void everyListedDocumentEndsInTheBucketWithItsManifest() throws Exception {
    try (Harvest harvest = new Harvest(folder, 57, 10)) {
      harvest.runToTheEnd();

      Map<String, byte[]> stored = harvest.store.objects("judgments");
      assertThat(stored).hasSize(57);
      stored.forEach(
          (key, bytes) -> assertThat(bytes).isEqualTo(harvest.portal.bytesOf("/" + key)));
      assertThat(harvest.manifest(6)).hasSize(7);
      JsonNode row = harvest.row(1, 3);
      assertThat(row.path("id").asText()).isEqualTo("doc/3.pdf");
      assertThat(row.path("key").asText()).isEqualTo("judgments/doc/3.pdf");
      assertThat(row.path("url").asText()).isEqualTo(harvest.portal.url() + "/doc/3.pdf");
      assertThat(row.path("title").asText()).isEqualTo("Case /doc/3.pdf");
      JsonNode audit = harvest.audit();
      assertThat(audit.path("exit").asInt()).isZero();
      assertThat(audit.path("stored").asInt()).isEqualTo(57);
      assertThat(harvest.spool()).isEmptyDirectory();
      assertThat(harvest.portal.requests())
          .allMatch(
              request -> request.headers().get("user-agent").equals("judgment-harvester/0.1.0"));
    }
  }

  @Test
  void temporaryFailuresAreRetriedUntilTheDocumentArrives() throws Exception {
    try (Harvest harvest = new Harvest(folder, 40, 20)) {
      Fault[] faults = {
        Fault.status(500), Fault.status(503), Fault.status(429, "Retry-After: 1"), Fault.reset(),
        Fault.closeWithoutAnswer(), Fault.cutOff(), Fault.chunkedCutOff(), Fault.empty(),
        Fault.htmlNamedPdf(), Fault.withoutEnd(), Fault.status(403), Fault.status(302)
      };
      for (int i = 0; i < faults.length; i++) {
        harvest.portal.faultFirst("/doc/" + (i + 1) + ".pdf", 2, faults[i]);
      }
      harvest.portal.faultFirst("/list/2", 2, Fault.status(502));
      harvest.runToTheEnd();

      assertThat(harvest.audit().path("exit").asInt()).isZero();
      assertThat(harvest.store.objects("judgments")).hasSize(40);
      for (int i = 0; i < faults.length; i++) {
        assertThat(harvest.portal.requestsTo("/doc/" + (i + 1) + ".pdf")).isEqualTo(3);
      }
    }
  }

  @Test
  void redirectsAreFollowedToAllowedHostsAndKeysStayAsListed() throws Exception {
    try (Harvest harvest = new Harvest(folder, 5, 5)) {
      harvest.portal.faultFirst("/list/1", 1, Fault.status(301, "Location: /list/1"));
      harvest.portal.fault("/doc/2.pdf", Fault.status(302, "Location: /files/8.pdf"));
      harvest.portal.fault("/doc/3.pdf", Fault.status(303, "Location: http://127.0.0.9:1/8.pdf"));
      harvest.portal.fault("/doc/4.pdf", Fault.status(307, "Location: /doc/4.pdf"));
      harvest.runToTheEnd();

      JsonNode followed = harvest.row(1, 2);
      assertThat(followed.path("key").asText()).isEqualTo("judgments/doc/2.pdf");
      assertThat(followed.path("url").asText()).isEqualTo(harvest.portal.url() + "/doc/2.pdf");
      assertThat(harvest.store.objects("judgments").get("doc/2.pdf"))
          .isEqualTo(harvest.portal.bytesOf("/files/8.pdf"));
      assertThat(harvest.row(1, 3).path("state").asText()).isEqualTo("rejected");
      assertThat(harvest.row(1, 3).path("reason").asText()).isEqualTo("foreign_host");
      assertThat(harvest.row(1, 4).path("reason").asText()).isEqualTo("http_307");
    }
  }

  @Test
  void documentsThatRequireTheSessionOfTheirListingAreStored() throws Exception {
    try (Harvest harvest = new Harvest(folder, 5, 5)) {
      harvest.portal.sessions();
      harvest.runToTheEnd();

      assertThat(harvest.store.objects("judgments")).hasSize(5);
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void aPdfThatThePortalServesWithoutItsEndIsStoredAsItIsAndMarked() throws Exception {
    try (Harvest harvest = new Harvest(folder, 5, 5)) {
      harvest.portal.fault("/doc/2.pdf", Fault.unended());
      String notice = "<br />\n<b>Notice</b>: x<br />\n".repeat(30);
      harvest.portal.fault("/doc/3.pdf", Fault.marked(notice));
      harvest.runToTheEnd();

      assertThat(harvest.row(1, 2).path("state").asText()).isEqualTo("stored");
      assertThat(harvest.row(1, 2).path("defect").asText()).isEqualTo("no_eof");
      assertThat(harvest.row(1, 2).has("reason")).isFalse();
      assertThat(harvest.row(1, 3).has("defect")).isFalse();
      assertThat(harvest.portal.requestsTo("/doc/2.pdf")).isEqualTo(2);
      assertThat(harvest.store.objects("judgments").get("doc/2.pdf"))
          .hasSize(harvest.portal.bytesOf("/doc/2.pdf").length - 3);
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void aDocumentThatNeverArrivesIsRecordedWithItsReasonAndHoldsNothingUp() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 20)) {
      List<Fault> faults =
          List.of(
              Fault.status(404),
              Fault.status(410),
              Fault.status(500),
              Fault.reset(),
              Fault.cutOff(),
              Fault.chunkedCutOff(),
              Fault.empty(),
              Fault.htmlNamedPdf(),
              Fault.withoutEnd(),
              Fault.status(403),
              Fault.garbage());
      List<String> reasons =
          List.of(
              "gone",
              "gone",
              "http_500",
              "reset",
              "truncated",
              "truncated",
              "empty",
              "not_pdf",
              "truncated",
              "http_403",
              "reset");
      for (int i = 0; i < faults.size(); i++) {
        harvest.portal.fault("/doc/" + (i + 1) + ".pdf", faults.get(i));
      }
      harvest.set("PORTAL_MAX_ATTEMPTS", "3").runUntilComplete();

      for (int number = 1; number <= 20; number++) {
        JsonNode row = harvest.row(1, number);
        if (number <= reasons.size()) {
          assertThat(row.path("state").asText()).isEqualTo("failed");
          assertThat(row.path("reason").asText())
              .as("row " + number)
              .isEqualTo(reasons.get(number - 1));
          assertThat(harvest.portal.requestsTo("/doc/" + number + ".pdf")).isEqualTo(3);
        } else {
          assertThat(row.path("state").asText()).isEqualTo("stored");
        }
      }
      JsonNode audit = harvest.audit();
      assertThat(audit.path("exit").asInt()).isEqualTo(1);
      assertThat(audit.path("gone").asInt()).isEqualTo(2);
      assertThat(audit.path("findings").path("retryable").asInt()).isEqualTo(9);
    }
  }

  @Test
  void failedDocumentsThatAreQueuedAgainAreFetchedAndTheirManifestIsCorrected() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      harvest.portal.fault("/doc/3.pdf", Fault.status(500));
      harvest.portal.fault("/doc/14.pdf", Fault.status(404));
      harvest.set("PORTAL_MAX_ATTEMPTS", "2").runUntilComplete();
      assertThat(harvest.row(1, 3).path("state").asText()).isEqualTo("failed");
      int listings = harvest.portal.requestsTo("/list/1");

      harvest.portal.heal();
      LocalCommand retry = harvest.command("retry-failed");
      assertThat(retry.exitCode()).isZero();
      assertThat(retry.stdout()).contains("2");
      try (LocalInstance run = harvest.run()) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    harvest.row(1, 3).path("state").asText().equals("stored")
                        && harvest.row(2, 4).path("state").asText().equals("stored"));
      }
      assertThat(harvest.audit().path("exit").asInt()).isZero();
      assertThat(harvest.portal.requestsTo("/list/1")).isEqualTo(listings);
      assertThat(harvest.portal.requestsTo("/doc/1.pdf")).isEqualTo(1);
    }
  }

  @Test
  void aRunningInstanceRetriesFailedDocumentsAtOnce() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      harvest.portal.fault("/doc/3.pdf", Fault.status(500));
      harvest.set("PORTAL_MAX_ATTEMPTS", "1");
      try (LocalInstance run = harvest.run()) {
        harvest.awaitManifests(2);
        harvest.portal.heal();
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> harvest.command("retry-failed").stdout().equals("queued 1 document"));
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> harvest.row(1, 3).path("state").asText().equals("stored"));
      }
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void linksThatMustNotBeFetchedAreRejectedAndDotSegmentsNeverLeaveTheRoot() throws Exception {
    try (Harvest harvest = new Harvest(folder, 8, 8);
        PortalSimulator stranger = new PortalSimulator("127.0.0.2", 1, 1)) {
      harvest.portal.page(
          1,
          stranger.url() + "/doc/1.pdf",
          "ftp://127.0.0.2/doc/2.pdf",
          "javascript:open('3.pdf')//.pdf",
          "/doc/../../etc/passwd.pdf",
          "/doc/%2e%2e/%2E%2E/secret.pdf",
          "/doc/1.pdf",
          "/doc/1.pdf",
          "/d\u00f6c/a b.pdf");
      harvest.runToTheEnd();

      assertThat(stranger.requests()).isEmpty();
      assertThat(harvest.manifest(1).stream().map(row -> row.path("reason").asText("")))
          .containsExactly("foreign_host", "bad_address", "bad_address", "", "", "", "", "");
      assertThat(harvest.row(1, 4).path("key").asText()).isEqualTo("judgments/etc/passwd.pdf");
      assertThat(harvest.row(1, 5).path("key").asText()).isEqualTo("judgments/secret.pdf");
      assertThat(harvest.row(1, 7).path("key").asText()).isEqualTo("judgments/doc/1.pdf");
      assertThat(harvest.row(1, 8).path("id").asText()).isEqualTo("d%C3%B6c/a%20b.pdf");
      assertThat(harvest.portal.requestsTo("/doc/1.pdf")).isEqualTo(1);
      JsonNode audit = harvest.audit();
      assertThat(audit.path("exit").asInt()).isZero();
      assertThat(audit.path("rejected").asInt()).isEqualTo(3);
      assertThat(audit.path("stored").asInt()).isEqualTo(4);
    }
  }

  @Test
  void anEmptyOrShortListingIsRetriedAndNeverTakenForTheEnd() throws Exception {
    try (Harvest harvest = new Harvest(folder, 30, 10)) {
      harvest.portal.faultFirst("/list/1", 1, Fault.html("<html><p id='total'>30</p></html>"));
      harvest.portal.faultFirst(
          "/list/2", 1, Fault.html("<p id=total>30</p><a href='/doc/11.pdf'>one of ten</a>"));
      harvest.portal.faultFirst("/list/3", 1, Fault.html("{\"error\":\"busy\"}"));
      harvest.runToTheEnd();

      assertThat(harvest.audit().path("stored").asInt()).isEqualTo(30);
    }
  }

  @Test
  void pagesAfterTheLastAreEmptyAndComplete() throws Exception {
    try (Harvest harvest = new Harvest(folder, 30, 10)) {
      harvest.portal.total(15);
      harvest.portal.page(
          2, "/doc/11.pdf", "/doc/12.pdf", "/doc/13.pdf", "/doc/14.pdf", "/doc/15.pdf");
      harvest.portal.page(3);
      harvest.runToTheEnd();

      assertThat(harvest.store.manifest(3)).isEmpty();
      JsonNode audit = harvest.audit();
      assertThat(audit.path("exit").asInt()).isZero();
      assertThat(audit.path("stored").asInt()).isEqualTo(15);
    }
  }

  @Test
  void aPortalThatGoesDownIsWaitedForAndCostsNoDocument() throws Exception {
    try (Harvest harvest = new Harvest(folder, 200, 10)) {
      harvest.set("PORTAL_MAX_ATTEMPTS", "3").set("PORTAL_RATE", "100");
      try (LocalInstance run = harvest.run()) {
        harvest.awaitManifests(4);
        harvest.portal.away();
        awaitLog("for the portal");
        harvest.portal.back();
        harvest.awaitManifests(20);
      }
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void aStoreThatGoesDownOrAnswers503IsWaitedForAndCostsNoDocument() throws Exception {
    try (Harvest harvest = new Harvest(folder, 100, 10)) {
      harvest.set("PORTAL_RATE", "20");
      try (LocalInstance run = harvest.run()) {
        harvest.awaitManifests(1);
        harvest.store.refuse(request -> request.startsWith("PUT") ? 503 : 0);
        awaitLog("for the store");
        harvest.store.heal();
        harvest.awaitManifests(5);
        harvest.store.away();
        harvest.store.back();
        harvest.awaitManifests(10);
      }
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void thePortalGetsNoRequestsWhileTheStoreIsDown() throws Exception {
    try (Harvest harvest = new Harvest(folder, 100, 10)) {
      harvest.set("PORTAL_RATE", "50");
      try (LocalInstance run = harvest.run()) {
        harvest.awaitManifests(1);
        harvest.store.refuse(request -> 503);
        awaitLog("waits 2 s for the store");
        harvest.api().awaitState(1, "waiting"); // the other one may still have a document under way
        harvest.api().awaitState(2, "waiting");
        int asked = harvest.portal.requests().size();
        awaitLog("waits 8 s for the store");
        assertThat(harvest.portal.requests()).hasSize(asked);
        harvest.store.heal();
        harvest.awaitManifests(10);
      }
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void aStoreThatIsDownAtTheStartIsWaitedFor() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      harvest.store.away();
      try (Launcher run = harvest.process().awaitLine("dashboard")) {
        awaitLog("for the store");
        harvest.store.back();
        harvest.awaitManifests(2);
        assertThat(run.stderr()).isEmpty();
      }
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1}) // pages that are complete by then: an empty bucket, and one in use
  void aStoreThatAcceptsNothingThoughItsBucketAnswersIsWaitedForAndCostsNoDocument(int pages)
      throws Exception {
    String full = "<Error><Code>QuotaExceeded</Code><Message>the quota is full</Message></Error>";
    try (Harvest harvest = new Harvest(folder, 40, 10)) {
      harvest.set("PORTAL_RATE", "20").set("PORTAL_MAX_ATTEMPTS", "2");
      if (pages == 0) {
        harvest.store.answer(
            put ->
                put.startsWith("PUT") && put.contains("/judgments/")
                    ? FaultyStore.http(403, full)
                    : null);
      }
      try (LocalInstance run = harvest.run()) {
        harvest.awaitManifests(pages);
        harvest.store.answer(put -> put.startsWith("PUT") ? FaultyStore.http(403, full) : null);
        awaitLog("for the store");
        awaitLog("403 QuotaExceeded: the quota is full");
        harvest.store.heal();
        harvest.awaitManifests(4);
      }
      assertThat(harvest.audit().path("stored").asInt()).isEqualTo(40);
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 500, 503})
  void anObjectThatTheStoreRefusesCostsThatOneAloneWhateverTheStatus(int status) throws Exception {
    try (Harvest harvest = new Harvest(folder, 4, 2)) {
      harvest.store.refuse(
          request -> request.startsWith("PUT") && request.endsWith("/doc/1.pdf") ? status : 0);
      harvest.set("PORTAL_MAX_ATTEMPTS", "2").set("PORTAL_CONCURRENCY", "1").runToTheEnd();

      assertThat(harvest.row(1, 1).path("reason").asText()).isEqualTo("store");
      assertThat(harvest.store.objects("judgments")).hasSize(3);
    }
  }

  @Test
  void anObjectThatTheStoreRefusesFailsAloneWithItsReason() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      harvest.store.refuse(
          request -> request.startsWith("PUT") && request.endsWith("/doc/5.pdf") ? 403 : 0);
      harvest.set("PORTAL_MAX_ATTEMPTS", "2").runToTheEnd();

      assertThat(harvest.row(1, 5).path("reason").asText()).isEqualTo("store");
      assertThat(harvest.store.objects("judgments")).hasSize(19);
    }
  }

  @Test
  void aDocumentThatIsTooLargeIsRejectedAndALargeOneNeedsLittleHeap() throws Exception {
    try (Harvest harvest = new Harvest(folder, 3, 3)) {
      harvest.portal.fault("/doc/1.pdf", Fault.large(150_000_000));
      harvest.portal.fault("/doc/2.pdf", Fault.large(300_000_000));
      harvest.portal.fault("/doc/3.pdf", Fault.endless());
      harvest.set("S3_ENDPOINT", harvest.store.directEndpoint().toString());
      try (Launcher run = harvest.process()) { // with the heap of the launcher
        harvest.awaitManifests(1);
      }

      assertThat(harvest.row(1, 1).path("size").asLong()).isEqualTo(150_000_000);
      assertThat(harvest.row(1, 2).path("reason").asText()).isEqualTo("too_large");
      assertThat(harvest.row(1, 3).path("reason").asText()).isEqualTo("too_large");
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void aPortalThatHangsOrDripsRunsIntoTheTimeout() throws Exception {
    try (Harvest harvest = new Harvest(folder, 3, 3)) {
      harvest.portal.faultFirst("/doc/1.pdf", 1, Fault.hang());
      harvest.portal.fault("/doc/2.pdf", Fault.drip());
      harvest
          .set("PORTAL_RESPONSE_TIMEOUT", "1s")
          .set("PORTAL_DOCUMENT_TIMEOUT", "2s")
          .set("PORTAL_MAX_ATTEMPTS", "2")
          .runToTheEnd();

      assertThat(harvest.row(1, 1).path("state").asText()).isEqualTo("stored");
      assertThat(harvest.row(1, 2).path("reason").asText()).isEqualTo("timeout");
    }
  }

  @Test
  void retryAfterPausesEveryRequestToThePortal() throws Exception {
    try (Harvest harvest = new Harvest(folder, 60, 10)) {
      harvest.set("PORTAL_RATE", "50").set("HARVEST_SCRIPTS", "3");
      harvest.portal.faultFirst("/doc/12.pdf", 1, Fault.status(429, "Retry-After: 2"));
      harvest.runToTheEnd();

      var requests = harvest.portal.requests();
      long asked =
          requests.stream().filter(r -> r.path().equals("/doc/12.pdf")).findFirst().get().nanos();
      long[] after =
          requests.stream()
              .mapToLong(PortalSimulator.Recorded::nanos)
              .filter(nanos -> nanos >= asked)
              .sorted()
              .toArray();
      // requests already sent may still arrive, on a busy machine even late
      long longest =
          IntStream.range(1, after.length).mapToLong(i -> after[i] - after[i - 1]).max().orElse(0);
      assertThat(longest).isGreaterThan(1_500_000_000L);
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void theRateAndTheConcurrencyHoldForListingsAndDocumentsTogether() throws Exception {
    try (Harvest harvest = new Harvest(folder, 90, 10)) {
      harvest.set("PORTAL_RATE", "20").set("PORTAL_CONCURRENCY", "3").set("HARVEST_SCRIPTS", "4");
      harvest.runToTheEnd();

      long[] times =
          harvest.portal.requests().stream()
              .mapToLong(PortalSimulator.Recorded::nanos)
              .sorted()
              .toArray();
      for (int i = 0; i + 21 < times.length; i++) {
        // a little less than a second, because of jitter on a busy machine
        assertThat(times[i + 21] - times[i]).isGreaterThan(950_000_000L);
      }
      assertThat(harvest.portal.mostAtOnce()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void aSecondProcessOnTheSameFolderIsRefusedInOneLine() throws Exception {
    try (Harvest harvest = new Harvest(folder, 200, 10)) {
      harvest.set("PORTAL_RATE", "5");
      try (Launcher first = harvest.process().awaitLine("dashboard")) {
        harvest.set("API_PORT", String.valueOf(Ports.free()));
        LocalCommand second = harvest.command("run");
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.stderr().lines()).hasSize(1);
        assertThat(second.stderr()).contains("harvest.data-dir", "another process");
        assertThat(first.isAlive()).isTrue();
      }
    }
  }

  private void awaitLog(String part) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.readString(folder.resolve("data/logs/instance.log")).contains(part));
  }
}
