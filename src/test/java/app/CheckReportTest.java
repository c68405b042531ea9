package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckReportTest {
  private static final String LONG =
      "the portal lists 453 documents in pages of 30; configured are 16,886,658 in pages of 100:"
          + " set harvest.total-results and harvest.page-size";

  @Test
  void itFitsATerminalAndHasOneLinePerFindingElsewhere() {
    CheckReport report = new CheckReport();
    report.ok("robots", "robots.txt allows the listing");
    report.problem("total", LONG, Map.of("harvest.page-size", 30L));

    assertThat(report.text(80, "f").lines()).allMatch(line -> line.length() <= 80);
    assertThat(report.text(80, "f"))
        .startsWith("ok       robots.txt allows the listing\nPROBLEM  the portal lists")
        .contains("\n         ");
    assertThat(report.text(Integer.MAX_VALUE, "f"))
        .contains("PROBLEM  " + LONG + "\n")
        .endsWith("1 problem");
  }

  @Test
  void aWrittenValueIsNoProblemUnlessAnotherSourceOverridesIt() {
    CheckReport report = new CheckReport();
    report.problem("total", LONG, Map.of("harvest.page-size", 30L));
    report.written(true);
    assertThat(report.isOk()).isTrue();
    assertThat(report.text(Integer.MAX_VALUE, "f"))
        .contains("written into f:\n  harvest.page-size = 30");

    CheckReport hidden = new CheckReport();
    hidden.problem("total", LONG, Map.of("harvest.page-size", 30L));
    hidden.written(false);
    assertThat(hidden.isOk()).isFalse();
  }
}
