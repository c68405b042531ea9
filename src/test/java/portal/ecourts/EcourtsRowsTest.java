package portal.ecourts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import model.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import portal.Identity;
import portal.Row;

class EcourtsRowsTest {
  private static final URI BASE = URI.create("https://portal.test/pdfsearch/");
  private static final Identity IDENTITY = new Identity(BASE, List.of(), 1000);
  private static final String PATH =
      "court/cnrorders/mdubench/orders/HCMD010287762023_1_2023-03-16.pdf";
  private static final String DETAILS =
      "<strong class='caseDetailsTD'><span style='color:#212F3D'> CNR :</span>"
          + "<font color='green'> HCMD010287762023</font>"
          + "<span style='color:#212F3D'> | Date of registration :</span>"
          + "<font color='green'> 14-03-2023</font>"
          + "<span style='color:#212F3D'> | Decision Date :</span>"
          + "<font color='green'> 16-03-2023</font>"
          + "<span style='color:#212F3D'> | Disposal Nature :</span>"
          + "<font color='green'> DISMISSED</font><br>"
          + "<span style='opacity: 0.5;'>Court : Madras High Court</span></strong>";
  private static final String REST =
      "<br><strong>Judge : HONOURABLE MR JUSTICE C. D</strong><br>No.4399 of 2023 BEFORE THE"
          + " MADURAI BENCH<br>"
          + DETAILS;

  private static EcourtsRows.Listed read(String html) {
    return read(html, List.of()).get(0);
  }

  private static List<EcourtsRows.Listed> read(String html, List<String> languages) {
    ArrayNode cells = new ObjectMapper().createArrayNode();
    cells.addArray().add(1).add(html);
    EcourtsSettings settings =
        new EcourtsSettings(languages, Optional.empty(), Optional.empty(), Optional.empty(), "2");
    return new EcourtsRows(BASE, settings, IDENTITY).read(cells);
  }

