package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import demo.ecourts.EcourtsPortal;
import demo.ecourts.PortalMoods;
import demo.ecourts.PortalMoods.Captchas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.LocalCommand;

/** {@code check}: what a newcomer runs first. */
@Timeout(120)
class CheckIT {
  @TempDir private Path folder;

  /** A user who has not configured the portal's pages. */
  private Harvest newcomer(int documents, int pageSize) throws IOException {
    return new Harvest(folder, documents, pageSize)
        .set("HARVEST_PAGES", "")
        .set("HARVEST_PAGE_SIZE", "")
        .set("HARVEST_TOTAL_RESULTS", "")
        .set("PORTAL_RATE", "50");
  }

  @Test
  void aConfigurationThatWorksExitsWith0AndNothingIsWritten() throws Exception {
    try (Harvest harvest = new Harvest(folder, 453, 30)) {
      harvest.set("HARVEST_PAGES", "").set("HARVEST_TOTAL_RESULTS", "453").set("PORTAL_RATE", "50");

      LocalCommand check = harvest.command("check");

      assertThat(check.stdout())
          .contains("the portal lists 453 documents in pages of 30, as configured")
          .contains("page 16, the last by the plan, lists 3 rows")
          .contains("a document was downloaded and is a whole PDF")
          .contains("the harvest takes about 1 min at portal.rate=50")
          .contains("the bucket judgment-bucket will be created")
          .endsWith("all well");
      assertThat(check.stderr()).isEmpty();
      assertThat(check.exitCode()).isZero();
      assertThat(harvest.store.requests()).noneMatch(request -> request.startsWith("PUT"));
      assertThat(folder.resolve("data")).doesNotExist();
    }
  }

  @Test
  void valuesThatDifferFromThePortalsAreNamedAndCanBeWrittenIntoTheFile() throws Exception {
    try (Harvest harvest = newcomer(453, 30)) {
      Path file = folder.resolve("application.properties");
      Files.writeString(file, "# mine\nharvest.page-size: 100\n\nportal.concurrency = 2\n");

      LocalCommand check = harvest.command("check");
      assertThat(check.exitCode()).isEqualTo(1);
      assertThat(check.stdout())
          .contains("page 1 lists 30 rows, at least 100 expected: set harvest.page-size=30")
          .contains(
              "the portal lists 453 documents in pages of 30; configured are 16,886,658 in pages"
                  + " of 100: set harvest.total-results and harvest.page-size")
          .contains("harvest.total-results = 453", "harvest.page-size = 30", "2 problems");

      assertThat(harvest.command("check", "--write").exitCode()).isZero();
      assertThat(file)
          .hasContent(
              "# mine\nharvest.page-size: 30\n\nportal.concurrency = 2\nharvest.total-results = 453");
      assertThat(harvest.command("check").exitCode()).isZero();
      assertThat(harvest.command("plan").stdout()).startsWith("453 results on 16 pages of 30");
    }
  }

  @Test
  void ifOnlyThePagesDifferFromThePortalsOnlyTheirKeyIsNamed() throws Exception {
    try (Harvest harvest = newcomer(45, 10)) {
      harvest
          .set("HARVEST_TOTAL_RESULTS", "45")
          .set("HARVEST_PAGE_SIZE", "10")
          .set("HARVEST_PAGES", "4");

      LocalCommand check = harvest.command("check");

      assertThat(check.exitCode()).isEqualTo(1);
      assertThat(check.stdout())
          .contains(
              "the portal lists 45 documents in pages of 10; configured are 45 in pages of 10 on 4"
                  + " pages: set harvest.pages\n")
          .contains("\n  harvest.pages = 5\n")
          .doesNotContain("harvest.total-results");
    }
  }

  @Test
  void aFolderThatAnInstanceWouldRefuseIsReported() throws Exception {
    try (Harvest harvest = new Harvest(folder, 45, 10)) {
      Path shared = Files.createDirectory(folder.resolve("shared"));
      Files.setAttribute(shared, "unix:mode", 01777);
      harvest.set("HARVEST_DATA_DIR", shared.toString());

      LocalCommand check = harvest.command("check");

      assertThat(check.stdout())
          .contains("PROBLEM  harvest.data-dir: \"%s\" cannot be used".formatted(shared))
          .contains("it is shared by all users");
      assertThat(check.exitCode()).isEqualTo(1);
      assertThat(shared).isEmptyDirectory();
    }
  }

  @Test
  void withJsonThereIsOneObjectAndNothingElse() throws Exception {
    try (Harvest harvest = newcomer(45, 10)) {
      LocalCommand check = harvest.command("check", "--json");

      JsonNode report = new ObjectMapper().readTree(check.stdout());
      assertThat(check.exitCode()).isEqualTo(1);
      assertThat(report.path("ok").asBoolean()).isFalse();
      assertThat(report.path("portal_total").asInt()).isEqualTo(45);
      assertThat(report.path("portal_page_size").asInt()).isEqualTo(10);
      assertThat(report.path("derived").path("harvest.page-size").asText()).isEqualTo("10");
      assertThat(report.path("checks").get(0).path("state").asText()).isEqualTo("ok");
      assertThat(report.path("checks").get(0).path("name").asText()).isEqualTo("robots");
    }
  }

