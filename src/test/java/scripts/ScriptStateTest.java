package scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scripts.ScriptState.Event;

class ScriptStateTest {
  /** A line for each state, with where each event leads to; a dot changes nothing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      value = {
        "state       | START    | BEGIN   | STOP        | WAIT    | PROGRESS | COMPLETE  | BREAK | ROUTE_ENDED | ROUTE_STARTED | REOPEN ",
        "NOT_STARTED | STARTING | .       | .           | .       | .        | .         | .     | .           | RUNNING       | .      ",
        "STARTING    | .        | RUNNING | NOT_STARTED | .       | .        | .         | .     | .           | RUNNING       | .      ",
        "RUNNING     | .        | .       | STOPPING    | WAITING | .        | COMPLETED | ERROR | .           | .             | .      ",
        "WAITING     | .        | .       | STOPPING    | WAITING | RUNNING  | COMPLETED | ERROR | .           | .             | .      ",
        "STOPPING    | .        | .       | .           | .       | .        | COMPLETED | ERROR | STOPPED     | RUNNING       | .      ",
        "STOPPED     | STARTING | .       | .           | .       | .        | .         | ERROR | .           | RUNNING       | .      ",
        "COMPLETED   | STARTING | .       | .           | .       | .        | .         | .     | .           | RUNNING       | STOPPED",
        "ERROR       | STARTING | .       | .           | .       | .        | .         | .     | .           | RUNNING       | .      ",
      })
  void eachEventLeadsWhereTheTableSays(
      ScriptStatus state,
      String start,
      String begin,
      String stop,
      String wait,
      String progress,
      String complete,
      String broken,
      String routeEnded,
      String routeStarted,
      String reopen) {
    List<String> found = new ArrayList<>();
    for (Event event : Event.values()) {
      ScriptState script = in(state);
      boolean changed = script.on(event);
      assertThat(script.status() == state)
          .as("a state other than before, unless nothing changed or it waits anew")
          .isEqualTo(!changed || event == Event.WAIT && state == ScriptStatus.WAITING);
      found.add(changed ? script.status().name() : ".");
    }

    assertThat(found)
        .containsExactly(
            start, begin, stop, wait, progress, complete, broken, routeEnded, routeStarted, reopen);
  }

  private static ScriptState in(ScriptStatus status) {
    if (status != ScriptStatus.STARTING) {
      return new ScriptState(status);
    }
    ScriptState starting = new ScriptState(ScriptStatus.NOT_STARTED);
    starting.on(Event.START);
    return starting;
  }

  @ParameterizedTest
  @CsvSource({"NOT_STARTED", "STOPPED", "COMPLETED", "ERROR"})
  void aCancelledStartReturnsToThePreviousState(ScriptStatus before) {
    ScriptState script = new ScriptState(before);
    script.on(Event.START);
    script.on(Event.STOP);

    assertThat(script.status()).isEqualTo(before);
  }

  @Test
  void theWaitingReasonIsClearedWhenTheStateChanges() {
    ScriptState script = new ScriptState(ScriptStatus.RUNNING);
    script.on(Event.WAIT, WaitingReason.STORE, "away");
    assertThat(script.waitingReason()).isEqualTo(WaitingReason.STORE);
    assertThat(script.error()).isEqualTo("away");

    script.on(Event.PROGRESS);
    assertThat(script.waitingReason()).isNull();
    assertThat(script.error()).as("known until a page is done").isEqualTo("away");
    script.note(null);
    assertThat(script.error()).isNull();
  }

  @Test
  void anEventWithoutATransitionChangesNothing() {
    ScriptState script = new ScriptState(ScriptStatus.STOPPING);

    assertThat(script.on(Event.WAIT, WaitingReason.CAPTCHA, "late")).isFalse();
    assertThat(script.waitingReason()).isNull();
    assertThat(script.error()).isNull();
  }
}
