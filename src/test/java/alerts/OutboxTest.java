package alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final MovingClock clock = new MovingClock("2026-11-27T01:30:00Z");
  private final Recorder mails = new Recorder(Duration.ofSeconds(60));
  private final Outbox mail = new Outbox(mails, clock.ticker(), clock, () -> {});
  private final Recorder calls = new Recorder(Duration.ZERO);
  private final Outbox webhook = new Outbox(calls, clock.ticker(), clock, () -> {});

  /** Accepts everything, unless told to fail. */
  private static final class Recorder implements Channel {
    private final Duration gather;
    private final List<List<String>> taken = new ArrayList<>();
    private int asked;
    private NotTakenException wrong;

    Recorder(Duration gather) {
      this.gather = gather;
    }

    @Override
    public String name() {
      return "test";
    }

    @Override
    public Duration gather() {
      return gather;
    }

    @Override
    public List<List<Notice>> batches(List<Notice> notices) {
      if (notices.isEmpty()) {
        return List.of();
      }
      return gather.isZero() ? notices.stream().map(List::of).toList() : List.of(notices);
    }

    @Override
    public Delivery send(List<Notice> together) throws NotTakenException {
      asked++;
      if (wrong != null) {
        throw wrong;
      }
      taken.add(together.stream().map(Notice::digest).toList());
      return Delivery.toAll("ok");
    }
  }

  private Notice notice(String text) {
    return new Notice(clock.instant().toString(), null, false, text);
  }

  @Test
  void mailIsCollectedForAMinuteFromTheFirstNoticeOn() {
    mail.add(List.of(notice("a")));
    clock.pass(Duration.ofSeconds(59));
    mail.add(List.of(notice("b")));
    mail.send();
    assertThat(mails.taken).isEmpty();
    clock.pass(Duration.ofSeconds(1));
    mail.send();

    assertThat(mails.taken).containsExactly(List.of("a", "b"));
    assertThat(mail.content()).isEmpty();
  }

  @Test
  void aWebhookIsCalledAtOnceForEachAlert() {
    webhook.add(List.of(notice("a"), notice("b")));
    webhook.send();

    assertThat(calls.taken).containsExactly(List.of("a"), List.of("b"));
  }

  @Test
  void whatWasNotAcceptedIsRetriedEvery30Seconds() {
    calls.wrong = new Channel.NotTakenException("no connection", false, new Exception());
    webhook.add(List.of(notice("a"), notice("b")));
    webhook.send();
    assertThat(calls.asked).as("nobody answers, so the others wait, too").isEqualTo(1);
    clock.pass(Duration.ofSeconds(29));
    webhook.send();
    assertThat(calls.asked).isEqualTo(1);
    clock.pass(Duration.ofSeconds(1));
    calls.wrong = null;
    webhook.send();

    assertThat(calls.taken).containsExactly(List.of("a"), List.of("b"));
  }

  @Test
  void aRefusedNoticeDoesNotHoldUpTheOthers() {
    calls.wrong = new Channel.NotTakenException("it answered 400");
    webhook.add(List.of(notice("a"), notice("b")));
    webhook.send();
    assertThat(calls.asked).isEqualTo(2);
    calls.wrong = null;
    webhook.add(List.of(notice("c")));
    webhook.send();
    assertThat(calls.taken).containsExactly(List.of("c"));
    clock.pass(Duration.ofSeconds(30));
    webhook.send();

    assertThat(calls.taken).containsExactly(List.of("c"), List.of("a"), List.of("b"));
  }

  @Test
  void whatWasNotMailedGoesWithTheNextMail() {
    mails.wrong = new Channel.NotTakenException("454 greylisted", false, new Exception());
    mail.add(List.of(notice("a")));
    clock.pass(Duration.ofSeconds(60));
    mail.send();
    mail.add(List.of(notice("b")));
    mails.wrong = null;
    clock.pass(Duration.ofSeconds(30));
    mail.send();

    assertThat(mails.taken).containsExactly(List.of("a", "b"));
  }

  @Test
  void aNoticeIsGivenUpAfterADay() {
    calls.wrong = new Channel.NotTakenException("no connection", false, new Exception());
    webhook.add(List.of(notice("a")));
    clock.pass(Duration.ofHours(24));
    webhook.send();
    assertThat(webhook.content()).hasSize(1);
    clock.pass(Duration.ofSeconds(30));
    webhook.send();

    assertThat(webhook.content()).isEmpty();
  }

  @Test
  void aClockThatIsSetForwardGivesUpNoNotice() {
    mail.add(List.of(notice("queued before the clock was right")));
    clock.set(Duration.ofDays(300));
    clock.pass(Duration.ofSeconds(60));
    mail.send();

    assertThat(mails.taken).hasSize(1);
  }

  @Test
  void theDayOfANoticeGoesOnOverARestart() {
    Notice kept = notice("a");
    clock.set(Duration.ofHours(23)); // nothing ran
    calls.wrong = new Channel.NotTakenException("no connection", false, new Exception());
    webhook.add(List.of(kept));
    clock.pass(Duration.ofHours(1));
    webhook.send();
    assertThat(webhook.content()).hasSize(1);
    clock.pass(Duration.ofSeconds(30));
    webhook.send();

    assertThat(webhook.content()).isEmpty();
  }

  @Test
  void aNoticeFromTheFutureIsGivenUpAfterADayAllTheSame() {
    Notice kept = notice("a");
    clock.set(Duration.ofDays(-300));
    calls.wrong = new Channel.NotTakenException("no connection", false, new Exception());
    webhook.add(List.of(kept));
    clock.pass(Duration.ofHours(24).plusSeconds(1));
    webhook.send();

    assertThat(webhook.content()).isEmpty();
  }

  @Test
  void twoEqualNoticesAreSeparate() {
    webhook.add(List.of(notice("a"), notice("a")));
    webhook.send();

    assertThat(calls.taken).hasSize(2);
  }
}
