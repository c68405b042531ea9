package portal.ecourts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import demo.ecourts.EcourtsPortal;
import demo.ecourts.PortalCall.Kind;
import demo.ecourts.PortalMoods;
import demo.ecourts.PortalMoods.Captchas;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import model.Validators;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import portal.AllowedHosts;
import portal.CaptchaException;
import portal.Dialect;
import portal.DirectHttp;
import portal.PortalException;
import portal.PortalHttp;
import portal.PortalScope;
import portal.Reply;
import portal.Row;
import portal.TransientMemory;
import testing.VirtualTicker;

/** A session with the simulated portal, which asks for a captcha before the first document. */
class EcourtsSessionTest {
  private static final int PAGE_SIZE = 10;

  @TempDir Path folder;
  private final VirtualTicker ticker = new VirtualTicker();
  private EcourtsPortal portal;
  private Dialect.Session session;

  @BeforeEach
  void open() throws Exception {
    portal =
        new EcourtsPortal(
            PAGE_SIZE, PortalMoods.good().withPlainRows().with(Captchas.afterDocuments(0)));
    session = session(portal, new DirectHttp());
  }

  private Dialect.Session session(EcourtsPortal with, PortalHttp http) {
    PortalScope scope =
        new PortalScope(
            new AllowedHosts(List.of("127.0.0.1")), PAGE_SIZE, 1, 1000, 5, Optional.empty());
    return new EcourtsDialect(
            with.address(),
            EcourtsSettings.EVERYTHING,
            scope,
            Optional.empty(),
            ticker,
            InstantSource.system())
        .open(http, new TransientMemory());
  }

  @AfterEach
  void close() {
    portal.close();
  }

  @Test
  void redirectsAreFollowedWithTheCookiesThatTheySet() {
    DirectHttp direct = new DirectHttp();
    List<String> cookies = new ArrayList<>();
    PortalHttp redirecting =
        request -> {
          cookies.add(request.headers().getOrDefault("Cookie", ""));
          Map<String, List<String>> headers =
              Map.of("location", List.of("?again"), "set-cookie", List.of("way=1; Path=/"));
          return cookies.size() == 1
              ? new Reply(302, headers, new byte[0], null)
              : direct.send(request);
        };
    Dialect.Session own = session(portal, redirecting);

    assertThat(own.list(1).rows()).hasSize(PAGE_SIZE);
    assertThat(cookies.get(0)).isEmpty();
    assertThat(cookies.subList(1, cookies.size())).allMatch(cookie -> cookie.contains("way=1"));
  }

  @Test
  void aStoredDocumentIsRequestedAtItsShortLivedAddressWithItsVersion() throws Exception {
    List<String> asked = new ArrayList<>();
    DirectHttp direct = new DirectHttp();
    PortalHttp unchanged =
        request -> {
          if (request.spool() == null) {
            return direct.send(request);
          }
          asked.add(request.headers().getOrDefault("If-None-Match", ""));
          return new Reply(304, Map.of(), new byte[0], null);
        };
    try (EcourtsPortal open = new EcourtsPortal(PAGE_SIZE, PortalMoods.good().withPlainRows())) {
      Dialect.Session own = session(open, unchanged);
      Row listed = own.list(1).rows().get(0);
      Path file = folder.resolve("document.pdf");

      assertThat(own.fetchIfChanged(listed, file, new Validators("\"v1\"", null))).isEmpty();
      assertThat(asked).containsExactly("\"v1\"");
      assertThat(catchThrowableOfType(PortalException.class, () -> own.fetch(listed, file)))
          .as("nothing was said of a version")
          .isNotNull();
    }
  }

  private Row askedForAndAnswered() {
    Row row = session.list(1).rows().get(0);
    CaptchaException asked = catchThrowableOfType(CaptchaException.class, () -> fetch(row));
    byte[] image = Base64.getDecoder().decode(asked.image().replaceFirst(".*,", ""));
    session.answer(portal.textOf(image).orElseThrow());
    return row;
  }

  private void fetch(Row row) {
    session.fetch(row, folder.resolve("document.pdf"));
  }

