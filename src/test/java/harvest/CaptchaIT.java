package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import demo.ecourts.EcourtsPortal;
import demo.ecourts.PortalMoods;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Launcher;
import testing.LocalInstance;

/** A portal that asks for a person, and the person who answers through the API. */
class CaptchaIT {
  private static final int PAGE_SIZE = 10;

  @TempDir Path folder;

  private Harvest harvest(EcourtsPortal portal, int documents, int scripts) throws IOException {
    return new Harvest(folder, documents, PAGE_SIZE)
        .set("PORTAL_TYPE", "ecourts")
        .set("PORTAL_URL", portal.address().toString())
        .set("PORTAL_MAX_ATTEMPTS", "1")
        .set("HARVEST_SCRIPTS", String.valueOf(scripts));
  }

  private static PortalMoods asking(PortalMoods.Captchas captchas) {
    return PortalMoods.good().withPlainRows().with(captchas);
  }

  private static int answer(Api api, JsonNode captcha, String text) {
    String body = "{\"answer\":\"" + text + "\"}";
    return api.post("/api/captchas/" + captcha.path("id").asText(), body).status();
  }

  @Test
  void theCaptchaOfTheSearchIsAskedOnceAndAWrongAnswerBringsANewImage() throws Exception {
    PortalMoods moods = asking(PortalMoods.Captchas.onFirstSearch());
    try (EcourtsPortal portal = new EcourtsPortal(30, moods);
        Harvest harvest = harvest(portal, 30, 1);
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      JsonNode first = api.awaitCaptchas(1).get(0);
      assertThat(first.path("script_id").asInt()).isEqualTo(1);
      assertThat(first.path("created").asText()).isNotEmpty();
      assertThat(api.state(1)).isEqualTo("waiting");
      assertThat(api.script(1).path("waiting_reason").asText()).isEqualTo("captcha");
      assertThat(api.script(1).path("is_running").asBoolean()).isTrue();
      assertThat(api.captchas().get(0)).isEqualTo(first); // unchanged until it is answered

      assertThat(answer(api, first, "  ")).isEqualTo(400);
      assertThat(answer(api, first, "wrong")).isEqualTo(202);
      JsonNode second =
          Awaitility.await()
              .atMost(Duration.ofSeconds(30))
              .until(
                  () -> api.captchas(),
                  now -> now.size() == 1 && !now.get(0).path("id").equals(first.path("id")))
              .get(0);
      assertThat(second.path("image")).isNotEqualTo(first.path("image"));
      assertThat(answer(api, first, "late")).isEqualTo(404);
      assertThat(answer(api, second, Captchas.read(portal, second))).isEqualTo(202);
      api.awaitState(1, "completed");

      assertThat(api.captchas()).isEmpty();
      assertThat(portal.record().sessions()).isEqualTo(1);
      assertThat(portal.record().captchasWrong()).isEqualTo(1);
      assertThat(portal.record().captchasRight()).isEqualTo(1);
      assertThat(api.status().path("errors").path("captcha").asInt()).isEqualTo(1);
      assertThat(harvest.audit().path("exit").asInt()).isZero();
      String metrics =
          Api.management(Integer.parseInt(harvest.setting("MANAGEMENT_PORT")))
              .get("/observe/metrics")
              .text();
      assertThat(metrics)
          .contains("harvester_captchas_total{outcome=\"asked\"} 2.0")
          .contains("harvester_captchas_total{outcome=\"right\"} 1.0")
          .contains("harvester_captchas_total{outcome=\"wrong\"} 1.0")
          .contains("harvester_captchas_waiting 0.0");
    }
  }

