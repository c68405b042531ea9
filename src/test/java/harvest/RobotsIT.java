package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Fault;
import testing.Launcher;
import testing.LocalInstance;
import testing.PortalSimulator.Recorded;

/** The whole program with a portal that has a robots.txt. */
class RobotsIT {
  private static final String ROBOTS = "/robots.txt";

  @TempDir Path folder;

  @Test
  void whatIsAllowedIsHarvestedAfterOneRequestForRobotsTxt() throws Exception {
    try (Harvest harvest = new Harvest(folder, 30, 10)) {
      harvest.portal.robots(
          "User-agent: *",
          "Disallow: /",
          "",
          "User-agent: judgment-harvester",
          "Disallow: /admin/",
          "Allow: /");
      harvest.runToTheEnd();

      assertThat(harvest.audit().path("stored").asInt()).isEqualTo(30);
      assertThat(harvest.portal.requestsTo(ROBOTS)).isEqualTo(1);
      Recorded first = harvest.portal.requests().get(0);
      assertThat(first.path()).isEqualTo(ROBOTS);
      assertThat(first.headers().get("user-agent")).isEqualTo("judgment-harvester/0.1.0");
    }
  }

  @Test
  void withoutARobotsTxtEverythingIsHarvested() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      harvest.runToTheEnd();