  @Test
  void theDocumentIsFetchedFromTheIssuedAddress() {
    Row row = askedForAndAnswered();

    ticker.pass(Duration.ofSeconds(5));
    fetch(row);

    assertThat(portal.record().calls(Kind.OPEN)).hasSize(1);
    assertThat(portal.record().calls(Kind.DOCUMENT)).hasSize(1);
    assertThat(portal.record().served()).hasSize(1);
  }

  @Test
  void anAddressThatMayHaveExpiredIsRequestedAgain() {
    Row row = askedForAndAnswered();

    ticker.pass(Duration.ofMillis(5001));
    fetch(row);

    assertThat(portal.record().calls(Kind.OPEN)).hasSize(2);
    assertThat(portal.record().calls(Kind.DOCUMENT)).hasSize(1);
  }

  @Test
  void anAddressEndsWithTheSessionThatItWasIssuedIn() {
    Row row = askedForAndAnswered();
    portal.endSessions();
    session.list(1); // finds it ended, and opens another one

    catchThrowableOfType(CaptchaException.class, () -> fetch(row));

    assertThat(portal.record().calls(Kind.OPEN)).hasSize(2);
    assertThat(portal.record().calls(Kind.DOCUMENT)).as("requests at the dead address").isEmpty();
  }

  @Test
  void aDocumentIsRequestedWithTheAddressOfTheSearchPageAsReferer() throws Exception {
    List<String> referers = new ArrayList<>();
    DirectHttp direct = new DirectHttp();
    try (EcourtsPortal free = new EcourtsPortal(PAGE_SIZE, PortalMoods.good().withPlainRows())) {
      Dialect.Session own =
          session(
              free,
              request -> {
                if (request.spool() != null) {
                  referers.add(request.headers().getOrDefault("Referer", ""));
                }
                return direct.send(request);
              });

      own.fetch(own.list(1).rows().get(0), folder.resolve("document.pdf"));

      assertThat(referers).containsExactly(free.address().toString());
    }
  }

  @Test
  void aRowOfARecalledPageIsRequestedAsItIsThere() {
    Row row = session.list(1).rows().get(0);
    Row elsewhere = new Row(5, row.id(), row.url(), null, row.facts());

    session.recall(2);
    catchThrowableOfType(CaptchaException.class, () -> fetch(elsewhere));

    assertThat(portal.record().calls(Kind.OPEN))
        .singleElement()
        .satisfies(call -> assertThat(call.form()).containsEntry("val", "4"));
  }

  /** A portal with a working search page, whose other responses are these. */
  private PortalException answered(String body) {
    PortalHttp answers =
        request ->
            new Reply(
                200,
                Map.of(),
                (request.form() == null ? "<img id=captcha_image src=x>" : body).getBytes(UTF_8),
                null);
    return catchThrowableOfType(PortalException.class, () -> session(portal, answers).list(1));
  }

  @Test
  void moreRowsThanAreReadOfAPageAreReported() {
    String rows = "[1,\"x\"],".repeat(2_000);
    String answer = "{\"reportrow\":{\"iTotalRecords\":\"9000\",\"aaData\":[%s[1,\"x\"]]}}";

    assertThat(answered(answer.formatted(rows)))
        .hasMessageContaining("lists 2,001 rows; at most 2,000 of one page are read");
  }

  @Test
  void aResponseWithFarMoreThanAListingIsNotRead() {
    String answer = "{\"reportrow\":{\"aaData\":[%s1]}}".formatted("1,".repeat(60_000));

    assertThat(answered(answer))
        .hasMessageContaining(
            answer.length() + " bytes of broken JSON, or of more of it than is read");
    assertThat(answered("<b>".repeat(30_000) + "<img id=captcha_image src=x>"))
        .hasMessageContaining("bytes that are not JSON");
  }

  @Test
  void theStartOfThePortalsErrorMessageIsReportedOnOneLine() {
    PortalException told =
        answered("{\"errormsg\":\"no\\nresult \\u001b[31m%s\"}".formatted("x".repeat(5_000)));

    assertThat(told).hasMessageContaining("no\ufffdresult \ufffd[31mxxx");
    assertThat(told.getMessage()).hasSizeLessThan(300);
  }
}
