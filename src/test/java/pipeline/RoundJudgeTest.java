package pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import model.FailureReason;
import model.StopSignal;
import model.web.WebAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import portal.CaptchaException;
import portal.PortalException;
import store.StoreException;

class RoundJudgeTest {
  private static final DocumentTask TASK = task("portal");

  private static DocumentTask task(String host) {
    StopSignal stop = new StopSignal(new LeapingTicker());
    Page page = new Page(1, 1, new ScriptedPortal(), false, stop);
    return new Round(page, List.of(ScriptedPortal.row(host, 1))).tasks().get(0);
  }

  /** Outcomes stand in the order in which they ended. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "stored,                        Settled",
    "skipped,                       Settled",
    "stored skipped not_pdf,        Settled",
    "http_404,                      Settled",
    // the portal
    "timeout,                       HostsSilent",
    "connect,                       HostsSilent",
    "reset,                         HostsSilent",
    "http_429,                      HostsSilent",
    "http_500,                      HostsSilent",
    "http_503,                      HostsSilent",
    "truncated,                     Settled",
    "stored timeout,                HostsSilent",
    "not_pdf timeout skipped,       HostsSilent",
    "timeout stored,                Settled",
    "timeout not_pdf,               Settled",
    "timeout skipped,               HostsSilent",
    "timeout stored timeout,        HostsSilent",
    "robots,                        Settled",
    "timeout robots,                HostsSilent",
    // each host by itself: listed on @one, redirected to >another
    "timeout@b stored@a,             HostsSilent",
    "timeout@b stored@b,             Settled",
    "timeout@b gone@b,               Settled",
    "timeout@b robots@b,             HostsSilent",
    "timeout@a timeout@b stored@a,   HostsSilent",
    "timeout@a>b stored@a,          HostsSilent",
    "timeout@b>c not_pdf@c,          Settled",
    "timeout@b gone@a>b,             Settled",
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
    "refused timeout,               HostsSilent",
    // a person
    "captcha,                       AskPerson",
    "stored captcha skipped,        AskPerson",
    "captcha timeout,               HostsSilent",
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
    "timeout, false, false, true",
    "timeout@other, false, true,  true",
    "refused, true,  false, true",
  })
  void aFailureCountsIfHostAndStoreProveToBeWell(
      String round, boolean refused, boolean silent, boolean other) {
    Verdict verdict = RoundJudge.judge(List.of(outcome(round)));

    assertThat(verdict.counts(failed("refused"))).isEqualTo(refused);
    assertThat(verdict.counts(failed("timeout"))).isEqualTo(silent);
    assertThat(verdict.counts(failed("not_pdf"))).isEqualTo(other);
  }

  private static Outcome.Failed failed(String word) {
    return (Outcome.Failed) outcome(word);
  }

  @Test
  void eachHostIsJudgedSeparately() {
    Set<WebAddress> silent =
        Stream.of("http://a/", "http://a:81/")
            .map(address -> WebAddress.read(address).orElseThrow())
            .collect(Collectors.toSet());
    List<Outcome> outcomes =
        Stream.of("timeout@a", "timeout@b", "timeout@a:81", "timeout@c>b", "stored@b")
            .map(RoundJudgeTest::outcome)
            .toList();

    assertThat(RoundJudge.judge(outcomes)).isEqualTo(new Verdict.HostsSilent(silent));
  }

  @Test
  void anAbortNamesItsCause() {
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

  /** A word, the host that the document is listed on, and the one that it is redirected to. */
  private static Outcome outcome(String text) {
    String[] parts = text.split("[@>]");
    DocumentTask task = parts.length > 1 ? task(parts[1]) : TASK;
    return outcome(task, parts[0], parts[parts.length - 1]);
  }

  private static Outcome outcome(DocumentTask task, String word, String asked) {
    return switch (word) {
      case "stored" -> new Outcome.Stored(task);
      case "skipped" -> new Outcome.Skipped(task);
      case "captcha" -> Outcome.of(task, new CaptchaException("asked", "data:image"));
      case "away" -> Outcome.of(task, new StoreException(StoreException.Kind.AWAY, word));
      case "slow" ->
          Outcome.of(
              task, new StoreException(StoreException.Kind.AWAY, 503, "SlowDown", word, null));
      case "refused" -> Outcome.of(task, new StoreException(StoreException.Kind.REFUSED, word));
      case "broken" -> Outcome.of(task, new IllegalStateException(word));
      default -> {
        PortalException failure = new PortalException(FailureReason.of(word).orElseThrow(), word);
        if (!asked.equals(word)) {
          failure.asked(URI.create("http://" + asked + "/some/file"));
        }
        yield Outcome.of(task, failure);
      }
    };
  }
}
