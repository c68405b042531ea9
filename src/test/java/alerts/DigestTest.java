package alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DigestTest {
  private static final ZonedDateTime NOW =
      ZonedDateTime.parse("2026-11-27T07:00:00+05:30[Asia/Kolkata]");

  private static Pictures busy() {
    return new Pictures()
        .set("total_files_downloaded", 1_234_567)
        .set("total_bytes", 312_400L << 20)
        .set("failed_downloads", 1_203)
        .set("success_rate", 99.9)
        .set("retrying_downloads", 22)
        .set("rejected_downloads", 84)
        .set("rejected_reasons", Map.of("foreign_host", 84))
        .set("total_pages", 43_503)
        .set("completed_pages", 12_345)
        .set("progress_percentage", 28.37)
        .script(18, "running")
        .script(19, "error", "last_error", "the ledger could not be written")
        .script(20, "waiting", "waiting_reason", "captcha")
        .script(21, "not_started")
        .quota("61,402 of 100,000 documents")
        .audit(false);
  }

  @Test
  void itHasFiguresProgressProblemsAndWhatToDoNext() {
    Digest.Figures before =
        new Digest.Figures("2026-11-26T01:30:00Z", 1_173_165, 297_000L << 20, 11_731);

    String text =
        new Digest(
                busy().situation(),
                before,
                List.of("script 19 is in error: the ledger could not be written"),
                4,
                NOW)
            .text();

    assertThat(text)
        .isEqualTo(
            """
            Instance 2 of 4 on Friday 27 November 2026, 07:00 +05:30

              documents    1,234,567 stored (305.1 GiB)
              pages        12,345 of 43,503 (28.37 %)
              new          61,402 documents (15.0 GiB) and 614 pages since 26 November,
                           07:00; 0.71 documents a second
              the rest     31,158 pages, at that pace until 17 January 2027
              scripts      1 error, 1 not started, 1 running, 1 waiting
              failed       1,203 (success rate 99.90 %), 22 are tried again
              rejected     84 foreign_host
              today        61,402 of 100,000 documents
              machine      CPU 31 %, memory 44 %, 142.0 GiB of the disk free (61.2 %)
              last audit   27 November, 06:42, findings: 3, gaps: 1

            Needs a hand

            * script 19 is in error: the ledger could not be written

            Next

            * read the captchas: ./harvester captcha, or on the dashboard
            * mend what ended the scripts, then: ./harvester start 19
            * start the scripts that do not run: ./harvester start 21
            * when the scripts have completed: ./harvester retry-failed tries the failed
              documents again
            * ./harvester audit names what the audit found, ./harvester audit --repair
              mends it
            """);
    assertThat(text.lines()).allMatch(line -> line.length() <= 76);
  }

  @Test
  void theFirstDigestOfAQuietInstanceIsShort() {
    String text =
        new Digest(new Pictures().script(1, "running").situation(), null, List.of(), 1, NOW).text();

    assertThat(text)
        .doesNotContain("the rest")
        .contains("last audit   none yet")
        .contains("Needs a hand\n\n  nothing\n")
        .contains("Next\n\n  nothing to do: the scripts go on by themselves\n")
        .doesNotContain("rejected");
  }

  @Test
  void aHarvestWithoutProgressHasNoForecast() {
    Digest.Figures before = new Digest.Figures("2026-11-26T01:30:00Z", 5, 5, 12_345);

    assertThat(new Digest(busy().situation(), before, List.of(), 4, NOW).text())
        .contains("the rest     31,158 pages; at that pace there is no end in sight\n");
  }
}
