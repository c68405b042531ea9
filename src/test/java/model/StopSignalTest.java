package model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import testing.VirtualTicker;

class StopSignalTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualTicker ticker = new VirtualTicker();
  private final StopSignal signal = new StopSignal(ticker);
  private final List<String> done = new ArrayList<>();

  /**
   * Runs an action on its own thread, and reports how it ended and whether the thread was
   * interrupted.
   */
  private static final class Waiting {
    private final CompletableFuture<Object> outcome = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean interrupted;

    Waiting(Runnable wait) {
      thread =
          new Thread(
              () -> {
                try {
                  wait.run();
                  outcome.complete("waited");
                } catch (CancellationException e) {
                  interrupted = Thread.currentThread().isInterrupted();
                  outcome.complete("cancelled");
                }
              });
      thread.start();
      await().until(() -> thread.getState() == Thread.State.WAITING);
    }

    Object outcome() throws Exception {
      return outcome.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aSignalFiresOnceAndStaysFired() {
    assertThat(signal.isStopped()).isFalse();
    signal.throwIfStopped();

    signal.fire();
    signal.fire();

    assertThat(signal.isStopped()).isTrue();
    assertThatThrownBy(signal::throwIfStopped)
        .isInstanceOf(CancellationException.class)
        .hasMessage("the script stops");
  }

  @Test
  void aWaitEndsWhenItsTimeHasPassed() throws Exception {
    Waiting waiting = new Waiting(() -> signal.await(SECOND));
    ticker.pass(Duration.ofMillis(999));
    assertThat(waiting.outcome).isNotDone();
    ticker.pass(Duration.ofMillis(1));

    assertThat(waiting.outcome()).isEqualTo("waited");
  }

  @Test
  void aStopEndsEveryWaitAtOnce() throws Exception {
    Waiting first = new Waiting(() -> signal.await(SECOND));
    Waiting second = new Waiting(() -> signal.await(new CompletableFuture<>()));
    signal.fire();

    assertThat(first.outcome()).isEqualTo("cancelled");
    assertThat(second.outcome()).isEqualTo("cancelled");
    assertThat(ticker.timers()).as("timers left behind").isZero();
    assertThatThrownBy(() -> signal.await(SECOND)).isInstanceOf(CancellationException.class);
  }

  @Test
  void anInterruptCancelsTheWaitAndIsPreserved() throws Exception {
    Waiting waiting = new Waiting(() -> signal.await(SECOND));
    waiting.thread.interrupt();

    assertThat(waiting.outcome()).isEqualTo("cancelled");
    assertThat(waiting.interrupted).isTrue();
  }

  @Test
  void aWaitReturnsTheResultOrThrowsTheFailure() {
    assertThat(signal.await(CompletableFuture.completedFuture("x"))).isEqualTo("x");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> signal.await(CompletableFuture.failedFuture(new IllegalArgumentException("no"))))
        .withMessage("no");
  }

  @Test
  void actionsRunWhenTheirGracePeriodAfterTheStopIsOver() {
    signal.onStop(Duration.ZERO, () -> done.add("at once"));
    signal.onStop(SECOND, () -> done.add("later"));
    ticker.pass(Duration.ofHours(1));
    assertThat(done).isEmpty();

    signal.fire();
    ticker.pass(Duration.ZERO);
    assertThat(done).containsExactly("at once");
    ticker.pass(SECOND);
    assertThat(done).containsExactly("at once", "later");
  }

  @Test
  void actionsDueAtTheSameTimeRunInTheOrderOfTheirRegistration() {
    List<String> all = IntStream.range(0, 20).mapToObj(String::valueOf).toList();
    all.forEach(name -> signal.onStop(SECOND, () -> done.add(name)));

    signal.fire();
    ticker.pass(SECOND);
    assertThat(done).isEqualTo(all);
  }

  @Test
  void anActionRegisteredAfterTheStopGetsItsWholeGracePeriod() {
    signal.fire();
    ticker.pass(Duration.ofHours(1));
    signal.onStop(SECOND, () -> done.add("late"));

    ticker.pass(Duration.ofMillis(999));
    assertThat(done).isEmpty();
    ticker.pass(Duration.ofMillis(1));
    assertThat(done).containsExactly("late");
  }

  @Test
  void aClosedRegistrationDoesNotRun() {
    signal.onStop(SECOND, () -> done.add("ended before the stop")).close();
    StopSignal.Registration inGrace = signal.onStop(SECOND, () -> done.add("ended in its grace"));
    signal.fire();
    inGrace.close();

    ticker.pass(Duration.ofHours(1));
    assertThat(done).isEmpty();
    assertThat(ticker.timers()).isZero();
  }
}