      assertThat(harvest.portal.requests().get(0).path()).isEqualTo(ROBOTS);
      assertThat(harvest.portal.requestsTo(ROBOTS)).isEqualTo(1);
      assertThat(harvest.audit().path("stored").asInt()).isEqualTo(20);
    }
  }

  @Test
  void disallowedListingsMakeTheScriptsWaitAndNothingElseIsRequested() throws Exception {
    try (Harvest harvest = new Harvest(folder, 40, 10)) {
      harvest.portal.robots("User-agent: *", "Disallow: /list/");
      try (Launcher run = harvest.process()) {
        Api api = harvest.api();
        api.awaitState(1, "waiting");
        api.awaitState(2, "waiting");

        JsonNode script = api.script(2);
        assertThat(script.path("waiting_reason").asText()).isEqualTo("robots");
        assertThat(script.path("is_running").asBoolean()).isTrue();
        assertThat(script.path("last_error").asText())
            .isEqualTo(
                harvest.portal.url()
                    + "/robots.txt disallows /list/3 for judgment-harvester; the portal's owner"
                    + " must allow it, or portal.robots=ignore be set");
        assertThat(api.status().path("waiting_scripts").asInt()).isEqualTo(2);
        // tried again, and still only that one request
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> api.status().path("errors").path("robots").asInt() >= 4);
        assertThat(harvest.portal.requests()).extracting(Recorded::path).containsExactly(ROBOTS);

        api.post("/api/scripts/stop-all");
        api.awaitState(1, "stopped");
        run.terminate();
        assertThat(run.exitCode()).isZero();
      }
    }
  }

  @Test
  void aDisallowedDocumentIsRejectedAndItsPageContinues() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      harvest.portal.robots("User-agent: *", "Disallow: /doc/10.pdf");
      harvest.runToTheEnd();

      assertThat(harvest.row(1, 10).path("state").asText()).isEqualTo("rejected");
      assertThat(harvest.row(1, 10).path("reason").asText()).isEqualTo("robots");
      assertThat(harvest.portal.requestsTo("/doc/10.pdf")).isZero();
      assertThat(harvest.audit().path("stored").asInt()).isEqualTo(19);
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void aRobotsTxtThatRedirectsElsewhereIsNoPermission() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      harvest.portal.fault(ROBOTS, Fault.status(302, "Location: http://elsewhere.test/robots.txt"));
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "waiting");
        assertThat(api.script(1).path("waiting_reason").asText()).isEqualTo("robots");
        assertThat(api.script(1).path("last_error").asText())
            .contains("/robots.txt redirects to the host elsewhere.test");
        assertThat(harvest.portal.requests()).extracting(Recorded::path).containsOnly(ROBOTS);
      }
    }
  }

  @Test
  void aRobotsTxtThatAnswers503SuspendsUntilItIsBack() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      harvest.portal.fault(ROBOTS, Fault.status(503));
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "waiting");
        JsonNode script = api.script(1);
        assertThat(script.path("waiting_reason").asText()).isEqualTo("robots");
        assertThat(script.path("last_error").asText()).contains("/robots.txt answered 503");
        assertThat(harvest.portal.requests()).extracting(Recorded::path).containsOnly(ROBOTS);

        harvest.portal.heal();
        api.awaitState(1, "completed");
        api.awaitState(2, "completed");
        assertThat(api.script(1).path("waiting_reason").isNull()).isTrue();
        assertThat(api.script(1).path("last_error").isNull()).isTrue();
      }
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void aRobotsTxtThatDoesNotArriveCountsAsAPortalThatIsDown() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      harvest.portal.fault(ROBOTS, Fault.reset());
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(1, "waiting");
        assertThat(api.script(1).path("waiting_reason").asText()).isEqualTo("portal");
        assertThat(api.script(1).path("last_error").asText()).contains("/robots.txt: ");

        harvest.portal.heal();
        api.awaitState(1, "completed");
        api.awaitState(2, "completed");
      }
    }
  }

  @Test
  void scriptsThatWaitForAHangingRobotsTxtCanBeStopped() throws Exception {
    try (Harvest harvest = new Harvest(folder, 40, 10)) {
      harvest.portal.fault(ROBOTS, Fault.hang());
      harvest.set("HARVEST_SCRIPTS", "4");
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        for (int id = 1; id <= 4; id++) {
          api.awaitState(id, "running");
        }
        Awaitility.await().until(() -> harvest.portal.requestsTo(ROBOTS) == 1);
        api.post("/api/scripts/stop-all");
        for (int id = 1; id <= 4; id++) {
          api.awaitState(id, "stopped");
        }
        assertThat(harvest.portal.requests()).extracting(Recorded::path).containsOnly(ROBOTS);
      }
    }
  }

  @Test
  void theOperatorMayIgnoreIt() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10)) {
      harvest.portal.robots("User-agent: *", "Disallow: /");
      harvest.set("PORTAL_ROBOTS", "ignore").runToTheEnd();

      assertThat(harvest.audit().path("stored").asInt()).isEqualTo(20);
      assertThat(harvest.portal.requestsTo(ROBOTS)).isZero();
      assertThat(Files.readString(folder.resolve("data/logs/instance.log")))
          .containsOnlyOnce("portal.robots=ignore");
    }
  }

  @Test
  void theCrawlDelaySpacesAllRequests() throws Exception {
    try (Harvest harvest = new Harvest(folder, 4, 2)) {
      harvest.portal.robots("User-agent: *", "Crawl-delay: 1");
      harvest.runToTheEnd();

      long[] times = times(harvest);
      assertThat(times).hasSize(1 + 2 + 4);
      for (int i = 0; i + 1 < times.length; i++) {
        // a little less than a second, because of jitter on a busy machine
        assertThat(times[i + 1] - times[i]).isGreaterThan(800_000_000L);
      }
      assertThat(times[6] - times[0]).isGreaterThan(5_950_000_000L);
    }
  }

  @Test
  void aCrawlDelayShorterThanTheRatesSpeedsNothingUp() throws Exception {
    try (Harvest harvest = new Harvest(folder, 12, 6)) {
      harvest.portal.robots("User-agent: *", "Crawl-delay: 0.1");
      harvest.set("PORTAL_RATE", "3").runToTheEnd();

      long[] times = times(harvest);
      assertThat(times).hasSize(1 + 2 + 12);
      // 14 intervals of a third of a second, not of a tenth; requests take some time to arrive
      assertThat(times[14] - times[0]).isGreaterThan(4_300_000_000L);
    }
  }

  private static long[] times(Harvest harvest) {
    return harvest.portal.requests().stream().mapToLong(Recorded::nanos).sorted().toArray();
  }
}
