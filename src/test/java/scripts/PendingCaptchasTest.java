package scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import model.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import testing.VirtualTicker;

class PendingCaptchasTest {
  private static final String IMAGE = "data:image/png;base64,AAAA";

  /** The thread of a script that asks for an answer, and its result. */
  private final class Asking {
    private final StopSignal stop = new StopSignal(new VirtualTicker());
    private final CompletableFuture<String> outcome = new CompletableFuture<>();
    private final Thread thread;

    Asking(int script, String image) {
      thread =
          new Thread(
              () -> {
                try {
                  outcome.complete(desk.ask(script, image, stop));
                } catch (CancellationException e) {
                  outcome.completeExceptionally(
                      new IllegalStateException(
                          Thread.currentThread().isInterrupted() ? "interrupted" : "cancelled"));
                }
              });
      thread.start();
      await().until(() -> isWaiting(script));
    }

    private boolean isWaiting(int script) {
      return desk.waiting().stream().anyMatch(captcha -> captcha.script() == script);
    }

    String answer() throws Exception {
      return outcome.get(30, TimeUnit.SECONDS);
    }

    void requireEndedAs(String how) {
      assertThatThrownBy(this::answer).hasRootCauseMessage(how);
    }
  }

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final PendingCaptchas desk = new PendingCaptchas(() -> now);

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(PendingCaptchas.class);
  }

  @BeforeEach
  void listen() {
    log.start();
    logger().setLevel(Level.INFO);
    logger().addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger().detachAppender(log);
    logger().setLevel(null);
  }

  private String idOf(int script) {
    return desk.waiting().stream()
        .filter(captcha -> captcha.script() == script)
        .map(PendingCaptchas.Captcha::id)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void atFirstNoCaptchaIsWaiting() {
    assertThat(desk.waiting()).isEmpty();
    assertThat(desk.answer("no such id", "x")).isFalse();
  }

  @Test
  void waitingCaptchasAreShownOldestFirst() throws Exception {
    Asking nine = new Asking(9, IMAGE);
    now = now.plusSeconds(5);
    Asking two = new Asking(2, IMAGE + "2");

    assertThat(desk.waiting())
        .containsExactly(
            new PendingCaptchas.Captcha(idOf(9), 9, IMAGE, now.minusSeconds(5)),
            new PendingCaptchas.Captcha(idOf(2), 2, IMAGE + "2", now));
    desk.answer(idOf(2), "two");
    desk.answer(idOf(9), "nine");
    assertThat(two.answer()).isEqualTo("two");
    assertThat(nine.answer()).isEqualTo("nine");
  }

  @Test
  void anAnswerReachesItsScriptAndTheCaptchaLeavesTheListAtOnce() throws Exception {
    Asking one = new Asking(1, IMAGE);
    Asking two = new Asking(2, IMAGE);

    assertThat(desk.answer(idOf(2), "q7xk2p")).isTrue();
    assertThat(desk.waiting()).extracting(PendingCaptchas.Captcha::script).containsExactly(1);
    assertThat(two.answer()).isEqualTo("q7xk2p");
    assertThat(one.outcome).isNotDone();
    desk.answer(idOf(1), "x");
    assertThat(one.answer()).isEqualTo("x");
  }

  @Test
  void aCaptchaIsAnsweredOnce() throws Exception {
    Asking one = new Asking(1, IMAGE);
    String id = idOf(1);

    assertThat(desk.answer(id, "first")).isTrue();
    assertThat(desk.answer(id, "second")).isFalse();
    assertThat(one.answer()).isEqualTo("first");
  }

  @Test
  void everyImageHasAnIdOfItsOwn() throws Exception {
    Asking wrong = new Asking(1, IMAGE);
    String before = idOf(1);
    desk.answer(before, "wrong");
    wrong.answer();
    Asking again = new Asking(1, IMAGE);

    assertThat(idOf(1)).isNotEqualTo(before).hasSizeGreaterThan(30);
    assertThat(desk.answer(before, "late")).isFalse();
    assertThat(again.outcome).isNotDone();
    desk.answer(idOf(1), "right");
    assertThat(again.answer()).isEqualTo("right");
  }

  @Test
  void aStoppingScriptRemovesItsCaptcha() {
    Asking one = new Asking(1, IMAGE);
    String id = idOf(1);
    one.stop.fire();

    one.requireEndedAs("cancelled");
    assertThat(desk.waiting()).isEmpty();
    assertThat(desk.answer(id, "late")).isFalse();
  }

  @Test
  void aScriptThatIsAlreadyStoppingShowsNoCaptcha() {
    StopSignal stop = new StopSignal(new VirtualTicker());
    stop.fire();

    assertThatThrownBy(() -> desk.ask(1, IMAGE, stop)).isInstanceOf(CancellationException.class);
    assertThat(log.list).isEmpty();
  }

  @Test
  void anInterruptCancelsTheWaitAndIsPreserved() {
    Asking one = new Asking(1, IMAGE);
    one.thread.interrupt();

    one.requireEndedAs("interrupted");
    assertThat(desk.waiting()).isEmpty();
  }

  @Test
  void aScriptHasOneCaptchaAtMost() throws Exception {
    Asking one = new Asking(1, IMAGE);
    String id = idOf(1);

    assertThatThrownBy(() -> desk.ask(1, IMAGE, one.stop))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("script 1");
    desk.answer(id, "x");
    assertThat(one.answer()).isEqualTo("x");
  }

  @Test
  void aWarningIsLoggedOnceUntilAllCaptchasAreAnswered() throws Exception {
    Asking one = new Asking(1, IMAGE);
    Asking two = new Asking(2, IMAGE);
    Asking three = new Asking(3, IMAGE);
    assertThat(levels()).containsExactly(Level.WARN, Level.INFO, Level.INFO);
    assertThat(log.list.get(0).getFormattedMessage())
        .contains("dashboard", "./harvester captcha")
        .hasLineCount(1);

    for (Asking asking : List.of(one, two, three)) {
      desk.answer(desk.waiting().get(0).id(), "x");
      asking.answer();
    }
    Asking later = new Asking(1, IMAGE);
    assertThat(levels()).containsExactly(Level.WARN, Level.INFO, Level.INFO, Level.WARN);
    desk.answer(idOf(1), "x");
    later.answer();
  }

  private List<Level> levels() {
    return log.list.stream().map(ILoggingEvent::getLevel).toList();
  }
}
