package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import demo.ecourts.EcourtsJudgment;
import demo.ecourts.EcourtsPortal;
import demo.ecourts.PortalCall;
import demo.ecourts.PortalCall.Kind;
import demo.ecourts.PortalFault;
import demo.ecourts.PortalFaults;
import demo.ecourts.PortalMoods;
import demo.ecourts.RowShape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import testing.Launcher;
import testing.LocalInstance;

/** The eCourts portal, well and misbehaving, harvested by the real program over HTTP. */
class EcourtsIT {
  private static final int PAGE_SIZE = 10;

  @TempDir Path folder;

  private Harvest harvest(EcourtsPortal portal, int documents) throws IOException {
    return new Harvest(folder, documents, PAGE_SIZE)
        .set("PORTAL_TYPE", "ecourts")
        .set("PORTAL_URL", portal.address().toString());
  }

  private static PortalMoods plain() {
    return PortalMoods.good().withPlainRows();
  }

  /** Each fetchable document is in the bucket with the portal's bytes. */
  private static void requireAll(Harvest harvest, List<EcourtsJudgment> judgments)
      throws IOException {
    Map<String, byte[]> objects = harvest.store.objects("judgments/");
    for (EcourtsJudgment judgment : judgments) {
      judgment
          .path()
          .ifPresent(
              path ->
                  assertThat(objects.get(path.replace(" ", "%20")))
                      .as(path)
                      .isEqualTo(judgment.pdf()));
    }
  }

  @Test
  void rowsOfEveryShapeAreStoredOrRecordedWithTheirReason() throws Exception {
    int documents = 60;
    try (EcourtsPortal portal = new EcourtsPortal(documents, PortalMoods.good());
        Harvest harvest = harvest(portal, documents)) {
      List<EcourtsJudgment> listed = portal.listed();
      harvest.runToTheEnd();

      requireAll(harvest, listed);
      for (int n = 0; n < documents; n++) {
        JsonNode row = harvest.row(n / PAGE_SIZE + 1, n % PAGE_SIZE + 1);
        EcourtsJudgment judgment = listed.get(n);
        if (judgment.shape().isUnreadable()) {
          assertThat(row.path("reason").asText()).isEqualTo("unreadable");
          assertThat(row.path("raw").asText()).isNotEmpty();
        } else {
          assertThat(row.path("title").asText()).isEqualTo(judgment.title());
          assertThat(row.path("cnr").asText()).isEqualTo(judgment.cnr());
          assertThat(row.path("judge").asText()).isEqualTo(judgment.judge());
          assertThat(row.path("court").asText()).isEqualTo(judgment.court());
          assertThat(row.path("date_of_registration").asText())
              .isEqualTo(judgment.registered().toString());
          assertThat(row.path("decision_date").asText()).isEqualTo(judgment.decided().toString());
          assertThat(row.path("disposal_nature").asText()).isEqualTo(judgment.outcome());
          assertThat(row.path("excerpt").asText()).isNotEmpty();
          boolean withheld = judgment.shape() == RowShape.WITHHELD;
          assertThat(row.path("state").asText()).isEqualTo(withheld ? "rejected" : "stored");
          assertThat(row.path("reason").asText("")).isEqualTo(withheld ? "withheld" : "");
        }
      }
      assertThat(portal.record().overlaps()).isZero();
      assertThat(portal.record().sessions()).isEqualTo(2); // one per script
      assertThat(portal.record().calls()).allMatch(c -> c.userAgent().startsWith("judgment-harv"));
      JsonNode audit = harvest.audit();
      assertThat(audit.path("exit").asInt()).isZero();
      assertThat(audit.path("rejected").asInt()).isEqualTo(12);
    }
  }

