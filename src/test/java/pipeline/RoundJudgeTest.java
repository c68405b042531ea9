package pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import model.Failure;
import model.FailureReason;
import model.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import portal.CaptchaException;
import portal.PortalException;
import store.StoreException;

class RoundJudgeTest {
  private static final DocumentTask TASK = task();

  private static DocumentTask task() {
    StopSignal stop = new StopSignal(new LeapingTicker());
    Page page = new Page(1, 1, new ScriptedPortal(), false, stop);
    return new Round(page, List.of(ScriptedPortal.row(1))).tasks().get(0);
  }

  /** Outcomes stand in the order in which they ended. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "stored,                        Settled",
    "skipped,                       Settled",
    "stored skipped not_pdf,        Settled",
    "http_404,                      Settled",
    // the portal
    "timeout,                       PortalSilent",
    "connect,                       PortalSilent",
    "reset,                         PortalSilent",
    "http_429,                      PortalSilent",
    "http_500,                      PortalSilent",
    "http_503,                      PortalSilent",
    "truncated,                     Settled",
    "stored timeout,                PortalSilent",
    "not_pdf timeout skipped,       PortalSilent",
    "timeout stored,                Settled",
    "timeout not_pdf,               Settled",
    "timeout skipped,               PortalSilent",
    "timeout stored timeout,        PortalSilent",
    "robots,                        Settled",
    "timeout robots,                PortalSilent",
    // the store
    "away,                          Abort",
    "away skipped skipped,          Abort",
    "stored away,                   Abort",
    "away stored,                   StoreRefuses",
    "refused,                       StoreRefuses",
    "refused skipped,               StoreRefuses",
    "refused stored,                StoreRefuses",
    "stored refused,                StoreRefuses",
    "refused stored refused,        StoreRefuses",
    "stored slow,                   Abort",
    "slow stored,                   Settled",
    "refused away,                  Abort",
    "not_pdf refused,               StoreRefuses",
    "timeout away,                  Abort",
    "refused timeout,               PortalSilent",
    // a person
    "captcha,                       AskPerson",
    "stored captcha skipped,        AskPerson",
    "captcha timeout,               PortalSilent",
    "captcha refused,               StoreRefuses",
    // what no further try mends
    "broken,                        Abort",
    "stored broken,                 Abort",
    "timeout captcha broken stored, Abort",
  })
  void aRoundIsJudgedByItsOutcomes(String outcomes, String verdict) {
    List<Outcome> ended = Stream.of(outcomes.split(" ")).map(RoundJudgeTest::outcome).toList();

    assertThat(RoundJudge.judge(ended).getClass().getSimpleName()).isEqualTo(verdict);
  }

  /** Neither side is blamed on the other one's proof. */
  @ParameterizedTest(name = "{0}: refused {1}, timeout {2}, not_pdf {3}")
  @CsvSource({
    "stored,  true,  true,  true",
    "timeout, false, true,  true",
    "refused, true,  false, true",
  })
  void aFailureCountsWhenWhatItBlamesIsProvenToBeWell(
      String round, boolean refused, boolean silent, boolean other) {
    Verdict verdict = RoundJudge.judge(List.of(outcome(round)));

    assertThat(verdict.counts(failure("refused"))).isEqualTo(refused);
    assertThat(verdict.counts(failure("timeout"))).isEqualTo(silent);
    assertThat(verdict.counts(failure("not_pdf"))).isEqualTo(other);
  }

  private static Failure failure(String word) {
    return ((Outcome.Failed) outcome(word)).failure();
  }

  @Test
  void anAbortTellsItsCause() {
    StoreException first = new StoreException(StoreException.Kind.AWAY, "first");
    StoreException last = new StoreException(StoreException.Kind.AWAY, "last");

    assertThat(RoundJudge.judge(List.of(Outcome.of(TASK, first), Outcome.of(TASK, last))))
        .isEqualTo(new Verdict.Abort(last));
  }

  @Test
  void thePersonSeesTheLastImage() {
    CaptchaException first = new CaptchaException("asked", "data:first");
    CaptchaException last = new CaptchaException("asked", "data:last");

    assertThat(RoundJudge.judge(List.of(Outcome.of(TASK, first), Outcome.of(TASK, last))))
        .isEqualTo(new Verdict.AskPerson(last));
  }

  private static Outcome outcome(String word) {
    return switch (word) {
      case "stored" -> new Outcome.Stored(TASK);
      case "skipped" -> new Outcome.Skipped(TASK);
      case "captcha" -> Outcome.of(TASK, new CaptchaException("asked", "data:image"));
      case "away" -> Outcome.of(TASK, new StoreException(StoreException.Kind.AWAY, word));
      case "slow" ->
          Outcome.of(
              TASK, new StoreException(StoreException.Kind.AWAY, 503, "SlowDown", word, null));
      case "refused" -> Outcome.of(TASK, new StoreException(StoreException.Kind.REFUSED, word));
      case "broken" -> Outcome.of(TASK, new IllegalStateException(word));
      default -> Outcome.of(TASK, new PortalException(FailureReason.of(word).orElseThrow(), word));
    };
  }
}
