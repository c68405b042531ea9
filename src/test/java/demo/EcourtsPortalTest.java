package demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The portal in its best mood: what a visitor meets who does everything right. */
class EcourtsPortalTest {
  private EcourtsPortal portal;
  private EcourtsVisitor visitor;

  @BeforeEach
  void start() throws Exception {
    portal = new EcourtsPortal(57, EcourtsMoods.good());
    visitor = new EcourtsVisitor(portal);
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  @Test
  void theStartPageOpensASessionAndShowsACaptchaAndAnEmptyToken() throws Exception {
    Document page = Jsoup.parse(visitor.text(""));

    assertThat(visitor.cookies).containsOnlyKeys("JSESSION", "JUDGEMENTSSEARCH_SESSID");
    assertThat(page.select("img#captcha_image").attr("src"))
        .startsWith("/pdfsearch/vendor/securimage/securimage_show.php?");
    assertThat(page.select("input#captcha[name=captcha]").attr("maxlength")).isEqualTo("6");
    assertThat(page.select("input[type=hidden][name=app_token]").attr("value")).isEmpty();
    assertThat(portal.record().sessions()).isEqualTo(1);
  }

  @Test
  void aPageOfTheListingHasItsRowsAndTheTotalAsText() throws Exception {
    visitor.get("");

    JsonNode answer = visitor.list(50, 25);

    JsonNode table = answer.get("reportrow");
    assertThat(table.get("sEcho").asInt()).isEqualTo(7);
    assertThat(table.get("iTotalRecords").isTextual()).isTrue();
    assertThat(table.get("iTotalRecords").asText()).isEqualTo("57");
    assertThat(table.get("iTotalDisplayRecords").asText()).isEqualTo("57");
    assertThat(table.get("aaData")).hasSize(7);
    assertThat(table.get("aaData").get(0).get(0).asInt()).isEqualTo(51);
    assertThat(answer.get("app_token").asText()).hasSize(64);
  }

  @Test
  void aDocumentTakesTwoSteps() throws Exception {
    visitor.get("");
    String path = portal.judgment(1).path().orElseThrow();

    JsonNode opened = visitor.open(path);
    HttpResponse<byte[]> document = visitor.get(opened.get("outputfile").asText());

    assertThat(opened.get("outputfile").asText()).matches("/pdfsearch/tmp/[0-9a-f]{32}\\.pdf");
    assertThat(document.statusCode()).isEqualTo(200);
    assertThat(document.headers().firstValue("Content-Type")).hasValue("application/pdf");
    assertThat(document.body()).isEqualTo(portal.judgment(1).pdf()).startsWith("%PDF-".getBytes());
    assertThat(portal.record().served()).containsExactly(path);
  }
}
