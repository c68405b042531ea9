package cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import api.dto.Json;
import api.dto.StatusData;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTableTest {
  private static final String ALL =
      "script             status  pages    done  page  files  failed  files/s  left\n";

  private static StatusData status(String scripts) throws JsonProcessingException {
    String data =
        """
        {"instance_id":1,"total_scripts":6,"running_scripts":6,"waiting_scripts":1,
         "completed_scripts":0,"error_scripts":0,"total_pages":30,"completed_pages":1,
         "warnings":["a total"],"scripts":[%s]}
        """;
    return Json.ANSWERS.readValue(data.formatted(scripts), StatusData.class);
  }

  private static String script(int id, String error) {
    return """
        {"script_id":%d,"status":"waiting","waiting_reason":"captcha","total_pages":5,
         "completed_pages":1,"progress_percentage":20.0,"current_page":2,
         "total_files_downloaded":100,"failed_downloads":3,"files_per_second":20.5,
         "eta_seconds":100,"last_error":%s}
        """
        .formatted(id, error);
  }

  /** As large as they become with 17 million documents. */
  private static StatusData large() throws JsonProcessingException {
    String script =
        """
        {"script_id":66,"status":"completed","total_pages":168867,
         "completed_pages":168866,"progress_percentage":99.99,"current_page":168866,
         "total_files_downloaded":16886658,"failed_downloads":123456,"rejected_downloads":123456,
         "files_per_second":1234.5,"eta_seconds":8640000,
         "last_error":"the portal responds with 503 to %s"}
        """
            .formatted("https://portal.example/judgments?page=168866".repeat(3));
    String totals =
        """
        {"instance_id":4,"total_scripts":66,"running_scripts":66,"waiting_scripts":66,
         "completed_scripts":66,"error_scripts":66,"total_pages":168867,"completed_pages":168866,
         "progress_percentage":99.99,"total_files_downloaded":16886658,"failed_downloads":123456,
         "total_bytes":1300000000000,"files_per_second":1234.5,"eta_seconds":8640000,
         "retrying_downloads":1234,"rejected_downloads":123456,
         "rejected_reasons":{"foreign_host":123456,"bad_address":1234,"withheld":12},
         "warnings":["the portal lists 16,886,660 documents; configured are 16,886,658"],
         "scripts":[%s]}
        """;
    return Json.ANSWERS.readValue(totals.formatted(script), StatusData.class);
  }

  @Test
  void withoutErrorsThereIsNothingBetweenTableAndTotals() throws Exception {
    assertThat(new StatusTable(status(script(1, "null")), 80).toString())
        .startsWith(ALL)
        .contains("20.5  1:40\n\ninstance 1: 6 scripts")
        .endsWith("warning: a total\n");
  }

  @Test
  void aNarrowTerminalDoesWithoutColumnsThatTheTotalsHaveAndBreaksTotalsAfterAComma()
      throws Exception {
    String text = new StatusTable(status(script(1, "null")), 70).toString();

    assertThat(text).doesNotContain("done").contains("1/5", "  page  ");
    assertThat(new StatusTable(status(script(1, "null")), 40).toString())
        .contains("0 completed,\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 100})
  void noLineIsWiderThanTheTerminalButForAnAddressInIt(int width) throws Exception {
    String text = new StatusTable(large(), width).toString();

    assertThat(text.lines().filter(line -> !line.contains("https://")))
        .allMatch(line -> line.length() <= width);
    assertThat(text).contains("script", "status", "pages", "files", "168,866/168,867");
  }

  @Test
  void anErrorIsShownInFullBelowTheTableOnceForAllScriptsThatHaveIt() throws Exception {
    String many =
        IntStream.rangeClosed(1, 10)
            .mapToObj(id -> script(id, id == 2 ? "\"the disk is full\"" : "\"no answer\""))
            .collect(Collectors.joining(","));

    assertThat(new StatusTable(status(many), 80).toString())
        .startsWith(ALL)
        .contains(
            "\n\nscripts 1, 3, 4, 5, 6, 7, 8, 9 and 1 more: no answer\n"
                + "script 2: the disk is full\n\ninstance 1:");
  }

  @Test
  void aLongErrorIsWrappedAndAVeryLongOneIsCut() throws Exception {
    String text =
        new StatusTable(status(script(1, "\"" + "word ".repeat(90) + "\"")), 80).toString();

    assertThat(text).contains("\nscript 1: word word ", "\n  word word ", "…\n");
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
  }
}
