package demo.ecourts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import demo.ecourts.PortalCall.Kind;
import demo.ecourts.PortalMoods.Sessions;
import demo.ecourts.PortalMoods.Tokens;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions, cookies, tokens and the record of the simulated portal. */
class EcourtsPortalTest {
  private static final String SESSION = "JUDGEMENTSSEARCH_SESSID";

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
  void theStartPageOpensASessionAndShowsACaptchaAndAnEmptyToken() throws Exception {
    portal = new EcourtsPortal(57, PortalMoods.good());
    visitor = new PortalVisitor(portal);

    Document page = Jsoup.parse(visitor.text(""));

    assertThat(visitor.cookies).containsOnlyKeys("JSESSION", SESSION);
    assertThat(page.select("img#captcha_image").attr("src"))
        .startsWith("/pdfsearch/vendor/securimage/securimage_show.php?");
    assertThat(page.select("input#captcha[name=captcha]").attr("maxlength")).isEqualTo("6");
    assertThat(page.select("input[type=hidden][name=app_token]").attr("value")).isEmpty();
    assertThat(portal.record().sessions()).isEqualTo(1);
  }

  @Test
  void theNewestTokenIsNeededAndARefusalCarriesANewOne() throws Exception {
    visit(PortalMoods.good());
    visitor.list(0, 10);
    String stale = visitor.token;
    visitor.list(10, 10);

    visitor.token = stale;
    JsonNode refused = visitor.list(20, 10);

    assertThat(refused.get("errormsg").asText()).startsWith("Invalid token");
    assertThat(refused.has("reportrow")).isFalse();
    assertThat(visitor.token).isNotEqualTo(stale);
    assertThat(visitor.list(20, 10).has("reportrow")).isTrue();
  }

  @Test
  void theFirstTokenIsTheEmptyOne() throws Exception {
    visit(PortalMoods.good());

    visitor.token = "guessed";

    assertThat(visitor.list(0, 10).get("errormsg").asText()).startsWith("Invalid token");
  }

  @Test
  void aRefusalWithoutATokenKeepsTheOldOneWhichTheStartPageShows() throws Exception {
    visit(PortalMoods.good().with(Tokens.NOT_WITH_ERRORS));
    visitor.list(0, 10);
    String newest = visitor.token;

    visitor.token = "stale";
    assertThat(visitor.list(10, 10).has("app_token")).isFalse();

    visitor.token = Jsoup.parse(visitor.text("")).select("input[name=app_token]").attr("value");
    assertThat(visitor.token).isEqualTo(newest);
    assertThat(visitor.list(10, 10).has("reportrow")).isTrue();
    assertThat(portal.record().sessions()).isEqualTo(1);
  }

  @Test
  void tokensCanBeDisabled() throws Exception {
    visit(PortalMoods.good().with(Tokens.NONE));

    visitor.token = "whatever";

    assertThat(visitor.list(0, 10).has("app_token")).isFalse();
    assertThat(visitor.list(10, 10).has("reportrow")).isTrue();
  }

  @Test
  void aSessionEndsAfterSomeRequestsUntilTheStartPageOpensAnother() throws Exception {
    visit(PortalMoods.good().with(Sessions.ofRequests(2)));
    visitor.list(0, 10);
    String address = visitor.open(path(1)).get("outputfile").asText();

    assertExpired(visitor.list(10, 10));
    assertExpired(visitor.open(path(1)));
    assertThat(visitor.get(address).body()).as("the page that says 404").hasSize(315);

    visitor.get("");
    visitor.token = "";
    assertThat(visitor.list(10, 10).has("reportrow")).isTrue();
    assertThat(portal.record().sessions()).isEqualTo(2);
  }

  @Test
  void aSessionEndsAfterSomeTime() throws Exception {
    visit(PortalMoods.good().with(Sessions.ofLife(Duration.ofMillis(300))));

    Awaitility.await().untilAsserted(() -> assertExpired(visitor.list(0, 10)));
  }

  @Test
  void everySessionCanBeEnded() throws Exception {
    visit(PortalMoods.good());

    portal.endSessions();

    assertExpired(visitor.list(0, 10));
  }

  private static void assertExpired(JsonNode answer) {
    assertThat(answer).hasToString("{\"session_expire\":\"Y\"}");
  }

  @Test
  void theStartPageKeepsALiveSession() throws Exception {
    visit(PortalMoods.good());
    Map<String, String> before = new HashMap<>(visitor.cookies);

    visitor.get("");

    assertThat(visitor.cookies).isEqualTo(before);
    assertThat(portal.record().sessions()).isEqualTo(1);
  }

  @Test
  void aReplacedCookieContinuesTheSessionAndTheOldOneIsInvalid() throws Exception {
    visit(PortalMoods.good().with(Sessions.rotating(2)));
    String first = visitor.cookies.get(SESSION);

    visitor.list(0, 10);
    assertThat(visitor.cookies).containsEntry(SESSION, first);
    visitor.get(visitor.open(path(1)).get("outputfile").asText());
    String second = visitor.cookies.get(SESSION);
    assertThat(second).isNotEqualTo(first);
    assertThat(visitor.list(10, 10).has("reportrow")).isTrue();

    visitor.cookies.put(SESSION, second);
    assertExpired(visitor.list(20, 10));
    assertThat(portal.record().sessions()).isEqualTo(1);
    assertThat(portal.record().calls()).extracting(PortalCall::session).containsOnly(0, 1);
  }

