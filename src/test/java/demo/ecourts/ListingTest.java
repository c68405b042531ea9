package demo.ecourts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import demo.ecourts.PortalMoods.Growth;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages and rows of the simulated portal's listing. */
class ListingTest {
  private static final String FRAGMENT = "#page=&search=%20";

  private EcourtsPortal portal;
  private PortalVisitor visitor;

  @AfterEach
  void stop() {
    portal.close();
  }

  private void visit(int documents, PortalMoods moods) throws Exception {
    portal = new EcourtsPortal(documents, moods);
    visitor = new PortalVisitor(portal);
    visitor.get("");
  }

  private static JsonNode rows(JsonNode answer) {
    return answer.at("/reportrow/aaData");
  }

  private static int total(JsonNode answer) {
    return Integer.parseInt(answer.at("/reportrow/iTotalRecords").asText());
  }

  /** The HTML of a judgment's row. */
  private String row(int number) throws Exception {
    return rows(visitor.list(number - 1, 10)).get(0).get(1).asText();
  }

  @Test
  void aPageHasItsRowsAndTheTotalAsText() throws Exception {
    visit(57, PortalMoods.good());

    JsonNode answer = visitor.list(50, 25);

    JsonNode table = answer.get("reportrow");
    assertThat(table.get("sEcho").asInt()).isEqualTo(7);
    assertThat(table.get("iTotalRecords").isTextual()).isTrue();
    assertThat(table.get("iTotalRecords").asText()).isEqualTo("57");
    assertThat(table.get("iTotalDisplayRecords").asText()).isEqualTo("57");
    assertThat(table.get("sSearch").asText()).isEmpty();
    assertThat(table.get("aaData")).hasSize(7);
    assertThat(table.get("aaData").get(0).get(0).asInt()).isEqualTo(51);
  }

