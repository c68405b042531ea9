package portal.ecourts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import model.FailureReason;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import portal.Identity;
import portal.Row;
import testing.Mutations;

/** Rows that try to exhaust the reader. */
class HostileRowsTest {
  private static final URI BASE = URI.create("https://portal.test/pdfsearch/");
  private static final String PATH = "court/x/orders/A_1_2023-03-16.pdf";
  private static final String ROW =
      "<button onclick=\"javascript:open_pdf('0','','"
          + PATH
          + "#page=1')\" aria-label='A Vs B pdf'><font size='3'>A v B</font></button><br>"
          + "<strong>Judge : C. D</strong><strong class='caseDetailsTD'><span>CNR :</span>"
          + "<font> HCMD010287762023</font><span> | Decision Date :</span><font> 16-03-2023</font>"
          + "<span>Court : Madras</span></strong>";

  private static Row read(String html) {
    ArrayNode cells = new ObjectMapper().createArrayNode();
    cells.addArray().add(1).add(html);
    EcourtsSettings settings =
        new EcourtsSettings(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), "2");
    return new EcourtsRows(BASE, settings, new Identity(BASE, List.of(), 1000))
        .read(cells)
        .get(0)
        .row();
  }

  @Provide
  Arbitrary<String> rows() {
    return Mutations.of(ROW.getBytes(UTF_8)).map(bytes -> new String(bytes, UTF_8));
  }

  @Property(tries = 300)
  void aRowIsARowWhateverItContains(@ForAll("rows") String html) {
    Row row = read(html);
    assertThat(row.number()).isEqualTo(1);
    assertThat(row.facts().values()).doesNotContain("").doesNotContainNull();
    if (row.isFetchable()) {
      assertThat(row.address()).startsWith("https://portal.test/pdfsearch/");
    }
  }

  /** It needed more stack than a thread has, and its page failed forever. */
  @Test
  void aVeryLongPathIsAPath() {
    String name = "n".repeat(100_000);
    Row row = read(ROW.replace("orders/A_1", "orders/" + name));
    assertThat(row.isFetchable()).isTrue();
    assertThat(row.id().length()).isLessThanOrEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<button aria-label='%s x'></button>",
        "<a onclick=%s x>open_pdf</a>",
        "onclick=%s'%s x",
        "onclick=open_pdf(%s'%s'%s x",
        "onclick=open_pdf('%s",
        "<strong class=caseDetailsTD>Court :%s x</strong>",
        "<strong>Judge :%s x</strong>"
      })
  void endlessWhiteSpaceIsReadAsQuicklyAsAnyText(String html) {
    String hostile = html.replace("%s", " \u00a0\t".repeat(20_000));
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThat(read(hostile).rejection()).isEqualTo(FailureReason.UNREADABLE));
  }

  @Test
  void aRowOfMoreTagsThanAnyRowHasIsUnreadable() {
    Row row = read(ROW + "<b>".repeat(1_000_000));

    assertThat(row.rejection()).isEqualTo(FailureReason.UNREADABLE);
    assertThat(row.id()).hasSize(2_000).startsWith("<button onclick");
    assertThat(row.facts().get("raw")).hasSize(64 * 1024);
  }

  @Test
  void aCellThatIsNotARowHasAShortId() {
    ArrayNode cells = new ObjectMapper().createArrayNode();
    cells.addArray().add(1).addArray().add("x".repeat(100_000));
    EcourtsRows rows =
        new EcourtsRows(BASE, EcourtsSettings.EVERYTHING, new Identity(BASE, List.of(), 1000));

    assertThat(rows.read(cells).get(0).row().id()).hasSize(2_000);
  }
}