  @Test
  void aRequestThatThePageWouldNotSendGetsThePage() throws Exception {
    visit(PortalMoods.good());
    Map<String, String> fields = PortalVisitor.listingFields(0, 10, Map.of("app_token", ""));

    assertThat(post(fields)).startsWith("<!DOCTYPE html>"); // no ajax_req
    fields.put("ajax_req", "true");
    visitor.headers.remove("X-Requested-With");
    assertThat(post(fields)).startsWith("<!DOCTYPE html>");
    visitor.headers.put("X-Requested-With", "XMLHttpRequest");
    visitor.headers.put("Content-Type", "application/json");
    assertThat(post(fields)).startsWith("<!DOCTYPE html>");

    visitor.headers.put("Content-Type", "application/x-www-form-urlencoded");
    assertThat(post(fields)).startsWith("{\"reportrow\"");
  }

  private String post(Map<String, String> fields) throws Exception {
    HttpResponse<byte[]> answer = visitor.post(PortalVisitor.LISTING, fields);
    assertThat(answer.statusCode()).isEqualTo(200);
    return new String(answer.body(), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSESSION", SESSION})
  void bothCookiesAreNeeded(String cookie) throws Exception {
    visit(PortalMoods.good());

    visitor.cookies.remove(cookie);

    assertThat(visitor.list(0, 10).get("errormsg").asText()).isEqualTo("Cookies are disabled");
  }

  @Test
  void simultaneousPostsOfOneSessionAreNoticed() throws Exception {
    visit(PortalMoods.good().with(Tokens.NONE));
    CountDownLatch mayGoOn = new CountDownLatch(1);
    portal.faults(
        call -> {
          awaitQuietly(mayGoOn);
          return Optional.empty();
        });

    CompletableFuture<JsonNode> first = inBackground(visitor);
    Awaitility.await().until(() -> portal.record().calls(Kind.LISTING).size() == 1);
    CompletableFuture<JsonNode> second = inBackground(visitor);
    Awaitility.await().until(() -> portal.record().overlaps() == 1);
    mayGoOn.countDown();

    assertThat(first.get().has("reportrow")).isTrue();
    assertThat(second.get().has("reportrow")).isTrue();
  }

  @Test
  void postsOfDifferentSessionsMayBeSimultaneous() throws Exception {
    visit(PortalMoods.good());
    PortalVisitor other = new PortalVisitor(portal);
    other.get("");
    CountDownLatch bothHere = new CountDownLatch(2);
    portal.faults(
        call -> {
          bothHere.countDown();
          awaitQuietly(bothHere);
          return Optional.empty();
        });

    CompletableFuture<JsonNode> first = inBackground(visitor);
    CompletableFuture<JsonNode> second = inBackground(other);

    assertThat(first.get().has("reportrow")).isTrue();
    assertThat(second.get().has("reportrow")).isTrue();
    assertThat(portal.record().overlaps()).isZero();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static CompletableFuture<JsonNode> inBackground(PortalVisitor visitor) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return visitor.list(0, 10);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        command -> new Thread(command).start());
  }

  @Test
  void everyRequestIsRecorded() throws Exception {
    visit(PortalMoods.good());
    visitor.list(10, 10);
    visitor.list(10, 10);
    String address = visitor.open(path(1)).get("outputfile").asText();
    visitor.get(address);
    visitor.get("/robots.txt");
    visitor.get("/elsewhere");

    List<PortalCall> calls = portal.record().calls();

    assertThat(calls)
        .extracting(PortalCall::kind)
        .containsExactly(
            Kind.START,
            Kind.LISTING,
            Kind.LISTING,
            Kind.OPEN,
            Kind.DOCUMENT,
            Kind.ROBOTS,
            Kind.OTHER);
    assertThat(calls)
        .extracting(PortalCall::subject)
        .containsExactly("", "10", "10", path(1), path(1), "", "");
    assertThat(calls).extracting(PortalCall::before).containsExactly(0, 0, 1, 0, 0, 0, 0);
    assertThat(calls).extracting(PortalCall::session).startsWith(0, 1, 1, 1, 1);
    assertThat(calls).extracting(PortalCall::nanos).isSorted();
    assertThat(calls.get(1).userAgent()).isEqualTo("visitor");
    assertThat(calls.get(3).form()).containsEntry("lang_flg", "undefined").hasSize(9);
  }

  @Test
  void robotsMayReadEverythingUnlessToldOtherwise() throws Exception {
    visit(PortalMoods.good());
    assertThat(visitor.text("/robots.txt")).isEqualTo("User-agent: *\nAllow: /\n");
    portal.close();

    visit(PortalMoods.good().withRobots("User-agent: *\nDisallow: /pdfsearch/\n"));
    assertThat(visitor.text("/robots.txt")).contains("Disallow: /pdfsearch/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/pdfsearch", "/pdfsearch/other", "/favicon.ico"})
  void anythingElseIsNotFound(String address) throws Exception {
    visit(PortalMoods.good());

    assertThat(visitor.get(address).statusCode()).isEqualTo(404);
    assertThat(visitor.post("?p=pdf_search/home", Map.of()).statusCode()).isEqualTo(404);
  }
}
