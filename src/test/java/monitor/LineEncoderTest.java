package monitor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineEncoderTest {
  private final LineEncoder encoder = new LineEncoder();

  private String line(String message, Throwable thrown, Map<String, String> context) {
    LoggingEvent event =
        new LoggingEvent(
            "",
            new LoggerContext().getLogger("pipeline.PageSteps"),
            Level.WARN,
            message,
            thrown,
            new Object[0]);
    event.setMDCPropertyMap(context);
    encoder.start();
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void aLineNamesTimeLevelScriptPageAndDocument() {
    assertThat(
            line("gone", null, Map.of("script", "script-05", "page", "17", "document", "d/1.pdf")))
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d)"
                + " WARN  script-05 page 17 d/1.pdf: gone\n");
    assertThat(line("up", null, Map.of())).endsWith(" WARN  PageSteps: up\n");
  }

  @Test
  void textFromAPortalStartsNoLineAndControlsNoTerminal() {
    String line =
        line(
            "a\nb\r\nc\u2028d\u0085e\u001b[2Jf\u202eg\0h",
            new IllegalStateException("x\ny"),
            Map.of("script", "script-05", "document", "i\nj"));

    assertThat(line.strip()).doesNotContainPattern("[\\p{Cntrl}\\u0085\\u2028\\u202e]");
    assertThat(line).contains("i j: a b c d e [2Jf g h: x y");
  }

  @Test
  void aStackTraceStaysInItsLine() {
    encoder.setStackTraces(true);
    String line = line("broken", new IllegalStateException("why"), Map.of());

    assertThat(line).contains("IllegalStateException: why").contains(" at monitor.LineEncoderTest");
    assertThat(line.lines()).hasSize(1);
  }

  @Test
  void theUserInAnAddressIsNotShown() {
    assertThat(line("http://me:secret@portal/list answered 500", null, Map.of()))
        .contains("http://portal/list answered 500")
        .doesNotContain("secret");
  }

  @Test
  void aTokenInAnAddressIsNotShown() {
    assertThat(line("http://portal/list?page=1&access_token=secret answered 500", null, Map.of()))
        .contains("http://portal/list?page=1&access_token=*** answered 500");
  }

  @Test
  void aVeryLongTextIsCut() {
    assertThat(line("x".repeat(100_000), null, Map.of())).hasSizeLessThan(5_000);
  }
}
