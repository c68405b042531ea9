package monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import model.PageRange;
import model.Script;
import monitor.Mark.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import scripts.ScriptChange;
import scripts.ScriptStatus;
import scripts.WaitingReason;

class MarksTest {
  private static final Instant BEGIN = Instant.parse("2026-11-24T12:00:00Z");

  private Instant now = BEGIN;
  private boolean goingDown;
  private final Marks marks = new Marks(() -> now, () -> goingDown);

  private void change(
      int script, ScriptStatus before, ScriptStatus after, @Nullable WaitingReason reason) {
    Script changed = new Script(script, 1, new PageRange(1, 10));
    marks.changed(new ScriptChange(changed, before, after, reason, null));
    now = now.plusSeconds(10);
  }

  private void waits(int script, WaitingReason reason) {
    change(script, ScriptStatus.RUNNING, ScriptStatus.WAITING, reason);
  }

  private void goesOn(int script) {
    change(script, ScriptStatus.WAITING, ScriptStatus.RUNNING, null);
  }

  private static Instant second(int seconds) {
    return BEGIN.plusSeconds(seconds);
  }

  @Test
  void startsAndStopsAreMarkedWithTheirScriptAndWhyItEnded() {
    change(1, ScriptStatus.NOT_STARTED, ScriptStatus.STARTING, null);
    change(1, ScriptStatus.STARTING, ScriptStatus.RUNNING, null);
    change(1, ScriptStatus.RUNNING, ScriptStatus.STOPPING, null);
    change(1, ScriptStatus.STOPPING, ScriptStatus.STOPPED, null);
    change(2, ScriptStatus.RUNNING, ScriptStatus.COMPLETED, null);
    change(3, ScriptStatus.RUNNING, ScriptStatus.ERROR, null);
    change(2, ScriptStatus.COMPLETED, ScriptStatus.STOPPED, null); // for a sweep, which is marked

    assertThat(marks.all())
        .containsExactly(
            new Mark(Kind.START, second(10), null, 1, null),
            new Mark(Kind.STOP, second(30), null, 1, null),
            new Mark(Kind.STOP, second(40), null, 2, "completed"),
            new Mark(Kind.STOP, second(50), null, 3, "error"));
  }

  @Test
  void anOutageLastsFromTheFirstScriptThatWaitsToTheLast() {
    waits(1, WaitingReason.PORTAL);
    waits(2, WaitingReason.PORTAL);
    goesOn(1);
    assertThat(marks.all()).containsExactly(new Mark(Kind.OUTAGE, second(0), null, null, "portal"));
    goesOn(2);

    assertThat(marks.all())
        .containsExactly(new Mark(Kind.OUTAGE, second(0), second(30), null, "portal"));
  }

  @Test
  void theDailyQuotaHasAMarkOfItsOwn() {
    waits(1, WaitingReason.QUOTA);
    waits(2, WaitingReason.QUOTA);
    assertThat(marks.all()).containsExactly(new Mark(Kind.QUOTA, second(0), null, null, "quota"));
    goesOn(1);
    goesOn(2);

    assertThat(marks.all())
        .containsExactly(new Mark(Kind.QUOTA, second(0), second(30), null, "quota"));
  }

  @Test
  void scriptsThatTryForAMomentDoNotEndAnOutage() {
    waits(1, WaitingReason.STORE);
    goesOn(1);
    waits(1, WaitingReason.STORE);
    goesOn(1);
    assertThat(marks.all())
        .containsExactly(new Mark(Kind.OUTAGE, second(0), second(30), null, "store"));

    now = now.plus(Duration.ofMinutes(5));
    waits(1, WaitingReason.STORE);
    assertThat(marks.all()).hasSize(2);
  }

  @Test
  void aNewReasonToWaitEndsOneOutageAndBeginsAnother() {
    waits(1, WaitingReason.PORTAL);
    change(1, ScriptStatus.WAITING, ScriptStatus.WAITING, WaitingReason.DISK);

    assertThat(marks.all())
        .containsExactly(
            new Mark(Kind.OUTAGE, second(0), second(10), null, "portal"),
            new Mark(Kind.OUTAGE, second(10), null, null, "disk"));
  }

  @Test
  void aCaptchaLastsUntilItsScriptContinues() {
    waits(4, WaitingReason.CAPTCHA);
    waits(5, WaitingReason.CAPTCHA);
    goesOn(4);

    assertThat(marks.all())
        .containsExactly(
            new Mark(Kind.CAPTCHA, second(0), second(20), 4, null),
            new Mark(Kind.CAPTCHA, second(10), null, 5, null));
  }

  @Test
  void aShutdownStopsNoScriptAndEndsNoOutage() {
    waits(1, WaitingReason.PORTAL);
    goingDown = true;
    change(1, ScriptStatus.WAITING, ScriptStatus.STOPPING, null);
    change(1, ScriptStatus.STOPPING, ScriptStatus.STOPPED, null);

    assertThat(marks.all()).containsExactly(new Mark(Kind.OUTAGE, second(0), null, null, "portal"));
  }

  @Test
  void whatWasOngoingWhenAProcessEndedIsOverForTheNext() {
    Mark lasting = new Mark(Kind.OUTAGE, second(-600), null, null, "portal");
    marks.swept(7);
    marks.restarted(List.of(lasting), second(-60));

    assertThat(marks.all())
        .containsExactly(
            lasting.over(second(-60)),
            new Mark(Kind.RESTART, second(0), null, null, null),
            new Mark(Kind.SWEEP, second(0), null, 7, null));
  }

  @Test
  void marksAreKeptForADayAndNeverMoreThanAThousand() {
    waits(1, WaitingReason.PORTAL);
    marks.swept(1);
    now = now.plus(Duration.ofDays(2));
    assertThat(marks.all()).as("the outage still lasts").hasSize(1);

    for (int i = 0; i < 2000; i++) {
      marks.swept(2);
    }
    assertThat(marks.all()).hasSize(1000);
  }
}
