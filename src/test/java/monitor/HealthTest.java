package monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import platform.Threads;
import testing.VirtualTicker;

/** Checks that run in the background, on a time that the test controls. */
class HealthTest {
  private final ScheduledExecutorService executor = Threads.scheduled("health", 1);
  private final VirtualTicker ticker = new VirtualTicker();
  private final Health health = new Health(executor, ticker);

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  private Optional<String> result() {
    return health.results().getOrDefault("disk", Optional.of("is not checked"));
  }

  @Test
  void aCheckThatHangsIsAProblemFromItsTimeoutUntilItEnds() {
    CountDownLatch end = new CountDownLatch(1);
    health.tries(
        "disk",
        "cannot be written",
        () -> {
          end.await();
          return null;
        });
    ticker.pass(Duration.ofSeconds(20));
    assertThat(result()).isEmpty();
    ticker.pass(Duration.ofMillis(1));
    assertThat(result()).contains("no answer");

    end.countDown();
    await().until(() -> result().isEmpty());
  }

  @Test
  void aCheckThatFailsIsAProblemWithItsPublicMessage() {
    health.tries(
        "disk",
        "cannot be written",
        () -> {
          throw new IllegalStateException("/srv/data: read-only");
        });
    await().until(() -> result().equals(Optional.of("cannot be written")));
  }
}
