package platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadsTest {
  private final ScheduledExecutorService executor = Threads.scheduled("test", 1);
  private final CountDownLatch runs = new CountDownLatch(3);

  @AfterEach
  void close() {
    executor.shutdownNow();
  }

  private void fail() {
    runs.countDown();
    throw new IllegalStateException("by the test");
  }

  @Test
  void aTaskThatIsRepeatedWithADelayRunsAgainAfterItHasFailed() throws InterruptedException {
    executor.scheduleWithFixedDelay(this::fail, 0, 1, TimeUnit.MILLISECONDS);
    assertThat(runs.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aTaskThatIsRepeatedAtARateRunsAgainAfterItHasFailed() throws InterruptedException {
    executor.scheduleAtFixedRate(this::fail, 0, 1, TimeUnit.MILLISECONDS);
    assertThat(runs.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
