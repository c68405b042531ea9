package demo.ecourts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import demo.ecourts.PortalCall.Kind;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fault injection in the simulated portal. */
class PortalFaultsTest {
  private EcourtsPortal portal;
  private PortalVisitor visitor;

  @BeforeEach
  void start() throws Exception {
    portal = new EcourtsPortal(60, PortalMoods.good().withPlainRows());
    visitor = new PortalVisitor(portal);
    visitor.get("");
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  /** Injects a fault into the first request of this kind and subject. */
  private void faultOnce(Kind kind, String subject, PortalFault fault) {
    portal.faults(
        call ->
            call.kind() == kind && call.subject().equals(subject) && call.before() == 0
                ? Optional.of(fault)
                : Optional.empty());
  }

  private String path() {
    return portal.judgment(1).path().orElseThrow();
  }

  private HttpResponse<byte[]> document() throws Exception {
    return visitor.get(visitor.open(path()).get("outputfile").asText());
  }

  private HttpResponse<byte[]> rawListing() throws Exception {
    Map<String, String> form =
        PortalVisitor.listingFields(0, 10, Map.of("ajax_req", "true", "app_token", visitor.token));
    return visitor.post(PortalVisitor.LISTING, form);
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }

  @Test
  void aFaultAffectsOnlyTheIntendedRequests() throws Exception {
    faultOnce(Kind.LISTING, "10", PortalFaults.errorMessage("Oops"));

    assertThat(visitor.list(0, 10).has("reportrow")).isTrue();
    assertThat(visitor.list(10, 10).get("errormsg").asText()).isEqualTo("Oops");
    assertThat(visitor.list(10, 10).has("reportrow")).isTrue();
  }

  @Test
  void aMessageComesWithANewToken() throws Exception {
    faultOnce(Kind.OPEN, path(), PortalFaults.errorMessage("Oops"));

    assertThat(visitor.open(path()).get("app_token").asText()).hasSize(64);
  }

  @Test
  void aSessionReportedAsEndedHasEnded() throws Exception {
    faultOnce(Kind.OPEN, path(), PortalFaults.sessionExpire());

    assertThat(visitor.open(path()).get("session_expire").asText()).isEqualTo("Y");
    assertThat(visitor.list(0, 10).get("session_expire").asText()).isEqualTo("Y");
  }

  @Test
  void aPageOfHtmlCanReplaceTheJson() throws Exception {
    faultOnce(Kind.LISTING, "0", PortalFaults.htmlPage());

    HttpResponse<byte[]> answer = rawListing();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(text(answer)).startsWith("<!DOCTYPE html>");
    assertThat(visitor.list(0, 10).has("reportrow")).as("the token has not changed").isTrue();
  }

  @Test
  void aBodyCanBeEmpty() throws Exception {
    faultOnce(Kind.DOCUMENT, path(), PortalFaults.emptyBody());

    HttpResponse<byte[]> answer = document();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(document().body()).isEqualTo(portal.judgment(1).pdf());
  }

  @Test
  void aDocumentCanBeThePageOf315Bytes() throws Exception {
    faultOnce(Kind.DOCUMENT, path(), PortalFaults.notFoundPage());

    assertThat(document().body()).hasSize(315);
  }

  @Test
  void htmlCanBeDeclaredAPdf() throws Exception {
    faultOnce(Kind.DOCUMENT, path(), PortalFaults.htmlNamedPdf());

    HttpResponse<byte[]> answer = document();

    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
    assertThat(text(answer)).startsWith("<!DOCTYPE html>");
  }

  @Test
  void theStatusCanBeReplaced() throws Exception {
    faultOnce(Kind.START, "", PortalFaults.status(500));
    assertThat(visitor.get("").statusCode()).as("the first has been before").isEqualTo(200);

    faultOnce(Kind.DOCUMENT, path(), PortalFaults.status(404));
    assertThat(document().statusCode()).isEqualTo(404);

    faultOnce(Kind.LISTING, "0", PortalFaults.unavailable(Duration.ofSeconds(7)));
    HttpResponse<byte[]> answer = rawListing();
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
  }

  @Test
  void anAddressIsStillValidAfterAnErrorStatus() throws Exception {
    faultOnce(Kind.DOCUMENT, path(), PortalFaults.status(503));
    String address = visitor.open(path()).get("outputfile").asText();
    visitor.get(address);

    assertThat(visitor.get(address).body()).isEqualTo(portal.judgment(1).pdf());
  }

  @Test
  void aTransferCanBreakOff() throws Exception {
    faultOnce(Kind.DOCUMENT, path(), PortalFaults.cutOff());
    String address = visitor.open(path()).get("outputfile").asText();

    assertThatThrownBy(() -> visitor.get(address)).isInstanceOf(IOException.class);

    assertThat(visitor.get(address).body()).as("its one time is over").hasSize(315);
  }

  @Test
  void jsonCanBeBrokenAndItsTokenIsLostWithIt() throws Exception {
    faultOnce(Kind.LISTING, "0", PortalFaults.halfAnswer());

    assertThatThrownBy(() -> visitor.list(0, 10)).isInstanceOf(JsonProcessingException.class);

    JsonNode next = visitor.list(0, 10);
    assertThat(next.get("errormsg").asText()).startsWith("Invalid token");
    assertThat(visitor.list(0, 10).has("reportrow")).isTrue();
  }

  @Test
  void imagesChecksAndRobotsCanFail() throws Exception {
    portal.faults(call -> Optional.of(PortalFaults.status(500)));

    assertThat(visitor.get(PortalVisitor.IMAGE).statusCode()).isEqualTo(500);
    assertThat(visitor.get("/robots.txt").statusCode()).isEqualTo(500);
    assertThat(
            visitor
                .post(
                    PortalVisitor.CHECK,
                    Map.of(
                        "captcha",
                        "x",
                        "search_opt",
                        "PHRASE",
                        "ajax_req",
                        "true",
                        "app_token",
                        ""))
                .statusCode())
        .isEqualTo(500);
  }

  @Test
  void requestsThatAreRefusedAnywayGetNoFault() throws Exception {
    portal.faults(call -> Optional.of(PortalFaults.status(500)));

    visitor.token = "stale";

    assertThat(visitor.list(0, 10).get("errormsg").asText()).startsWith("Invalid token");
  }
}