  @Test
  void theCaptchaOfADocumentIsAskedOncePerSessionAndThePageContinuesWhereItWas() throws Exception {
    PortalMoods moods = asking(PortalMoods.Captchas.afterDocuments(13));
    try (EcourtsPortal portal = new EcourtsPortal(60, moods);
        Harvest harvest = harvest(portal, 60, 2);
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      List<JsonNode> both = api.awaitCaptchas(2);
      for (int id : List.of(1, 2)) {
        assertThat(api.script(id).path("total_files_downloaded").asInt()).isEqualTo(13);
        assertThat(api.script(id).path("waiting_reason").asText()).isEqualTo("captcha");
      }
      assertThat(answer(api, both.get(0), "wrong")).isEqualTo(202);
      List<JsonNode> anew =
          Awaitility.await()
              .atMost(Duration.ofSeconds(30))
              .until(() -> api.captchas(), now -> now.size() == 2 && !now.contains(both.get(0)));
      for (JsonNode captcha : anew) {
        assertThat(answer(api, captcha, Captchas.read(portal, captcha))).isEqualTo(202);
      }
      api.awaitState(1, "completed");
      api.awaitState(2, "completed");

      assertThat(portal.record().sessions()).isEqualTo(2);
      assertThat(portal.record().captchasRight()).isEqualTo(2);
      assertThat(portal.record().served()).doesNotHaveDuplicates().hasSize(60);
      assertThat(portal.record().overlaps()).isZero();
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void aScriptThatWaitsForAPersonCanBeStoppedAndKeepsItsSession() throws Exception {
    PortalMoods moods = asking(PortalMoods.Captchas.afterDocuments(5));
    try (EcourtsPortal portal = new EcourtsPortal(10, moods);
        Harvest harvest = harvest(portal, 10, 1);
        LocalInstance run = harvest.run()) {
      Api api = harvest.api();
      api.awaitCaptchas(1);
      assertThat(api.post("/api/scripts/stop/1").status()).isEqualTo(202);
      api.awaitState(1, "stopped");
      assertThat(api.captchas()).isEmpty();

      api.post("/api/scripts/start/1");
      JsonNode captcha = api.awaitCaptchas(1).get(0);
      answer(api, captcha, Captchas.read(portal, captcha));
      api.awaitState(1, "completed");
      assertThat(portal.record().sessions()).isEqualTo(1);
      assertThat(portal.record().served()).doesNotHaveDuplicates().hasSize(10);
    }
  }

  @Test
  void aRestartDoesNotBypassACaptcha() throws Exception {
    PortalMoods moods = asking(PortalMoods.Captchas.afterDocuments(5));
    try (EcourtsPortal portal = new EcourtsPortal(10, moods);
        Harvest harvest = harvest(portal, 10, 1)) {
      try (Launcher run = harvest.process()) {
        harvest.api().awaitCaptchas(1);
        run.terminate();
        assertThat(run.exitCode()).isZero();
      }
      try (Launcher run = harvest.process()) {
        Api api = harvest.api();
        JsonNode captcha = api.awaitCaptchas(1).get(0);
        assertThat(portal.record().sessions()).isEqualTo(1);
        answer(api, captcha, Captchas.read(portal, captcha));
        api.awaitState(1, "completed");
      }
      assertThat(portal.record().sessions()).isEqualTo(1);
      assertThat(portal.record().served()).doesNotHaveDuplicates().hasSize(10);
    }
  }

  @Test
  void aCaptchaHoldsUpNoOtherScript() throws Exception {
    PortalMoods moods = asking(PortalMoods.Captchas.afterDocuments(25));
    try (EcourtsPortal portal = new EcourtsPortal(50, moods);
        Harvest harvest = harvest(portal, 50, 2).set("PORTAL_CONCURRENCY", "1")) {
      // script 1 has pages 1-3 and gets a captcha, script 2 has pages 4 and 5 and gets none
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        api.awaitState(2, "completed");
        assertThat(api.awaitCaptchas(1).get(0).path("script_id").asInt()).isEqualTo(1);
        assertThat(api.status().path("waiting_scripts").asInt()).isEqualTo(1);
      }
    }
  }
}
