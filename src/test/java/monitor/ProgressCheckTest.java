package monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import ledger.PageCounts;
import model.PageRange;
import model.Script;
import org.junit.jupiter.api.Test;
import scripts.ScriptSnapshot;
import scripts.ScriptStatus;
import scripts.WaitingReason;

class ProgressCheckTest {
  private static final Duration NOW = Duration.ZERO;
  private static final Duration LONG_AGO = Duration.ofMinutes(11);
  private static final Instant AT = Instant.parse("2026-01-01T12:00:00Z");

  private static boolean isWell(ScriptSnapshot script, Duration sinceAnswer) {
    return new ProgressCheck(() -> List.of(script), () -> sinceAnswer, Duration.ofMinutes(10))
        .get()
        .isEmpty();
  }

  private static ScriptSnapshot script(
      ScriptStatus status, WaitingReason reason, Duration sinceProgress) {
    return new ScriptSnapshot(
        new Script(1, 1, new PageRange(1, 3)),
        3,
        status,
        reason,
        1,
        new PageCounts(0, 0, 0, 0, 0),
        Map.of(),
        0,
        0,
        null,
        AT,
        AT,
        sinceProgress,
        null);
  }

  @Test
  void aScriptThatMakesProgressIsHealthy() {
    assertThat(isWell(script(ScriptStatus.RUNNING, null, NOW), NOW)).isTrue();
  }

  @Test
  void aScriptWithoutProgressThoughThePortalAnswersIsNotHealthy() {
    assertThat(isWell(script(ScriptStatus.RUNNING, null, LONG_AGO), NOW)).isFalse();
    assertThat(isWell(script(ScriptStatus.WAITING, WaitingReason.PORTAL, LONG_AGO), NOW)).isFalse();
  }

  @Test
  void aPortalThatIsDownIsNotAProblemOfTheInstance() {
    ScriptSnapshot stands = script(ScriptStatus.WAITING, WaitingReason.PORTAL, LONG_AGO);
    assertThat(isWell(stands, LONG_AGO)).isTrue();
    assertThat(isWell(stands, null)).isTrue();
  }

  @Test
  void scriptsThatWaitForAPersonAreHealthy() {
    assertThat(isWell(script(ScriptStatus.WAITING, WaitingReason.CAPTCHA, LONG_AGO), NOW)).isTrue();
    assertThat(isWell(script(ScriptStatus.STOPPED, null, LONG_AGO), NOW)).isTrue();
  }
}