  @Test
  void documentsOnOtherHostsAreReportedWithTheKeyThatAllowsThem() throws Exception {
    try (Harvest harvest = newcomer(2, 2)) {
      harvest.portal.page(1, "http://cdn.example/a.pdf", "http://cdn.example/b.pdf");

      LocalCommand check = harvest.command("check");

      assertThat(check.exitCode()).isEqualTo(1);
      assertThat(check.stdout())
          .contains("2 of 2 documents of page 1 are on other hosts")
          .contains("set portal.allowed-hosts=127.0.0.1,cdn.example");
    }
  }

  @Test
  void addressesThatNobodyCanFetchAreNotCountedAsOtherHosts() throws Exception {
    try (Harvest harvest = newcomer(3, 3)) {
      harvest.portal.page(1, "/doc/1.pdf", "http://cdn.example/b.pdf", "javascript:show.pdf");

      LocalCommand check = harvest.command("check");

      assertThat(check.stdout().replaceAll("\\s+", " "))
          .contains("1 of 3 documents of page 1 are on other hosts")
          .contains("1 bad_address");
    }
  }

  @Test
  void aPortalThatIgnoresThePageAndABrokenDocumentAreReported() throws Exception {
    try (Harvest harvest = newcomer(40, 10)) {
      harvest.portal.page(2, hrefs());
      for (int n = 1; n <= 3; n++) {
        harvest.portal.fault("/doc/" + n + ".pdf", Fault.body("text/html", "<p>no".getBytes()));
      }

      LocalCommand check = harvest.command("check");

      assertThat(check.stdout())
          .contains("page 2 names the same documents as page 1")
          .contains("3 documents were tried, without success");
    }
  }

  @Test
  void aResponseThatBreaksOffIsReportedInOneLine() throws Exception {
    try (Harvest harvest = newcomer(40, 10)) {
      harvest.portal.fault("/doc/1.pdf", Fault.cutOff());
      LocalCommand document = harvest.command("check");
      harvest.portal.fault("/list/1", Fault.cutOff());
      LocalCommand listing = harvest.command("check");

      assertThat(document.stdout()).doesNotContain("camel");
      assertThat(listing.stdout()).contains("PROBLEM  " + harvest.portal.url() + "/list/1");
      assertThat(listing.stdout()).contains("Premature end").doesNotContain("camel");
      assertThat(listing.exitCode()).isEqualTo(1);
      assertThat(listing.stderr()).isEmpty();
    }
  }

  private static String[] hrefs() {
    String[] hrefs = new String[10];
    for (int i = 0; i < hrefs.length; i++) {
      hrefs[i] = "/doc/" + (i + 1) + ".pdf";
    }
    return hrefs;
  }

  @Test
  void disallowingRobotsASelectorThatFindsNothingAndUnreachablePartiesAreReported()
      throws Exception {
    try (Harvest harvest = newcomer(40, 10)) {
      harvest.set("PORTAL_LINK_SELECTOR", "a.none");
      assertThat(harvest.command("check").stdout()).contains("portal.link-selector");

      harvest.portal.robots("User-agent: *", "Disallow: /");
      harvest.store.away();
      LocalCommand check = harvest.command("check");
      assertThat(check.stdout()).contains("robots.txt").contains("does not answer");
      assertThat(check.exitCode()).isEqualTo(1);

      harvest.portal.close();
      check = harvest.command("check");
      assertThat(check.stdout()).contains("PROBLEM  " + harvest.portal.url());
      assertThat(check.exitCode()).isEqualTo(1);
      assertThat(check.stderr()).isEmpty();
    }
  }

  @Test
  void aCaptchaIsForAPerson() throws Exception {
    try (Harvest harvest = newcomer(40, 10);
        EcourtsPortal portal =
            new EcourtsPortal(40, PortalMoods.good().with(Captchas.onFirstSearch()))) {
      harvest.set("PORTAL_TYPE", "ecourts").set("PORTAL_URL", portal.address().toString());

      LocalCommand check = harvest.command("check");

      assertThat(check.stdout()).contains("warning  the portal asks for a captcha", "a person");
      assertThat(check.exitCode()).isZero();
    }
  }

  @Test
  void ecourtsIsCheckedLikeAnyOther() throws Exception {
    try (Harvest harvest = newcomer(453, 100);
        EcourtsPortal portal = new EcourtsPortal(453, PortalMoods.good())) {
      harvest.set("PORTAL_TYPE", "ecourts").set("PORTAL_URL", portal.address().toString());

      LocalCommand check = harvest.command("check");

      assertThat(check.stdout())
          .contains("the portal lists 453 documents in pages of 100; configured are 16,886,658")
          .contains("page 5, the last by the plan, lists 53 rows")
          .contains("a document was downloaded");
      assertThat(check.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aMistakeInTheConfigurationExitsWith2() throws Exception {
    try (Harvest harvest = newcomer(40, 10).set("PORTAL_RATE", "fast")) {
      LocalCommand check = harvest.command("check");

      assertThat(check.exitCode()).isEqualTo(2);
      assertThat(check.stderr()).hasLineCount(1).startsWith("portal.rate: ");
      assertThat(check.stdout()).isEmpty();
    }
  }
}
