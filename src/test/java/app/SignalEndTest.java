package app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SignalEndTest {
  private final SignalEnd signal = new SignalEnd();

  private static String ofAClosedLedger() {
    throw new IllegalStateException("the ledger is closed");
  }

  @Test
  void aFailureBeforeASignalIsAFailure() {
    assertThatThrownBy(() -> signal.unlessClosed(SignalEndTest::ofAClosedLedger))
        .hasMessage("the ledger is closed");
  }

  @Test
  void aFailureDuringTheShutdownIsNotReported() throws Exception {
    CompletableFuture<String> told = new CompletableFuture<>();
    signal.begin();
    Thread caller =
        new Thread(
            () -> {
              try {
                told.complete(signal.unlessClosed(SignalEndTest::ofAClosedLedger));
              } catch (InterruptedException asTheTestEnds) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException e) {
                told.completeExceptionally(e);
              }
            });
    caller.start();

    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> told.isDone() || caller.getState() == Thread.State.WAITING);
    assertThat(told).isNotDone();
    caller.interrupt();
    caller.join();
  }
}
