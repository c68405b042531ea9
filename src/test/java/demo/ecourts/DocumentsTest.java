package demo.ecourts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the simulated portal serves its documents. */
class DocumentsTest {
  private EcourtsPortal portal;
  private PortalVisitor visitor;

  @AfterEach
  void stop() {
    portal.close();
  }

  private void visit(PortalMoods moods) throws Exception {
    portal = new EcourtsPortal(57, moods);
    visitor = new PortalVisitor(portal);
    visitor.get("");
  }

  private String path(int number) {
    return portal.judgment(number).path().orElseThrow();
  }

  @Test
  void aDocumentTakesTwoSteps() throws Exception {
    visit(PortalMoods.good());

    JsonNode opened = visitor.open(path(1));
    HttpResponse<byte[]> document = visitor.get(opened.get("outputfile").asText());

    assertThat(opened.get("outputfile").asText()).matches("/pdfsearch/tmp/[0-9a-f]{32}\\.pdf");
    assertThat(opened.get("app_token").asText()).hasSize(64);
    assertThat(document.statusCode()).isEqualTo(200);
    assertThat(document.headers().firstValue("Content-Type")).hasValue("application/pdf");
    assertThat(document.body())
        .isEqualTo(portal.judgment(1).pdf())
        .startsWith("%PDF-".getBytes(UTF_8));
    assertThat(portal.record().served()).containsExactly(path(1));
  }

  @Test
  void aLanguageIsAnotherFile() throws Exception {
    visit(PortalMoods.good());
    EcourtsJudgment judgment = portal.judgment(7);

    for (String language : judgment.languages()) {
      JsonNode opened = visitor.open(path(7), Map.of("lang_flg", language));
      assertThat(visitor.get(opened.get("outputfile").asText()).body())
          .isEqualTo(judgment.pdf(language))
          .isNotEqualTo(judgment.pdf());
    }
    assertThat(judgment.languages()).containsExactly("PUN", "HIN");
    assertThat(visitor.open(path(1), Map.of("lang_flg", "PUN")).get("errormsg").asText())
        .isEqualTo("File not found in this language");
  }

  @Test
  void anAddressIsValidOnce() throws Exception {
    visit(PortalMoods.good());
    String address = visitor.open(path(1)).get("outputfile").asText();

    visitor.get(address);

    assertNotFoundPage(visitor.get(address));
  }

  @Test
  void anAddressIsValidOnlyForItsSession() throws Exception {
    visit(PortalMoods.good());
    String address = visitor.open(path(1)).get("outputfile").asText();
    PortalVisitor stranger = new PortalVisitor(portal);

    assertNotFoundPage(stranger.get(address));
    stranger.get("");
    assertNotFoundPage(stranger.get(address));

    assertThat(visitor.get(address).body()).isEqualTo(portal.judgment(1).pdf());
  }

  @Test
  void anAddressExpiresSoon() throws Exception {
    visit(PortalMoods.good().withAddressLife(Duration.ZERO));

    assertNotFoundPage(visitor.get(visitor.open(path(1)).get("outputfile").asText()));
  }

  private static void assertNotFoundPage(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).hasSize(315);
    assertThat(new String(answer.body(), UTF_8)).contains("404 Not Found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "val=x",
        "lang_flg=pun",
        "citation_year=2010",
        "fcourt_type=3",
        "file_type=",
        "nc_display="
      })
  void aDocumentIsNotOpenedWithAWrongField(String wrong) throws Exception {
    visit(PortalMoods.good());
    String[] field = wrong.split("=", 2);

    JsonNode answer = visitor.open(path(1), Map.of(field[0], field[1]));

    assertThat(answer.get("errormsg").asText()).isEqualTo("Invalid request: " + field[0]);
  }

  @Test
  void onlyAListedPathWithoutItsFragmentIsOpened() throws Exception {
    visit(PortalMoods.good());

    assertThat(visitor.open(path(1) + "#page=&search=%20").get("errormsg").asText())
        .isEqualTo("File not found");
    assertThat(visitor.open("court/other.pdf").get("errormsg").asText())
        .isEqualTo("File not found");
  }
}
