package cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import api.dto.Json;
import api.dto.StatusData;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;

class StatusTableTest {
  private static StatusData status(String error) throws JsonProcessingException {
    String data =
        """
        {"instance_id":1,"total_scripts":6,"running_scripts":6,"waiting_scripts":1,
         "completed_scripts":0,"error_scripts":0,"total_pages":30,"completed_pages":1,
         "warnings":["a total"],
         "scripts":[{"script_id":1,"status":"waiting","waiting_reason":"captcha","total_pages":5,
          "completed_pages":1,"progress_percentage":20.0,"current_page":2,
          "total_files_downloaded":100,"failed_downloads":3,"files_per_second":20.5,
          "eta_seconds":100,"last_error":%s}]}
        """;
    return Json.ANSWERS.readValue(data.formatted(error), StatusData.class);
  }

  @Test
  void withoutErrorsThereIsNoColumnForThem() throws Exception {
    assertThat(new StatusTable(status("null")).toString())
        .startsWith(
            "script             status  pages    done  page  files  failed  files/s  left\n")
        .endsWith("warning: a total\n");
  }

  @Test
  void onANarrowTerminalThePercentagesAreOmittedAndTheTotalsAreWrapped() throws Exception {
    String text = new StatusTable(status("null"), 70).toString();

    assertThat(text.lines()).allMatch(line -> line.length() <= 77);
    assertThat(text).doesNotContain("done").contains("1/5");
    assertThat(new StatusTable(status("null"), 40).toString()).contains("0 completed,");
  }

  @Test
  void anErrorGetsTheRemainingWidth() throws Exception {
    String text = new StatusTable(status("\"" + "e".repeat(90) + "\""), 100).toString();

    assertThat(text.lines().limit(2)).allMatch(line -> line.length() <= 100);
    assertThat(text).contains("  last error\n", "eeeeeeeee…\n");
  }
}