  @Test
  void furtherLanguagesAreDocumentsOfTheirOwn() throws Exception {
    try (EcourtsPortal portal = new EcourtsPortal(20, PortalMoods.good());
        Harvest harvest = harvest(portal, 20).set("PORTAL_ECOURTS_LANGUAGES", "PUN")) {
      EcourtsJudgment judgment =
          portal.listed().stream().filter(each -> !each.languages().isEmpty()).findFirst().get();
      harvest.runToTheEnd();

      String key = judgment.path().get();
      Map<String, byte[]> objects = harvest.store.objects("judgments/");
      assertThat(objects.get(key)).isEqualTo(judgment.pdf());
      assertThat(objects.get(key + "%3Flang=PUN")).isEqualTo(judgment.pdf("PUN"));
      assertThat(objects).doesNotContainKey(key + "%3Flang=HIN");
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  static List<PortalMoods> restlessSessions() {
    return List.of(
        plain().with(PortalMoods.Sessions.ofRequests(7)),
        plain().with(PortalMoods.Sessions.rotating(2)).with(PortalMoods.Tokens.NOT_WITH_ERRORS));
  }

  @ParameterizedTest
  @MethodSource("restlessSessions")
  void aSessionThatEndsCostsNoAttemptAndNothingIsFetchedTwice(PortalMoods moods) throws Exception {
    try (EcourtsPortal portal = new EcourtsPortal(40, moods);
        Harvest harvest = harvest(portal, 40).set("PORTAL_MAX_ATTEMPTS", "1")) {
      harvest.runToTheEnd();

      requireAll(harvest, portal.listed());
      assertThat(portal.record().served()).doesNotHaveDuplicates().hasSize(40);
      assertThat(portal.record().overlaps()).isZero();
      assertThat(harvest.audit().path("exit").asInt()).isZero();
      if (moods.sessions().requests() == Integer.MAX_VALUE) {
        assertThat(portal.record().sessions()).isEqualTo(2);
        assertThat(portal.record().calls(Kind.LISTING)).hasSize(4);
      }
    }
  }

  private static final List<PortalFault> FAILURES =
      List.of(
          PortalFaults.errorMessage("Something went wrong"),
          PortalFaults.errorMessage("Invalid token"),
          PortalFaults.sessionExpire(),
          PortalFaults.htmlPage(),
          PortalFaults.htmlNamedPdf(),
          PortalFaults.notFoundPage(),
          PortalFaults.emptyBody(),
          PortalFaults.halfAnswer(),
          PortalFaults.cutOff(),
          PortalFaults.status(404));

  /** Every page, and each step of every document, fails at first, each in its own way. */
  private static Optional<PortalFault> atFirst(PortalCall call) {
    int way = (call.subject() + call.kind()).hashCode() & Integer.MAX_VALUE;
    return switch (call.kind()) {
      case LISTING, OPEN, DOCUMENT ->
          call.before() > 0
              ? Optional.empty()
              : Optional.of(
                  FAILURES.get(
                      call.kind() == Kind.LISTING
                          ? Integer.parseInt(call.subject()) / PAGE_SIZE % FAILURES.size()
                          : way % FAILURES.size()));
      default -> Optional.empty();
    };
  }

  @Test
  void aFailureInsideStatus200IsNeverTakenForAnEmptyPageOrADocument() throws Exception {
    int documents = FAILURES.size() * PAGE_SIZE;
    try (EcourtsPortal portal = new EcourtsPortal(documents, plain());
        Harvest harvest = harvest(portal, documents).set("HARVEST_SCRIPTS", "5")) {
      portal.faults(EcourtsIT::atFirst);
      harvest.runToTheEnd();

      requireAll(harvest, portal.listed());
      assertThat(harvest.audit().path("exit").asInt()).isZero();
      assertThat(portal.record().calls(Kind.OPEN)).hasSizeGreaterThan(documents);
    }
  }

  @Test
  void aDocumentThatNeverArrivesFailsWithItsReasonAndIsRetriedOnRequest() throws Exception {
    try (EcourtsPortal portal = new EcourtsPortal(20, plain());
        Harvest harvest = harvest(portal, 20).set("PORTAL_MAX_ATTEMPTS", "3")) {
      String sick = portal.listed().get(4).path().get();
      portal.faults(
          call ->
              call.kind() == Kind.OPEN && call.subject().equals(sick)
                  ? Optional.of(PortalFaults.errorMessage("Something went wrong"))
                  : Optional.empty());
      harvest.runToTheEnd();

      JsonNode row = harvest.row(1, 5);
      assertThat(row.path("state").asText()).isEqualTo("failed");
      assertThat(row.path("reason").asText()).isEqualTo("not_pdf");
      assertThat(row.path("http_status").asInt()).isEqualTo(200);
      assertThat(portal.record().calls(Kind.OPEN).stream().map(c -> c.subject()))
          .filteredOn(sick::equals)
          .hasSize(3);
      assertThat(harvest.audit().path("findings").path("retryable").asInt()).isEqualTo(1);

      portal.faults(call -> Optional.empty());
      int listings = portal.record().calls(Kind.LISTING).size();
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.post("/api/retry-failed");
        api.awaitState(1, "completed");
      }
      requireAll(harvest, portal.listed());
      assertThat(portal.record().calls(Kind.LISTING)).hasSize(listings); // its manifest was enough
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void oneCourtAndOneSpanOfDatesCanBeHarvestedAlone() throws Exception {
    try (EcourtsPortal portal = new EcourtsPortal(400, plain().with(PortalMoods.Tokens.NONE));
        Harvest harvest = harvest(portal, PAGE_SIZE)) {
      LocalDate from = LocalDate.of(2010, 3, 1);
      LocalDate to = LocalDate.of(2011, 2, 28);
      List<EcourtsJudgment> wanted =
          portal.listed().stream()
              .filter(each -> each.stateCode().equals("27~1"))
              .filter(each -> !each.decided().isBefore(from) && !each.decided().isAfter(to))
              .toList();
      int pages = (wanted.size() + PAGE_SIZE - 1) / PAGE_SIZE;
      harvest
          .set("PORTAL_ECOURTS_STATE_CODE", "27~1")
          .set("PORTAL_ECOURTS_FROM_DATE", from.toString())
          .set("PORTAL_ECOURTS_TO_DATE", to.toString())
          .set("HARVEST_PAGES", String.valueOf(pages));
      try (LocalInstance run = harvest.run()) {
        harvest.awaitManifests(pages);
      }

      requireAll(harvest, wanted);
      assertThat(harvest.store.count("judgments")).isEqualTo(wanted.size());
    }
  }

  @ParameterizedTest
  @CsvSource({"home/, LISTING", "openpdfcaptcha, OPEN"})
  void aPostThatRobotsTxtDisallowsIsNeverSentAndTheScriptWaits(String call, Kind kind)
      throws Exception {
    String robots = "User-agent: *\nDisallow: /*?p=pdf_search/" + call + "\n";
    try (EcourtsPortal portal = new EcourtsPortal(20, plain().withRobots(robots));
        Harvest harvest = harvest(portal, 20).set("HARVEST_SCRIPTS", "1")) {
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "waiting");

        JsonNode script = api.script(1);
        assertThat(script.path("waiting_reason").asText()).isEqualTo("robots");
        assertThat(script.path("last_error").asText())
            .contains("/robots.txt disallows", "?p=pdf_search/" + call, "portal.robots=ignore");
        assertThat(portal.record().calls(kind)).isEmpty();
        assertThat(script.path("failed_downloads").asInt()).isZero();
      }
      assertThat(harvest.store.count("manifests")).isZero();
    }
  }

  @Test
  void filesOfEveryPageAreStoredDespiteAKillMidway() throws Exception {
    try (EcourtsPortal portal = new EcourtsPortal(60, plain());
        Harvest harvest = harvest(portal, 60)) {
      try (Launcher run = harvest.process()) {
        harvest.awaitManifests(2);
        run.kill();
      }
      harvest.runToTheEnd();

      requireAll(harvest, portal.listed());
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void aListThatGrowsWhileItIsReadIsCompleteOnceASweepFindsNothingNew() throws Exception {
    try (EcourtsPortal portal = new EcourtsPortal(60, plain());
        Harvest harvest = harvest(portal, 60)) {
      portal.faults(
          call -> {
            if (call.kind() == Kind.LISTING && call.before() == 0 && !call.subject().equals("0")) {
              portal.grow(3); // before the response: pages move while they are read
            }
            return Optional.empty();
          });
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "completed");
        api.awaitState(2, "completed");
        boolean quiet = false;
        while (!quiet) { // as an operator does: all scripts, until none finds anything
          quiet = true;
          for (int id : List.of(1, 2)) {
            assertThat(api.post("/api/scripts/" + id + "/sweep").status()).isEqualTo(202);
            api.awaitState(id, "completed");
            quiet &= lastWord(api, id).contains("nothing new");
          }
        }
        assertThat(api.status().path("completed_pages").asInt()).isGreaterThan(6); // it has grown
      }
      assertThat(portal.listed()).hasSizeGreaterThan(60);
      requireAll(harvest, portal.listed());
      JsonNode audit = harvest.audit();
      assertThat(audit.path("exit").asInt()).isZero();
      assertThat(audit.path("drift").path("total").asInt()).isEqualTo(portal.listed().size());
    }
  }

  private static String lastWord(Api api, int script) {
    return api.logs(script).stream()
        .filter(line -> line.contains("the sweep found"))
        .reduce("", (earlier, later) -> later);
  }
}
