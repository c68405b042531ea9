package portal.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import model.FailureReason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import portal.AllowedHosts;
import portal.Dialect;
import portal.Download;
import portal.Listing;
import portal.PortalException;
import portal.PortalScope;
import portal.Reply;
import portal.Row;
import portal.TransientMemory;

class LinksDialectTest {
  private static final int LIMIT = 1000;
  private static final int PAGE_SIZE = 3;
  private static final int PAGES = 10;

  private final List<String> asked = new ArrayList<>();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "http://portal.test/list?page={page}, 1, http://portal.test/list?page=1",
    "http://portal.test/list/{page}.html, 7, http://portal.test/list/7.html",
    "http://portal.test/list?p={page0}, 1, http://portal.test/list?p=0",
    "http://portal.test/list?p={page0}&n={page}, 7, http://portal.test/list?p=6&n=7",
    "http://portal.test/list?from={offset}, 1, http://portal.test/list?from=0",
    "http://portal.test/list?from={offset}, 7, http://portal.test/list?from=18",
    "http://portal.test/list?from={offset}, 2000000000, http://portal.test/list?from=5999999997",
  })
  void aPageIsRequestedByItsNumberOrItsOffset(String url, int page, String address) {
    session(dialect(url), html(link("/1.pdf"))).list(page);

    assertThat(asked).containsExactly(address);
  }

  @Test
  void aPageOfMoreThanTwoThousandRowsIsNotRead() {
    String rows = link("/a.pdf").repeat(2_001);
    Dialect.Session session = session(dialect("http://portal.test/{page}"), html(rows));
    assertThatThrownBy(() -> session.list(2)).hasMessageContaining("2,000");
  }

  @Test
  void aPageOfMoreTagsThanMemoryCanHoldIsNotParsed() {
    String rows = "<b></b>".repeat(300_000);
    Dialect.Session session = session(dialect("http://portal.test/{page}"), html(rows));
    assertThatThrownBy(() -> session.list(2)).hasMessageContaining("600,004 tags");
  }

  @Test
  void aPageWithoutAnyDocumentNamesTheSelectorAndTheAddress() {
    String url = "http://portal.test/{page}";
    assertThatThrownBy(() -> session(dialect(url), html("<a href='/1.htm'>x</a>")).list(2))
        .isInstanceOf(PortalException.class)
        .hasMessageContaining("http://portal.test/2 lists 0 rows")
        .hasMessageContaining("portal.link-selector");
    LinksSettings own = new LinksSettings(Optional.of("td.pdf > a"), Optional.empty(), List.of());
    assertThatThrownBy(() -> session(dialect(url, own), html(link("/1.pdf"))).list(2))
        .hasMessageContaining("no element matches portal.link-selector=td.pdf > a");
  }

  @ParameterizedTest
  @CsvSource({
    "a.pdf,     http://portal.test/judgments/a.pdf",
    "../a.pdf,  http://portal.test/a.pdf",
    "?a.pdf,    http://portal.test/judgments/?a.pdf",
    "/a.pdf,    http://portal.test/a.pdf",
  })
  void linksOfAPageThatRedirectsAreResolvedAgainstItsTarget(String href, String address) {
    Reply redirect =
        new Reply(301, Map.of("location", List.of("/judgments/?p=2")), new byte[0], null);
    LinksSettings every = new LinksSettings(Optional.of("a"), Optional.empty(), List.of());
    Dialect.Session session =
        dialect("http://portal.test/judgments?p={page}", every)
            .open(
                request ->
                    request.uri().getPath().equals("/judgments") ? redirect : html(link(href)),
                new TransientMemory());

    assertThat(session.list(2).rows()).extracting(Row::address).containsExactly(address);
  }

  @Test
  void aPageThatOnlyRedirectsBrowsersIsReportedAsSuch() {
    String refresh = "<meta http-equiv='Refresh' content='0; URL=/real/2'>";
    Dialect.Session session = session(dialect("http://portal.test/{page}"), html(refresh));
    assertThatThrownBy(() -> session.list(2))
        .isInstanceOf(PortalException.class)
        .hasMessageContaining("http://portal.test/2 is not a listing")
        .hasMessageContaining("content=\"0; URL=/real/2\"")
        .hasMessageContaining("portal.url");
    assertThat(list(refresh + link("/1.pdf")).rows()).hasSize(1);
  }

  @Test
  void aDocumentIsRequestedWithTheAddressOfItsListingAsReferer() {
    List<String> referers = new ArrayList<>();
    Dialect.Session session =
        dialect("http://portal.test/list?p={page}")
            .open(
                request -> {
                  referers.add(request.headers().getOrDefault("Referer", ""));
                  return html(link("/1.pdf"));
                },
                new TransientMemory());
    Listing listing = session.list(2);
    catchThrowable(() -> session.fetch(listing.rows().get(0), folder.resolve("x")));
    session.recall(3);
    catchThrowable(() -> session.fetch(listing.rows().get(0), folder.resolve("x")));

    assertThat(referers)
        .containsExactly("", "http://portal.test/list?p=2", "http://portal.test/list?p=3");
  }

  @Test
  void rowsAreInOrderAndNumberedFromOne() {
    Listing listing = list(link("/b.pdf") + "<a href='/about.html'>x</a>" + link("doc/a.pdf"));

    assertThat(listing.page()).isEqualTo(2);
    assertThat(listing.total()).isEmpty();
    assertThat(listing.rows()).extracting(Row::number).containsExactly(1, 2);
    assertThat(listing.rows()).extracting(Row::id).containsExactly("b.pdf", "doc/a.pdf");
    assertThat(listing.rows())
        .extracting(Row::url)
        .containsExactly("http://portal.test/b.pdf", "http://portal.test/doc/a.pdf");
    assertThat(listing.rows()).allMatch(Row::isFetchable);
  }

  @Test
  void linksAreRelativeToThePagesBase() {
    assertThat(list("<base href='/archive/2023/'>" + link("../a.pdf")).rows().get(0).url())
        .isEqualTo("http://portal.test/archive/a.pdf");
    assertThat(list("<base href='javascript:x'>" + link("a.pdf")).rows().get(0).url())
        .isEqualTo("http://portal.test/a.pdf");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<base href='docs/'><base href='/other/'>",
        "<base target=_top><base href='\\list\\..\\docs\\'>",
        "<base href=' http:/docs/ '>",
      })
  void theFirstBaseWithAnAddressCounts(String base) {
    assertThat(list(base + link("a.pdf")).rows().get(0).url())
        .isEqualTo("http://portal.test/docs/a.pdf");
  }

  @Test
  void aLinkThatGoesUpThreeThousandTimesIsALink() {
    assertThat(list(link("../".repeat(3000) + "a.pdf")).rows().get(0).url())
        .isEqualTo("http://portal.test/a.pdf");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "<a href='docs\\2023\\1.pdf'>!docs/2023/1.pdf",
        "<a href='../../files/2.pdf'>!files/2.pdf",
        "<a href='/doc/4.pdf '>!doc/4.pdf",
        "<a href='&#10;/doc/&#9;4.PDF&#10;'>!doc/4.PDF",
        "<a href='/doc/5.pdf?ver=3'>!doc/5.pdf%3Fver=3",
        "<a href='/doc/5.Pdf#page=2'>!doc/5.Pdf",
        "<a href='/doc/5.pdf;jsessionid=0A?x'>!doc/5.pdf%3Fx",
        "<a href='#' data-href='/doc/6.pdf'>!doc/6.pdf",
        "<a data-url=6.pdf>!6.pdf",
        "<a href='javascript:void(0)' onclick=\"return show('pdf', '/doc/6.pdf?a=1')\">!doc/6.pdf%3Fa=1",
        "<a onclick='open(\"6.pdf\")'>!6.pdf",
        "<a onclick=\"open('http:\\/\\/portal.test\\/6.pdf')\">!6.pdf",
      })
  void withoutASelectorEveryLinkWhosePathEndsInPdfCounts(String link, String id) {
    assertThat(list(link + "x</a>").rows()).extracting(Row::id).containsExactly(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a href='/view?file=1.pdf'>",
        "<a href='/pdf'>",
        "<a href='/a.html#x.pdf'>",
        "<a name='x.pdf'>",
        "<a href='/a' data-href='/a.pdf'>",
        "<a href='#' onclick=\"toggle('menu')\">",
        "<iframe src='/a.pdf'>",
      })
  void withoutASelectorNothingElseCounts(String element) {
    assertThat(list(link("b.pdf") + element).rows()).extracting(Row::id).containsExactly("b.pdf");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "iframe ! <iframe src='/doc/6.pdf'></iframe> ! doc/6.pdf",
        "object ! <object data='/doc/6.pdf'></object> ! doc/6.pdf",
        "embed ! <embed src=6.pdf> ! 6.pdf",
        "button ! <button data-href='/get?id=6'>x</button> ! get%3Fid=6",
        "button ! <button data-url='/get?id=6'>x</button> ! get%3Fid=6",
        "button ! <button onclick=\"go(6, 'tab', '/get?id=6')\"><img src=x.png></button> ! get%3Fid=6",
        "tr ! <table><tr><td><img src=x.png><td><a href=6.pdf>x</a></table> ! 6.pdf",
        "tr ! <table><tr><td><a href='#'>1</a><td><a href=6.pdf>x</a></table> ! 6.pdf",
        "tr ! <table><tr onclick=\"open('/doc/6')\"><td><a href=7.pdf>x</a></table> ! doc/6",
        "[src] ! <p src=1.pdf href=2.pdf data=3.pdf>x</p> ! 2.pdf",
      })
  void theAddressOfASelectedElementIsReadFromItsAttributes(
      String selector, String body, String id) {
    LinksDialect dialect =
        dialect(
            "http://portal.test/{page}",
            new LinksSettings(Optional.of(selector), Optional.empty(), List.of()));

    assertThat(session(dialect, html(body)).list(1).rows()).extracting(Row::id).containsExactly(id);
  }

  @ParameterizedTest
  @CsvSource({
    "ISO-8859-1, Café, %C3%A9, %E9",
    "windows-1252, Café, %C3%A9, %E9",
    "UTF-8, Café, %C3%A9, %C3%A9",
    "windows-1251, Cafд, %D0%B4, %E4",
    "Shift_JIS, Cafあ, %E3%81%82, %82%A0",
  })
  void theQueryIsRequestedInThePagesCharacterSet(
      String charset, String name, String path, String query) {
    String page = "<meta charset=" + charset + ">" + link(name + ".pdf?file=" + name + ".pdf");
    Reply reply = reply(200, "text/html", page.getBytes(Charset.forName(charset)));

    assertThat(session(dialect("http://portal.test/{page}"), reply).list(1).rows())
        .extracting(Row::url)
        .containsExactly("http://portal.test/Caf" + path + ".pdf?file=Caf" + query + ".pdf");
  }

  @Test
  void aPageInLatin1IsReadAsBrowsersReadIt() {
    byte[] page = link("5€.pdf?€").getBytes(Charset.forName("windows-1252"));
    Reply reply = reply(200, "text/html; charset=iso-8859-1", page);

    assertThat(session(dialect("http://portal.test/{page}"), reply).list(1).rows())
        .extracting(Row::url)
        .containsExactly("http://portal.test/5%E2%82%AC.pdf?%80");
  }

  @Test
  void droppedParametersAreRequestedButNotPartOfTheKey() {
    LinksDialect dialect =
        dialect(
            "http://portal.test/{page}",
            new LinksSettings(Optional.empty(), Optional.empty(), List.of("sid", "utm_*")));
    Row row = session(dialect, html(link("/a.pdf?sid=7&v=2&utm_source=x"))).list(1).rows().get(0);

    assertThat(row.id()).isEqualTo("a.pdf%3Fv=2");
    assertThat(row.url()).isEqualTo("http://portal.test/a.pdf?sid=7&v=2&utm_source=x");
  }

  @Test
  void onePathOnTwoHostsIsTwoDocuments() {
    assertThat(list(link("/doc/7.pdf") + link("http://files.test:81/doc/7.pdf")).rows())
        .extracting(Row::id)
        .containsExactly("doc/7.pdf", "_hosts/files.test:81/doc/7.pdf");
  }

  @Test
  void aLinkToAnotherHostIsRejectedAsForeign() {
    Row row = list(link("http://evil.test/a.pdf")).rows().get(0);

    assertThat(row.rejection()).isEqualTo(FailureReason.FOREIGN_HOST);
    assertThat(row.url()).isEqualTo("http://evil.test/a.pdf");
    assertThat(row.id()).isEqualTo("_hosts/evil.test/a.pdf");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://portal.test/a.pdf",
        "javascript:a.pdf",
        "http://a b/a.pdf",
        "http://[1/a.pdf"
      })
  void aBadAddressIsKeptUnchanged(String href) {
    Row row = list(link(href)).rows().get(0);

    assertThat(row.rejection()).isEqualTo(FailureReason.BAD_ADDRESS);
    assertThat(row.url()).isEqualTo(href);
    assertThat(row.id()).isEqualTo(href);
  }

  @Test
  void aRowWithoutALinkIsUnreadableAndKeepsItsRawText() {
    LinksDialect dialect =
        dialect(
            "http://portal.test/{page}",
            new LinksSettings(Optional.of("li"), Optional.empty(), List.of()));
    String rows =
        "<li>withdrawn <b>today</b></li><li>" + link("a.pdf") + "</li><li>" + "x".repeat(9000);
    List<Row> read = session(dialect, html(rows)).list(1).rows();

    assertThat(read)
        .extracting(Row::rejection)
        .containsExactly(FailureReason.UNREADABLE, null, FailureReason.UNREADABLE);
    assertThat(read.get(0).id()).isEqualTo("withdrawn today");
    assertThat(read.get(0).url()).isNull();
    assertThat(read.get(0).facts()).containsEntry("raw", "<li>withdrawn <b>today</b></li>");
    assertThat(read.get(2).facts().get("raw")).hasSize(2000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "<a href=a.pdf> A   vs. <b>B</b>\u0001</a> ! A vs. B",
        "<a href=a.pdf title='A vs. B'>PDF</a> ! A vs. B",
        "<a href=a.pdf aria-label='A vs. B'><img></a> ! A vs. B",
        "<ul><li>A vs. B: <a href=a.pdf>Download</a></ul> ! A vs. B: Download",
        "<table><tr><td>A vs. B<td><a href=a.pdf>View</a></table> ! A vs. B View",
      })
  void theTitleIsWhatSaysMostAboutTheDocument(String body, String title) {
    assertThat(list(body).rows().get(0).facts()).containsEntry("title", title);
  }

  @Test
  void aTableWithHeadingsYieldsItsFactsInTheManifestsOrder() {
    String table =
        "<table><tr><th>Decision Date<th>CNR No.<th>Case<th>Coram<th>Court<th>Registration date"
            + "<th>Disposal Nature<tr><td>16-03-2023<td> HCMD01 <td>"
            + "<a href=a.pdf>A</a><td>C.\n D<td>Madras<td>14 March 2023<td>DISMISSED</table>";

    assertThat(list(table).rows().get(0).facts())
        .containsExactly(
            Map.entry("title", "A"),
            Map.entry("cnr", "HCMD01"),
            Map.entry("judge", "C. D"),
            Map.entry("court", "Madras"),
            Map.entry("date_of_registration", "2023-03-14"),
            Map.entry("decision_date", "2023-03-16"),
            Map.entry("disposal_nature", "DISMISSED"));
  }

  @ParameterizedTest
  @CsvSource({
    "01-02-2023, 2023-02-01",
    "1/2/2023, 2023-02-01",
    "2023-02-01, 2023-02-01",
    "1 february 2023, 2023-02-01",
    "1 Feb 2023, 2023-02-01",
    "29.02.2024, 2024-02-29",
    "31-02-2023,",
    "29-02-2023,",
    "32-01-2023,",
    "01-02-23,",
    "pending,",
  })
  void datesBecomeIsoAndInvalidOnesAreLeftOut(String text, String iso) {
    String table =
        "<table><tr><th>Case<th>Date of decision<tr><td>" + link("a.pdf") + "<td>" + text;

    assertThat(list(table).rows().get(0).facts().get("decision_date")).isEqualTo(iso);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "16,886,658 ! 16886658",
        "1,68,86,658 results ! 16886658",
        "16 886 658 ! 16886658",
        "16.886.658 ! 16886658",
        "1-3 of 16,886,658 results ! 16886658",
        "Showing 1 to 3 of 3000 entries ! 3000",
        "Page 2: 3000 results ! 3000",
        "99999999999999999999999999 ! 9223372036854775807",
      })
  void theTotalIsReadHoweverItIsWritten(String text, long total) {
    assertThat(listWithTotal(1, text, 3).total()).hasValue(total);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "none", "results"})
  void aTotalThatCannotBeReadIsAFailure(String text) {
    assertThat(failure(() -> listWithTotal(1, text, 3)).reason())
        .isEqualTo(FailureReason.UNREADABLE);
  }

  @Test
  void aTotalThatIsMissingIsAFailure() {
    LinksDialect dialect = dialectWithTotal();

    assertThat(failure(() -> session(dialect, html(link("a.pdf"))).list(1)))
        .hasMessageContaining("#total");
  }

  @ParameterizedTest
  @CsvSource({"1, 100, 2", "1, 100, 0", "4, 11, 1", "4, 10, 0"})
  void fewerRowsThanTheTotalPromisesAreAFailure(int page, String total, int rows) {
    PortalException failure = failure(() -> listWithTotal(page, total, rows));

    assertThat(failure.reason()).isEqualTo(FailureReason.UNREADABLE);
    assertThat(failure).hasMessageContaining("lists " + rows + " rows").hasMessageContaining(total);
  }

  @ParameterizedTest
  @CsvSource({"1, 100, 3", "1, 100, 4", "4, 11, 2", "4, 10, 1", "5, 12, 0", "5, 12, 1"})
  void asManyRowsAsTheTotalPromisesOrMoreAreFine(int page, String total, int rows) {
    assertThat(listWithTotal(page, total, rows).rows()).hasSize(rows);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, PAGES})
  void aListingWithoutRowsIsAFailureNotAnEmptyPage(int page) {
    LinksDialect dialect = dialect("http://portal.test/{page}");

    assertThat(failure(() -> session(dialect, html("<p>Session expired")).list(page)).reason())
        .isEqualTo(FailureReason.UNREADABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{\"errormsg\":\"token\"}", "%PDF-1.4 \u0000\u0001", "No data"})
  void anythingButHtmlIsAFailureOnEveryPage(String body) {
    LinksDialect dialect = dialect("http://portal.test/{page}");
    Reply reply = reply(200, "text/html", body.getBytes(StandardCharsets.UTF_8));

    assertThat(failure(() -> session(dialect, reply).list(PAGES + 1)).reason())
        .isEqualTo(FailureReason.UNREADABLE);
  }

  @ParameterizedTest
  @CsvSource({"404, gone", "410, gone", "302, http_302", "403, http_403", "204, http_204"})
  void aStatusOtherThan200IsAFailure(int status, String word) throws IOException {
    Reply reply = reply(status, "text/html", html(link("a.pdf")).body());
    Dialect.Session session = session(dialect("http://portal.test/{page}"), reply);
    Row row = new Row(1, "a.pdf", "http://portal.test/a.pdf", null, Map.of());

    assertThat(failure(() -> session.list(1)).reason().word()).isEqualTo(word);
    assertThat(failure(() -> session.fetch(row, folder.resolve("f"))).reason().word())
        .isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "ISO-8859-1 ! text/html; charset=ISO-8859-1 ! ",
        "ISO-8859-1 ! text/html ! <meta charset='iso-8859-1'>",
        "UTF-8 ! text/html; Charset=\"utf-8\" ! <meta charset='iso-8859-1'>",
        "UTF-8 ! text/html ! <meta charset='utf-16'>",
        "UTF-16LE ! text/html; charset=utf-16 ! ",
        "UTF-16 ! text/html; charset=utf-16 ! ",
        "UTF-16 ! text/html; charset=utf-8 ! <meta charset='utf-8'>",
        "UTF-8 ! text/html ! ",
        "windows-1252 ! text/html ! ",
        "windows-1252 ! text/html ! <meta name=description content='judgments'>",
        "UTF-8 ! text/html; charset=klingon! ",
        "UTF-8 ! text/html; charset=%$! ",
      })
  void textIsReadInTheCharacterSetThatTheHeaderOrThePageNamesOrTheBytesShow(
      String charset, String type, String head) {
    String page = (head == null ? "" : head) + "<a href='é.pdf'>Désiré</a>";
    Reply reply = reply(200, type, page.getBytes(Charset.forName(charset)));
    Row row = session(dialect("http://portal.test/{page}"), reply).list(1).rows().get(0);

    assertThat(row.facts()).containsEntry("title", "Désiré");
    assertThat(row.id()).isEqualTo("%C3%A9.pdf");
  }

  @Test
  void hostileMarkupIsStillReadAsRows() {
    String deep = "<div>".repeat(20_000);
    String hostile =
        link("a.pdf\" onclick=\"x") + deep + "<a href='b.pdf'><script>x</script>\u2028\u0000B</a>";
    List<Row> rows = list("<!--" + "<table><tr><th>".repeat(50) + "-->" + hostile).rows();

    assertThat(rows).extracting(Row::id).contains("b.pdf");
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(row.facts().values())
                    .allSatisfy(fact -> assertThat(fact).doesNotContainPattern("[\\p{Cntrl}]")));
  }

  @Test
  void aDocumentIsFetchedFromItsAddressAndChecked() throws IOException {
    Path spool = folder.resolve("spooled");
    Files.writeString(spool, "%PDF-1.4\n%%EOF\n");
    Download download = new Download(spool, Files.size(spool), "hash");
    Row row = new Row(1, "a%2Fb.pdf", "http://portal.test/a%2Fb.pdf?x=%20", null, Map.of());
    LinksDialect dialect = dialect("http://portal.test/{page}");

    assertThat(session(dialect, new Reply(200, Map.of(), null, download)).fetch(row, spool))
        .isEqualTo(download);
    assertThat(asked).containsExactly("http://portal.test/a%2Fb.pdf?x=%20 to " + spool);

    Files.writeString(spool, "<html>404</html>");
    assertThat(
            failure(
                    () ->
                        session(dialect, new Reply(200, Map.of(), null, download))
                            .fetch(row, spool))
                .reason())
        .isEqualTo(FailureReason.NOT_PDF);
  }

  private Listing list(String body) {
    return session(dialect("http://portal.test/{page}"), html(body)).list(2);
  }

  private Listing listWithTotal(int page, String total, int rows) {
    String links =
        IntStream.range(0, rows).mapToObj(i -> link(i + ".pdf")).collect(Collectors.joining());
    LinksDialect dialect = dialectWithTotal();
    return session(dialect, html("<p id=total>" + total + "</p>" + links)).list(page);
  }

  private Dialect.Session session(LinksDialect dialect, Reply reply) {
    return dialect.open(
        request -> {
          asked.add(request.uri() + (request.spool() == null ? "" : " to " + request.spool()));
          return reply;
        },
        new TransientMemory());
  }

  private static PortalException failure(ThrowingCallable call) {
    PortalException failure = catchThrowableOfType(PortalException.class, call);
    assertThat(failure).as("a failure").isNotNull();
    return failure;
  }

  private static String link(String href) {
    return "<a href=\"" + href + "\">Title</a>";
  }

  private static Reply html(String body) {
    byte[] page = ("<html><body>" + body + "</body></html>").getBytes(StandardCharsets.UTF_8);
    return reply(200, "text/html; charset=utf-8", page);
  }

  private static Reply reply(int status, String type, byte[] body) {
    return new Reply(status, Map.of("content-type", List.of(type)), body, null);
  }

  private static LinksDialect dialect(String url) {
    return dialect(url, new LinksSettings(Optional.empty(), Optional.empty(), List.of()));
  }

  private static LinksDialect dialectWithTotal() {
    return dialect(
        "http://portal.test/{page}",
        new LinksSettings(Optional.empty(), Optional.of("#total"), List.of()));
  }

  private static LinksDialect dialect(String url, LinksSettings settings) {
    AllowedHosts allowed = new AllowedHosts(List.of("portal.test"));
    return new LinksDialect(
        url,
        settings,
        new PortalScope(allowed, PAGE_SIZE, PAGES, LIMIT, 5, Optional.empty()),
        InstantSource.system());
  }
}