  @Test
  void aPageAfterTheLastIsEmptyAndNamesTheTotal() throws Exception {
    visit(57, PortalMoods.good());

    JsonNode answer = visitor.list(100, 10);

    assertThat(rows(answer)).isEmpty();
    assertThat(total(answer)).isEqualTo(57);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 25, 50, 100, 200, 900, 1000})
  void aPageMayHaveOneOfThePortalsPageSizes(int length) throws Exception {
    visit(1_005, PortalMoods.good());

    assertThat(rows(visitor.list(0, length))).hasSize(length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sEcho=",
        "iColumns=3",
        "iDisplayStart=-1",
        "iDisplayLength=0",
        "iDisplayLength=30",
        "iDisplayLength=150",
        "iDisplayLength=1100",
        "mDataProp_1=0",
        "sSortDir_0=desc",
        "search_opt=ANY",
        "fcourt_type=1",
        "state_code=27",
        "dist_code=",
        "from_date=2024-12-31",
        "to_date=31-02-2024",
        "date_val="
      })
  void aWrongFieldIsRefused(String wrong) throws Exception {
    visit(57, PortalMoods.good());
    String[] field = wrong.split("=", 2);

    JsonNode answer = visitor.list(0, 10, Map.of(field[0], field[1]));

    assertThat(answer.get("errormsg").asText()).isEqualTo("Invalid request: " + field[0]);
    assertThat(answer.has("reportrow")).isFalse();
  }

  @Test
  void everyShapeOccursWithinTwentyRows() throws Exception {
    visit(20, PortalMoods.good());

    assertThat(IntStream.rangeClosed(1, 20).mapToObj(number -> portal.judgment(number).shape()))
        .containsAll(EnumSet.allOf(RowShape.class));
  }

  @ParameterizedTest
  @EnumSource(
      value = RowShape.class,
      names = {"WITHHELD", "BROKEN_CALL", "NO_PAIR", "EMPTY"},
      mode = EnumSource.Mode.EXCLUDE)
  void aBrowserReadsTheTitleAndTheFactsOfEveryOtherShape(RowShape shape) throws Exception {
    visit(20, PortalMoods.good());
    EcourtsJudgment judgment = first(shape);

    Document html = Jsoup.parse(row(judgment.number()));

    assertThat(html.select("button[role=link] font").text()).isEqualTo(judgment.title());
    assertThat(html.select("button").attr("aria-label")).isEqualTo(judgment.title() + " pdf");
    assertThat(html.select("img")).isEmpty();
    assertFacts(html, judgment);
  }

  private static void assertFacts(Document html, EcourtsJudgment judgment) {
    assertThat(html.select("strong").first().text()).isEqualTo("Judge : " + judgment.judge());
    assertThat(html.select("strong.caseDetailsTD font").eachText())
        .containsExactly(
            judgment.cnr(),
            RowHtml.DATE.format(judgment.registered()),
            RowHtml.DATE.format(judgment.decided()),
            judgment.outcome());
    assertThat(html.select("strong.caseDetailsTD").text()).endsWith("Court : " + judgment.court());
  }

  private EcourtsJudgment first(RowShape shape) {
    return portal.listed().stream()
        .filter(judgment -> judgment.shape() == shape)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theCallOfOpenPdfIsWrittenInManyWays() throws Exception {
    visit(20, PortalMoods.good());

    assertThat(row(1))
        .contains("onclick=javascript:open_pdf('0','','" + path(1) + FRAGMENT + "')>");
    assertThat(row(2)).contains("onclick='javascript:open_pdf(\"0\",\"\",\"" + path(2) + "\")'");
    assertThat(row(3))
        .contains("onclick=\"javascript:open_pdf('0','','" + path(3) + FRAGMENT + "')\"");
    assertThat(row(4)).contains("onclick=javascript:open_pdf( '0' , '' , '" + path(4) + "' )");
    assertThat(row(5))
        .contains("open_pdf(&#39;0&#39;,&#39;&#39;,&#39;" + path(5) + FRAGMENT + "&#39;)'");
    assertThat(row(6)).startsWith("<BUTTON TYPE=").contains("ONCLICK=\"javascript:open_pdf('0'");
    assertThat(row(19)).startsWith("<button type=button role=link ").contains(" id=link_0 ");
  }

  private String path(int number) {
    return portal.judgment(number).path().orElseThrow();
  }

  @Test
  void aJudgmentInSeveralLanguagesHasAChoiceBeforeItsButton() throws Exception {
    visit(20, PortalMoods.good());
    EcourtsJudgment judgment = first(RowShape.LANGUAGES);

    Document html = Jsoup.parse(row(judgment.number()));

    assertThat(html.select("select[name=language] option").eachAttr("value"))
        .containsExactly("", "PUN", "HIN");
    assertThat(html.select("select").attr("onchange"))
        .isEqualTo("javascript:get_pdf_lang('0','%s','')".formatted(judgment.path().orElseThrow()));
    assertThat(html.body().child(1).tagName()).isEqualTo("button");
  }

  @Test
  void aWithheldDocumentHasNoButtonButItsFactsAndCannotBeOpened() throws Exception {
    visit(20, PortalMoods.good());
    EcourtsJudgment judgment = first(RowShape.WITHHELD);

    Document html = Jsoup.parse(row(judgment.number()));

    assertThat(html.select("button")).isEmpty();
    assertFacts(html, judgment);
    assertThat(judgment.path()).isEmpty();
  }

  @Test
  void someRowsCannotBeRead() throws Exception {
    visit(20, PortalMoods.good());

    JsonNode rows = rows(visitor.list(0, 25));

    assertThat(place(RowShape.BROKEN_CALL, rows).get(1).asText())
        .contains("<button ", "open_pdf('13','>")
        .doesNotContain(".pdf");
    assertThat(place(RowShape.NO_PAIR, rows).isTextual()).isTrue();
    assertThat(place(RowShape.EMPTY, rows).get(1).asText()).isEmpty();
    assertThat(EnumSet.allOf(RowShape.class).stream().filter(RowShape::isUnreadable))
        .containsExactly(RowShape.BROKEN_CALL, RowShape.NO_PAIR, RowShape.EMPTY);
  }

  private JsonNode place(RowShape shape, JsonNode rows) {
    return rows.get(first(shape).number() - 1);
  }

  @Test
  void theSecondOrderInACaseSharesItsCnr() throws Exception {
    visit(20, PortalMoods.good());
    EcourtsJudgment second = first(RowShape.SECOND_ORDER);
    EcourtsJudgment first = portal.judgment(second.number() - 1);

    assertThat(second.cnr()).isEqualTo(first.cnr());
    assertThat(second.path()).isNotEqualTo(first.path());
    assertThat(second.pdf()).isNotEqualTo(first.pdf());
  }

  @Test
  void everyPathOccursOnceAndHasAFileOfItsOwn() throws Exception {
    visit(200, PortalMoods.good());

    List<EcourtsJudgment> readable =
        portal.listed().stream().filter(judgment -> judgment.path().isPresent()).toList();

    assertThat(readable).extracting(EcourtsJudgment::path).doesNotHaveDuplicates().hasSize(160);
    assertThat(readable.stream().limit(20).map(EcourtsJudgment::pdf)).doesNotHaveDuplicates();
  }

  @Test
  void rowsCanAllBePlain() throws Exception {
    visit(40, PortalMoods.good().withPlainRows());

    assertThat(portal.listed()).extracting(EcourtsJudgment::shape).containsOnly(RowShape.PLAIN);
    assertThat(StreamSupport.stream(rows(visitor.list(0, 50)).spliterator(), false))
        .allMatch(row -> row.get(1).asText().contains("onclick=javascript:open_pdf('"))
        .hasSize(40);
  }

  @Test
  void theStateCodeNarrowsTheListing() throws Exception {
    visit(100, PortalMoods.good());
    Set<String> codes =
        portal.listed().stream().map(EcourtsJudgment::stateCode).collect(Collectors.toSet());

    assertThat(codes).containsExactlyInAnyOrder("27~1", "9~13", "33~10", "24~17");
    for (String code : codes) {
      assertNarrowed(Map.of("state_code", code), judgment -> judgment.stateCode().equals(code));
    }
  }

  @Test
  void theDayOfDecisionNarrowsTheListing() throws Exception {
    visit(100, PortalMoods.good());
    LocalDate day = portal.judgment(50).decided();
    String text = RowHtml.DATE.format(day);

    assertNarrowed(Map.of("from_date", text), judgment -> !judgment.decided().isBefore(day));
    assertNarrowed(Map.of("to_date", text), judgment -> !judgment.decided().isAfter(day));
    assertNarrowed(
        Map.of("from_date", text, "to_date", text), judgment -> judgment.decided().equals(day));
  }

  private void assertNarrowed(Map<String, String> filter, Predicate<EcourtsJudgment> expected)
      throws Exception {
    List<EcourtsJudgment> judgments = portal.listed().stream().filter(expected).toList();

    JsonNode answer = visitor.list(0, 100, filter);

    assertThat(judgments).isNotEmpty().hasSizeLessThan(100);
    assertThat(total(answer)).isEqualTo(judgments.size());
    assertThat(rows(answer)).hasSize(judgments.size());
    for (int i = 0; i < judgments.size(); i++) {
      String path = judgments.get(i).path().orElse("");
      assertThat(rows(answer).get(i).toString()).contains(path);
    }
  }

  @Test
  void theSupremeCourtHasAListingOfItsOwn() throws Exception {
    visit(100, PortalMoods.good());
    EcourtsJudgment judgment = portal.judgment(1_000_001);
    Map<String, String> fields =
        Map.of("fcourt_type", "3", "citation_year", judgment.citationYear());

    JsonNode answer = visitor.list(0, 10, Map.of("fcourt_type", "3"));
    String path = judgment.path().orElseThrow();
    JsonNode opened = visitor.open(path, fields);

    assertThat(total(answer)).isEqualTo(10);
    assertThat(rows(answer).get(0).get(1).asText())
        .contains("open_pdf('0','" + judgment.citationYear() + "','" + path);
    assertThat(visitor.get(opened.get("outputfile").asText()).body()).isEqualTo(judgment.pdf());
    assertThat(visitor.open(path).has("errormsg")).isTrue();
  }

  @Test
  void newJudgmentsComeFirst() throws Exception {
    visit(20, PortalMoods.good());
    List<EcourtsJudgment> before = portal.listed();

    portal.grow(2);

    JsonNode answer = visitor.list(0, 25);
    assertThat(total(answer)).isEqualTo(22);
    assertThat(rows(answer).get(1).toString()).contains(portal.judgment(21).cnr());
    assertThat(portal.listed()).extracting(EcourtsJudgment::number).startsWith(22, 21, 1, 2);
    assertThat(portal.listed()).endsWith(before.toArray(new EcourtsJudgment[0]));
    assertThat(visitor.open(path(21)).has("outputfile")).isTrue();
  }

  @Test
  void theListingCanGrowWhileItIsRead() throws Exception {
    visit(20, PortalMoods.good().with(new Growth(3, 2)));

    List<Integer> totals =
        List.of(
            total(visitor.list(0, 10)),
            total(visitor.list(10, 10)),
            total(visitor.list(20, 10)),
            total(visitor.list(0, 10)),
            total(visitor.list(0, 10)));

    assertThat(totals).containsExactly(20, 20, 23, 23, 26);
  }
}
