package demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoPortalTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private DemoPortal portal;

  @BeforeEach
  void start() throws Exception {
    portal = new DemoPortal(1_005, 10);
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  @Test
  void aListingPageNamesTheTotalAndHasItsRows() throws Exception {
    Document page = listing(2);

    assertThat(page.select("#total").text()).isEqualTo("1,005 results");
    assertThat(page.select("th").eachText())
        .containsExactly(
            "Judgment",
            "CNR",
            "Judge",
            "Court",
            "Date of registration",
            "Decision date",
            "Disposal nature");
    assertThat(page.select("tbody tr")).hasSize(10);
    assertThat(page.select("tbody tr td")).hasSize(70).allMatch(Element::hasText);
    assertThat(links(page)).startsWith("/judgments/doc/11.pdf").endsWith("/judgments/doc/20.pdf");
  }

  @Test
  void everyDocumentIsListedOnceAndNothingElseLooksLikeOne() throws Exception {
    Set<String> seen = new HashSet<>();
    for (int page = 1; page <= 101; page++) {
      assertThat(links(listing(page))).allMatch(seen::add);
    }

    assertThat(seen).hasSize(1_005);
  }

  @Test
  void theLastPageHasTheRest() throws Exception {
    assertThat(listing(101).select("tbody tr")).hasSize(5);
  }

  @Test
  void aPageAfterTheLastSaysThatThereIsNothing() throws Exception {
    Document page = listing(102);

    assertThat(page.select("tr")).isEmpty();
    assertThat(page.text()).contains("No results");
    assertThat(page.select("#total").text()).isEqualTo("1,005 results");
  }

  @Test
  void anInvalidPageNumberIsTheFirstPage() throws Exception {
    String first = body("/judgments?page=1");

    assertThat(body("/")).isEqualTo(first);
    assertThat(body("/judgments")).isEqualTo(first);
    assertThat(body("/judgments?page=x")).isEqualTo(first);
    assertThat(body("/judgments?page=0")).isEqualTo(first);
    assertThat(body("/judgments?page=99999999999")).isEqualTo(first);
  }

  @Test
  void theNavigationLeadsToTheNeighboursAndTheEnds() throws Exception {
    assertThat(listing(50).select("nav a").eachAttr("href"))
        .contains("/judgments?page=1", "/judgments?page=49")
        .contains("/judgments?page=51", "/judgments?page=101");
    assertThat(listing(1).select("nav a[rel=prev]")).isEmpty();
    assertThat(listing(101).select("nav a[rel=next]")).isEmpty();
  }

  @Test
  void aLinkLeadsToThePdfOfThatJudgment() throws Exception {
    Element link = listing(1).selectFirst("td a");

    HttpResponse<byte[]> answer = get(link.attr("href"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
    try (PDDocument pdf = Loader.loadPDF(answer.body())) {
      assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo(link.text());
    }
  }

  @Test
  void anUnlistedDocumentIsNotFound() throws Exception {
    for (String path :
        List.of(
            "/judgments/doc/0.pdf",
            "/judgments/doc/1006.pdf",
            "/judgments/doc/x.pdf",
            "/judgments/doc/1.pdf/",
            "/judgments/",
            "/favicon.ico")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void aHeadRequestIsAnsweredWithoutABody() throws Exception {
    HttpRequest head =
        HttpRequest.newBuilder(portal.address().resolve("/judgments/doc/1.pdf"))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();

    HttpResponse<byte[]> answer = http.send(head, HttpResponse.BodyHandlers.ofByteArray());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValueAsLong("Content-Length"))
        .hasValue(get("/judgments/doc/1.pdf").body().length);
  }

  @Test
  void robotsMayReadEverything() throws Exception {
    assertThat(body("/robots.txt")).isEqualTo("User-agent: *\nAllow: /\n");
  }

  @Test
  void theListingAddressHasAPlaceForThePageNumber() {
    assertThat(portal.listingUrl())
        .isEqualTo("http://127.0.0.1:" + portal.address().getPort() + "/judgments?page={page}");
  }

  private Document listing(int page) throws Exception {
    String address = portal.listingUrl().replace("{page}", String.valueOf(page));
    return Jsoup.parse(new String(get(address).body(), UTF_8));
  }

  private static List<String> links(Document page) {
    return page.select("a[href$=.pdf]").eachAttr("href");
  }

  private String body(String path) throws Exception {
    return new String(get(path).body(), UTF_8);
  }

  private HttpResponse<byte[]> get(String address) throws Exception {
    URI uri = portal.address().resolve(address);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
