package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import model.Failure;
import model.FailureClassifier;
import model.StopSignal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import testing.VirtualTicker;

class SpoolRoomTest {
  private static final Path A = Path.of("a");
  private static final Path B = Path.of("b");
  private static final Path C = Path.of("c");

  private final VirtualTicker ticker = new VirtualTicker();
  private final StopSignal stop = new StopSignal(ticker);
  private final SpoolRoom room = new SpoolRoom(100, ticker);

  private CompletableFuture<Void> keepLater(Path file, long bytes) {
    CompletableFuture<Void> kept = CompletableFuture.runAsync(() -> room.keep(file, bytes, stop));
    Awaitility.await().until(() -> kept.isDone() || ticker.timers() > 0);
    return kept;
  }

  @Test
  void whatDoesNotFitWaitsUntilItDoes() {
    room.keep(A, 60, stop);
    CompletableFuture<Void> kept = keepLater(B, 50);
    assertThat(kept).isNotDone();

    room.has(A, 50); // it was shorter than it could have been

    assertThat(kept).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void waitingTooLongIsNotHeldAgainstTheDocument() {
    room.keep(A, 60, stop);
    CompletableFuture<Void> kept = keepLater(B, 50);

    ticker.pass(Duration.ofSeconds(6));

    assertThat(kept)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(SpoolRoom.FullException.class)
        .satisfies(
            e ->
                assertThat(FailureClassifier.classify(e))
                    .returns(Failure.Kind.DISK, Failure::kind)
                    .extracting(Failure::words)
                    .asString()
                    .contains("harvest.spool-max-bytes 100", "holds 60"));
    assertThatThrownBy(room::require).isInstanceOf(SpoolRoom.FullException.class);
    room.free(A);
    assertThatCode(room::require).doesNotThrowAnyException();
  }

  @Test
  void aStopEndsTheWait() {
    room.keep(A, 60, stop);
    CompletableFuture<Void> kept = keepLater(B, 50);

    stop.fire();

    assertThat(kept)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(CancellationException.class);
  }

  @Test
  void aRepeatedRequestTakesItsRoomOnce() {
    room.keep(A, 60, stop);
    room.keep(A, 60, stop);
    room.keep(B, 40, stop);
    room.free(A);
    room.free(A);
    room.keep(C, 60, stop);
    assertThat(keepLater(A, 1)).isNotDone();
  }

  @Test
  void concurrentDownloadsNeverTakeMoreThanThereIs() {
    AtomicLong held = new AtomicLong();
    AtomicLong most = new AtomicLong();
    CompletableFuture<?>[] downloads =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () -> {
                          for (int n = 0; n < 2_000; n++) {
                            Path file = Path.of(i + "-" + n);
                            room.keep(file, 40, stop);
                            most.accumulateAndGet(held.addAndGet(40), Math::max);
                            held.addAndGet(-40);
                            room.free(file);
                          }
                        },
                        task -> new Thread(task).start()))
            .toArray(CompletableFuture[]::new);

    assertThat(CompletableFuture.allOf(downloads)).succeedsWithin(Duration.ofSeconds(60));
    assertThat(most).hasValueLessThanOrEqualTo(100);
  }
}
