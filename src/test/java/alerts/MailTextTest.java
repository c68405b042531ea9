package alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailTextTest {
  private final MailText mail = new MailText(2, ZoneId.of("Asia/Kolkata"), "-- \nfooter\n");

  private static Notice notice(AlertKind kind, String state, Integer script, String text) {
    Alert alert =
        new Alert("instance 2: " + text, kind.word(), state, 2, script, "2026-11-27T01:30:00Z");
    return new Notice("2026-11-27T01:42:00Z", alert, false, null);
  }

  @Test
  void theSubjectHasOnlyOurOwnWordsAndNumbers() {
    String evil = "x\r\nBcc: all@example.org \u2028 \u0928\u0930";

    assertThat(
            mail.subject(
                List.of(
                    notice(AlertKind.SCRIPT_WAITING, "open", 5, evil),
                    notice(AlertKind.SCRIPT_WAITING, "open", 6, evil),
                    notice(AlertKind.SCRIPT_WAITING, "closed", 5, evil),
                    notice(AlertKind.PEER, "open", null, evil))))
        .isEqualTo(
            "[judgment-harvester 2] script waiting x2, script waiting (over), peer unreachable");
  }

  @Test
  void theTextSaysWhatIsNewOngoingOverAndCompleted() {
    Notice again = notice(AlertKind.CAPTCHA, "open", 6, "script 6 waits");

    assertThat(
            mail.body(
                List.of(
                    notice(AlertKind.SCRIPT_COMPLETED, "open", 7, "script 7 has completed"),
                    notice(AlertKind.SCRIPT_WAITING, "closed", 5, "script 5 no longer waits"),
                    notice(
                        AlertKind.SCRIPT_ERROR,
                        "open",
                        4,
                        "script 4 is in error: page 17 "
                            + "https://portal.example/"
                            + "x".repeat(80)),
                    new Notice(again.queuedAt(), again.alert(), true, null))))
        .isEqualTo(
            """
            New

            * instance 2: script 4 is in error: page 17
              https://portal.example/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
              xxxxxxxxxxxxxxxxxxxxxxxxxxxxx
              since 2026-11-27 07:00 +05:30

            Still so

            * instance 2: script 6 waits
              since 2026-11-27 07:00 +05:30

            Over

            * instance 2: script 5 no longer waits
              since 2026-11-27 07:00 +05:30, over at 2026-11-27 07:12 +05:30

            Done

            * instance 2: script 7 has completed

            --\040
            footer
            """);
  }
}
