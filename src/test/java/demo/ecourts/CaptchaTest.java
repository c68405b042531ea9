package demo.ecourts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import demo.ecourts.PortalMoods.Captchas;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The captchas of the simulated portal. */
class CaptchaTest {
  private static final String WRONG = "000000";

  private EcourtsPortal portal;
  private PortalVisitor visitor;

  @AfterEach
  void stop() {
    portal.close();
  }

  private void visit(PortalMoods moods) throws Exception {
    portal = new EcourtsPortal(60, moods.withPlainRows());
    visitor = new PortalVisitor(portal);
    visitor.get("");
  }

  private String path(int number) {
    return portal.judgment(number).path().orElseThrow();
  }

  private String newCaptcha() throws Exception {
    return portal.textOf(visitor.get(PortalVisitor.IMAGE).body()).orElseThrow();
  }

  @Test
  void anImageIsAPngWithASixLetterText() throws Exception {
    visit(PortalMoods.good());

    HttpResponse<byte[]> answer = visitor.get(PortalVisitor.IMAGE);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(answer.body()));

    assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/png");
    assertThat(image.getWidth()).isGreaterThan(100);
    assertThat(portal.textOf(answer.body()).orElseThrow()).matches("[2-9A-HJ-NP-RT-Y]{6}");
    assertThat(portal.textOf(new byte[] {1})).isEmpty();
  }

  @Test
  void everyImageHasANewText() throws Exception {
    visit(PortalMoods.good());
    Set<String> texts = new HashSet<>();

    for (int i = 0; i < 10; i++) {
      texts.add(newCaptcha());
    }

    assertThat(texts).hasSize(10);
  }

  @Test
  void withoutASessionThereIsNoImage() throws Exception {
    visit(PortalMoods.good());

    visitor.cookies.clear();

    assertThat(visitor.get(PortalVisitor.IMAGE).body()).hasSize(315);
  }

  @Test
  void theFirstSearchIsRefusedUntilTheCaptchaIsSolved() throws Exception {
    visit(PortalMoods.good().with(Captchas.onFirstSearch()));

    JsonNode refused = visitor.list(0, 10);
    String before = visitor.cookies.get("JUDGEMENTSSEARCH_SESSID");
    JsonNode checked = visitor.check(newCaptcha());

    assertThat(refused.get("errormsg").asText()).containsIgnoringCase("captcha");
    assertThat(refused.has("reportrow")).isFalse();
    assertThat(checked.get("captcha_status").asText()).isEqualTo("Y");
    assertThat(visitor.cookies.get("JUDGEMENTSSEARCH_SESSID")).isNotEqualTo(before);
    assertThat(visitor.list(0, 10).has("reportrow")).isTrue();
    assertThat(visitor.list(10, 10).has("reportrow")).isTrue();
    assertThat(portal.record().captchasAsked()).isEqualTo(1);
    assertThat(portal.record().captchasRight()).isEqualTo(1);
    assertThat(portal.record().sessions()).isEqualTo(1);
  }

  @Test
  void everySessionIsAskedAtItsFirstSearch() throws Exception {
    visit(PortalMoods.good().with(Captchas.onFirstSearch()));
    visitor.check(newCaptcha());
    portal.endSessions();

    visitor.get("");
    visitor.token = "";

    assertThat(visitor.list(0, 10).get("errormsg").asText()).containsIgnoringCase("captcha");
  }

  @Test
  void aWrongAnswerInvalidatesTheImage() throws Exception {
    visit(PortalMoods.good().with(Captchas.onFirstSearch()));
    String text = newCaptcha();

    JsonNode wrong = visitor.check(WRONG);
    JsonNode late = visitor.check(text);

    assertThat(wrong.get("captcha_status").asText()).isEqualTo("N");
    assertThat(late.get("captcha_status").asText()).isEqualTo("N");
    assertThat(visitor.list(0, 10).has("errormsg")).isTrue();
    assertThat(portal.record().captchasWrong()).isEqualTo(2);
    assertThat(visitor.check(newCaptcha()).get("captcha_status").asText()).isEqualTo("Y");
  }

  @Test
  void onlyTheNewestImageCounts() throws Exception {
    visit(PortalMoods.good());
    String older = newCaptcha();
    newCaptcha();

    assertThat(visitor.check(older).get("captcha_status").asText()).isEqualTo("N");
  }

  @Test
  void anAnswerIsValidOnce() throws Exception {
    visit(PortalMoods.good());
    String text = newCaptcha();

    assertThat(visitor.check(text).get("captcha_status").asText()).isEqualTo("Y");
    assertThat(visitor.check(text).get("captcha_status").asText()).isEqualTo("N");
  }

  @Test
  void anAnswerIsNotCaseSensitive() throws Exception {
    visit(PortalMoods.good());

    String answer = newCaptcha().toLowerCase(Locale.ROOT);

    assertThat(visitor.check(answer).get("captcha_status").asText()).isEqualTo("Y");
  }

  @Test
  void anImageOfAnotherSessionDoesNotCount() throws Exception {
    visit(PortalMoods.good());
    String foreign = newCaptcha();
    PortalVisitor other = new PortalVisitor(portal);
    other.get("");

    assertThat(other.check(foreign).get("captcha_status").asText()).isEqualTo("N");
  }

  @Test
  void afterSomeDocumentsACaptchaIsSentInstead() throws Exception {
    visit(PortalMoods.good().with(Captchas.afterDocuments(25)));
    for (int number = 1; number <= 25; number++) {
      assertThat(visitor.open(path(number)).has("outputfile")).isTrue();
    }

    JsonNode asked = visitor.open(path(26));

    assertThat(asked.has("outputfile")).isFalse();
    String image =
        Jsoup.parse(asked.get("filename").asText()).select("img#captcha_image_pdf").attr("src");
    String text = portal.textOf(visitor.get(image).body()).orElseThrow();
    String address = visitor.openSolved(path(26), text).get("outputfile").asText();
    assertThat(visitor.get(address).body()).isEqualTo(portal.judgment(26).pdf());
    for (int number = 27; number <= 60; number++) {
      assertThat(visitor.open(path(number)).has("outputfile")).isTrue();
    }
    assertThat(portal.record().captchasAsked()).isEqualTo(1);
  }

  @Test
  void aWrongAnswerForADocumentIsReportedAndTheNextImageHelps() throws Exception {
    visit(PortalMoods.good().with(Captchas.afterDocuments(0)));
    visitor.open(path(1));
    String text = newCaptcha();

    JsonNode wrong = visitor.openSolved(path(1), WRONG);

    assertThat(wrong.get("message").asText()).isEqualTo("Captcha not solved");
    assertThat(wrong.has("app_token")).isTrue();
    assertThat(visitor.openSolved(path(1), text).has("message")).isTrue();
    assertThat(visitor.openSolved(path(1), newCaptcha()).has("outputfile")).isTrue();
  }

  @Test
  void withoutAnAnswerTheDocumentIsNotOpened() throws Exception {
    visit(PortalMoods.good().with(Captchas.afterDocuments(0)));

    JsonNode answer =
        visitor.ask(PortalVisitor.OPEN_SOLVED, PortalVisitor.openFields(path(1), Map.of()));

    assertThat(answer.get("errormsg").asText()).isEqualTo("Invalid request: captcha1");
  }
}
