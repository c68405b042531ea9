package alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertBookTest {
  private static final Condition ERROR =
      Condition.ofScript(AlertKind.SCRIPT_ERROR, 5, "is in error: no such page");
  private static final Condition DONE =
      Condition.ofScript(AlertKind.SCRIPT_COMPLETED, 5, "has completed");

  private final MovingClock clock = new MovingClock("2026-11-27T01:30:00Z");
  private AlertBook book = book(Duration.ofMinutes(10));

  private AlertBook book(Duration after) {
    return new AlertBook(2, after, Duration.ofHours(24), clock.ticker(), clock);
  }

  private List<Alert> look(Condition... now) {
    return book.look(List.of(now)).stream().map(AlertBook.Told::alert).toList();
  }

  private void pass(Duration time) {
    clock.pass(time);
  }

  @Test
  void aConditionIsReportedWhenItHasLastedLongEnough() {
    assertThat(look(ERROR)).isEmpty();
    pass(Duration.ofMinutes(9));
    assertThat(look(ERROR)).isEmpty();
    pass(Duration.ofMinutes(1));

    assertThat(look(ERROR))
        .containsExactly(
            new Alert(
                "instance 2: script 5 is in error: no such page",
                "script_error",
                "open",
                2,
                5,
                "2026-11-27T01:30:00Z"));
    assertThat(look(ERROR)).isEmpty();
  }

  @Test
  void aConditionThatIsOverBeforeThatIsNeverReported() {
    look(ERROR);
    pass(Duration.ofMinutes(9));
    assertThat(look()).isEmpty();
    pass(Duration.ofMinutes(2));

    assertThat(look(ERROR)).isEmpty();
  }

  @Test
  void aReportedConditionIsClosedOnceItHasBeenGoneForAMinute() {
    look(ERROR);
    pass(Duration.ofMinutes(10));
    look(ERROR);
    assertThat(look()).isEmpty();
    pass(Duration.ofSeconds(50));
    assertThat(look(ERROR)).isEmpty(); // the same still
    assertThat(look()).isEmpty();
    pass(Duration.ofMinutes(1));

    assertThat(look())
        .containsExactly(
            new Alert(
                "instance 2: script 5 is no longer in error",
                "script_error",
                "closed",
                2,
                5,
                "2026-11-27T01:30:00Z"));
    assertThat(look()).isEmpty();
  }

  @Test
  void withoutADelayItIsReportedAndClosedAtOnce() {
    book = book(Duration.ZERO);

    assertThat(look(ERROR)).extracting(Alert::state).containsExactly("open");
    assertThat(look()).extracting(Alert::state).containsExactly("closed");
  }

  @Test
  void aLastingConditionIsReportedAgainEveryDay() {
    look(ERROR);
    pass(Duration.ofMinutes(10));
    look(ERROR);
    pass(Duration.ofHours(23));
    assertThat(look(ERROR)).isEmpty();
    pass(Duration.ofHours(1));

    assertThat(book.look(List.of(ERROR)))
        .extracting(told -> told.alert().state(), AlertBook.Told::repeated)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("open", true));
    assertThat(look(ERROR)).isEmpty();
  }

  @Test
  void aClockThatIsSetBackSilencesNothingForLong() {
    look(ERROR);
    pass(Duration.ofMinutes(10));
    look(ERROR);
    clock.set(Duration.ofDays(-365));
    assertThat(look(ERROR)).isEmpty();
    pass(Duration.ofHours(24));

    assertThat(look(ERROR)).hasSize(1);
  }

  @Test
  void aCompletionIsReportedAtOnceOnlyOnceAndIsNeverClosed() {
    assertThat(look(DONE)).extracting(Alert::state).containsExactly("open");
    assertThat(look(DONE)).isEmpty();
    assertThat(look()).isEmpty();
    pass(Duration.ofDays(2));
    assertThat(look(DONE)).isEmpty();
  }

  @Test
  void whatAnEarlierProcessReportedIsNotReportedAgainButIsClosed() {
    look(ERROR, DONE);
    pass(Duration.ofMinutes(10));
    look(ERROR, DONE);
    AlertBook before = book;
    book = book(Duration.ofMinutes(10));
    book.restore(before.open(), before.completions());

    assertThat(look(ERROR, DONE)).isEmpty();
    assertThat(look(DONE)).isEmpty();
    pass(Duration.ofMinutes(1));
    assertThat(look(DONE)).extracting(Alert::state).containsExactly("closed");
  }

  @Test
  void eachScriptIsReported() {
    book = book(Duration.ZERO);

    assertThat(look(ERROR, Condition.ofScript(AlertKind.SCRIPT_ERROR, 6, "is in error")))
        .extracting(Alert::script)
        .containsExactly(5, 6);
  }
}