  private static String button(String onclick) {
    return "<button type='button' role='link' id='link_0'"
        + " aria-label='CRL MP/4399/2023 of A Vs B pdf' href='#' "
        + onclick
        + "><font size='3'>CRL MP/4399/2023 of A Vs B</font></button>"
        + REST;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "onclick=javascript:open_pdf('0','','" + PATH + "#page=&search=%20')",
        "onclick=javascript:open_pdf('0' , '' , '" + PATH + "#page=&search= x')",
        "onclick=\"javascript:open_pdf('0','','" + PATH + "')\"",
        "onclick='javascript:open_pdf(\"0\" ,\"\" ,\"" + PATH + "\")'",
        "ONCLICK=\"javascript:open_pdf(&#39;0&#39;,&#39;&#39;,&#39;" + PATH + "&#39;);\"",
        "onclick=\"open_pdf(&quot;0&quot;, &quot;&quot;, &quot;" + PATH + "&quot;, 'x')\"",
        "onclick=javascript:open_pdf(0,'','" + PATH + "')"
      })
  void theCallIsReadInEveryKindOfQuotes(String onclick) {
    EcourtsRows.Listed listed = read(button(onclick));

    assertThat(listed.document()).isEqualTo(new EcourtsDocument("0", "", PATH, null));
    assertThat(listed.row().id()).isEqualTo(PATH);
    assertThat(listed.row().url()).isEqualTo(BASE + PATH);
    assertThat(listed.row().isFetchable()).isTrue();
  }

  @Test
  void spacesInAPathDoNotEndAnUnquotedAttribute() {
    EcourtsRows.Listed listed = read(button("onclick=javascript:open_pdf('0','','court/a b.pdf')"));

    assertThat(listed.document().path()).isEqualTo("court/a b.pdf");
    assertThat(listed.row().id()).isEqualTo("court/a%20b.pdf");
  }

  @Test
  void whatTheRowSaysBecomesFactsWithIsoDates() {
    Row row = read(button("onclick=open_pdf('0','','" + PATH + "')")).row();

    assertThat(row.facts())
        .containsEntry("title", "CRL MP/4399/2023 of A Vs B")
        .containsEntry("cnr", "HCMD010287762023")
        .containsEntry("judge", "HONOURABLE MR JUSTICE C. D")
        .containsEntry("court", "Madras High Court")
        .containsEntry("date_of_registration", "2023-03-14")
        .containsEntry("decision_date", "2023-03-16")
        .containsEntry("disposal_nature", "DISMISSED")
        .containsEntry("excerpt", "No.4399 of 2023 BEFORE THE MADURAI BENCH")
        .hasSize(8);
  }

  @Test
  void aRowWithoutAButtonButWithACnrIsWithheld() {
    Row row = read("<font size='3'>CRL MP/4399/2023 of A Vs B</font>" + REST).row();

    assertThat(row.rejection()).isEqualTo(FailureReason.WITHHELD);
    assertThat(row.url()).isNull();
    assertThat(row.id()).contains("HCMD010287762023").contains("A Vs B");
    assertThat(row.facts()).containsEntry("cnr", "HCMD010287762023").doesNotContainKey("raw");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<button onclick='open_pdf()'>A Vs B</button>",
        "<button onclick=\"open_pdf('0','','')\">A Vs B</button>",
        "<button>A Vs B</button><strong class='caseDetailsTD'>CNR : HCMD010287762023</strong>",
        "<p>something else</p>"
      })
  void aRowThatNoRuleReadsIsKeptWithItsRawText(String html) {
    Row row = read(html).row();

    assertThat(row.rejection()).isEqualTo(FailureReason.UNREADABLE);
    assertThat(row.facts()).containsEntry("raw", html);
    assertThat(row.id()).isNotBlank();
  }

  @Test
  void cellsThatAreNotRowsAreKeptAndTheOthersKeepTheirPositions() throws Exception {
    List<EcourtsRows.Listed> rows =
        new EcourtsRows(BASE, EcourtsSettings.EVERYTHING, IDENTITY)
            .read(
                new ObjectMapper()
                    .readTree(
                        "[\"x\", [2], [3, \"\"], [4, \"<b onclick=open_pdf('3','','a/b.pdf')>t</b>\"]]"));

    assertThat(rows).extracting(each -> each.row().number()).containsExactly(1, 2, 3, 4);
    assertThat(rows.subList(0, 3))
        .extracting(each -> each.row().facts().get("raw"))
        .containsExactly("\"x\"", "[2]", "[3,\"\"]");
    assertThat(rows.get(3).row().id()).isEqualTo("a/b.pdf");
  }

  @Test
  void furtherLanguagesAreSeparateRowsOnlyIfTheyAreWanted() {
    String html =
        "<select name=\"language\" onchange=\"javascript:get_pdf_lang('33','"
            + PATH
            + "','year')\"><option value=\"\">English</option>"
            + "<option value=\"PUN\">Punjabi</option><option value=\"HIN\">Hindi</option></select>"
            + button("onclick=open_pdf('33','','" + PATH + "')");

    assertThat(read(html, List.of()))
        .singleElement()
        .satisfies(only -> assertThat(only.row().facts()).containsEntry("language", "English"));
    List<EcourtsRows.Listed> punjabi = read(html, List.of("PUN"));
    assertThat(punjabi)
        .extracting(each -> each.row().id())
        .containsExactly(PATH, PATH + "%3Flang=PUN");
    assertThat(punjabi.get(1).row().facts()).containsEntry("language", "Punjabi");
    assertThat(punjabi.get(1).document().fields("2")).containsEntry("lang_flg", "PUN");
    assertThat(read(html, List.of("all"))).hasSize(3);
  }

  @Test
  void hostilePathsAreRejectedAndNeverBecomeAKey() {
    for (String path : List.of("../../etc/passwd", "a/../b.pdf", "http://127.0.0.2/x.pdf")) {
      Row row = read(button("onclick=\"open_pdf('0','','" + path + "')\"")).row();
      assertThat(row.rejection()).isEqualTo(FailureReason.BAD_ADDRESS);
      assertThat(row.url()).isEqualTo(path);
    }
  }

  @Test
  void aDocumentIsFoundAgainByWhatItsManifestKeeps() {
    String onclick = "onclick=\"open_pdf('0','2019','court/a b/ü.pdf')\"";
    EcourtsRows.Listed listed = read(button(onclick));

    assertThat(listed.row().id()).isEqualTo("court/a%20b/%C3%BC.pdf");
    assertThat(EcourtsDocument.of(listed.row(), BASE)).isEqualTo(listed.document());
  }

  @Test
  void aTitleThatMentionsTheCallIsNotTheCall() {
    EcourtsRows.Listed listed =
        read(
            "<button aria-label=\"open_pdf('9','','court/forged.pdf') Vs B pdf\""
                + " onclick=javascript:open_pdf('0' ,'' ,'a.pdf')>"
                + "open_pdf('9','','court/forged.pdf') Vs B</button>");

    assertThat(listed.row().id()).isEqualTo("a.pdf");
  }

  @Test
  void markupInATitleIsText() {
    Row row =
        read("<button onclick=\"open_pdf('0','','a.pdf')\">"
                + "<font size='3'>&lt;img src=x onerror=alert(1)&gt; Vs State</font></button>")
            .row();

    assertThat(row.facts()).containsEntry("title", "<img src=x onerror=alert(1)> Vs State");
  }
}
