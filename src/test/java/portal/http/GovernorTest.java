package portal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import model.StopSignal;
import model.Ticker;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class GovernorTest {
  private static final int THREADS = 16;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(1);
  private final StopSignal running = new StopSignal(Ticker.system(timers));

  @AfterEach
  void end() throws InterruptedException {
    threads.shutdownNow();
    timers.shutdownNow();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"50, 100", "7, 15"})
  void noRequestOfManyThreadsBeginsBeforeItsTime(double rate, int requests) throws Exception {
    long begin = System.nanoTime();
    List<Long> starts = startsOf(new Governor(rate, THREADS, () -> 1), requests);

    for (int i = 1; i < requests; i++) {
      double earliest = (i - 0.5) / rate;
      assertThat((starts.get(i) - begin) / 1e9).as("start %d", i).isGreaterThanOrEqualTo(earliest);
    }
  }

  @Test
  void aPartyWhoseRequestsHangLeavesTheOthersTheirShare() throws Exception {
    Governor governor = new Governor(0, 4, () -> 2);
    for (int i = 0; i < 2; i++) {
      governor.enter("sick", running); // never closed
    }
    StopSignal stop = new StopSignal(Ticker.system(timers));
    List<Future<?>> queued = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      queued.add(threads.submit(() -> governor.enter("sick", stop)));
    }
    Awaitility.await().until(() -> governor.waiting() == 10);

    try (Governor.Permit first = governor.enter("well", running);
        Governor.Permit second = governor.enter("well", running)) {
      assertThat(governor.waiting()).isEqualTo(10);
    }
    assertThat(queued).noneMatch(Future::isDone);
    stop.fire();
    for (Future<?> each : queued) {
      assertThatThrownBy(each::get).hasCauseInstanceOf(CancellationException.class);
    }
  }

  @Test
  void aPartyAloneHasEveryPlace() {
    Governor governor = new Governor(0, 4, () -> 0);
    for (int i = 0; i < 4; i++) {
      governor.enter("only", running);
    }
    running.fire();
    assertThatThrownBy(() -> governor.enter("only", running))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void noMoreThanTheConcurrencyAreUnderWay() throws Exception {
    Governor governor = new Governor(0, 3, () -> 1);
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      all.add(
          threads.submit(
              () -> {
                for (int n = 0; n < 300; n++) {
                  try (Governor.Permit permit = governor.enter("script", running)) {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    Thread.yield();
                    underWay.decrementAndGet();
                  }
                }
              }));
    }
    join(all);

    assertThat(most.get()).isEqualTo(3);
  }

  @Test
  void whoWaitsForLongKeepsHisTurn() throws Exception {
    Governor governor = new Governor(0, 1, () -> 1);
    Governor.Permit held = governor.enter("script", running);
    Collection<Integer> order = new ConcurrentLinkedQueue<>();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int number = i;
      all.add(
          threads.submit(
              () -> {
                Governor.Permit permit = governor.enter("script", running);
                order.add(number);
                permit.close();
              }));
      // not all at once, so that they do not look at the same moments
      await().pollDelay(Duration.ofMillis(37)).until(() -> governor.waiting() == number + 1);
    }
    held.close();
    join(all);

    assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void aPauseHoldsBackThoseWhoWaitAlreadyAndIsFollowedByNoBurst() throws Exception {
    double rate = 20;
    Governor governor = new Governor(rate, THREADS, () -> 1);
    governor.enter("script", running).close();
    long begin = System.nanoTime();
    governor.pause(Duration.ofMillis(700));
    governor.pause(Duration.ofMillis(100)); // a shorter one takes nothing back

    List<Long> starts = startsOf(governor, 10);

    for (int i = 0; i < starts.size(); i++) {
      double earliest = 0.7 + Math.max(0, i - 0.5) / rate;
      assertThat((starts.get(i) - begin) / 1e9).as("start %d", i).isGreaterThanOrEqualTo(earliest);
    }
  }

  @Test
  void aRateOfZeroIsPausedAllTheSame() throws Exception {
    Governor governor = new Governor(0, 2, () -> 1);
    long begin = System.nanoTime();
    governor.pause(Duration.ofMillis(300));

    assertThat(startsOf(governor, 4))
        .allMatch(start -> start - begin >= Duration.ofMillis(300).toNanos());
  }

  @Test
  void whatKeepsRequestsApartHoldsForThoseWhoWaitAlready() throws Exception {
    Governor governor = new Governor(0, THREADS, () -> 1);
    long begin = System.nanoTime();
    governor.enter("script", running).close();
    governor.keepApart(Duration.ofHours(1));
    Future<List<Long>> starting = threads.submit(() -> startsOf(governor, 5));
    await().until(() -> governor.waiting() > 0);
    assertThat(starting.isDone()).isFalse();
    governor.keepApart(Duration.ofMillis(200));

    List<Long> starts = starting.get();

    for (int i = 0; i < starts.size(); i++) {
      double earliest = 0.2 * (i + 1);
      assertThat((starts.get(i) - begin) / 1e9).as("start %d", i).isGreaterThanOrEqualTo(earliest);
    }
  }

  @Test
  void aSlowRateIsNotSpedUpByWhatKeepsRequestsApart() throws Exception {
    Governor governor = new Governor(5, THREADS, () -> 1);
    long begin = System.nanoTime();
    governor.keepApart(Duration.ofMillis(1));

    List<Long> starts = startsOf(governor, 5);

    for (int i = 1; i < starts.size(); i++) {
      double earliest = (i - 0.5) / 5;
      assertThat((starts.get(i) - begin) / 1e9).as("start %d", i).isGreaterThanOrEqualTo(earliest);
    }
  }

  @Test
  void whoIsCancelledWhileWaitingForItsTimeLeavesAndTakesNothingWithHim() throws Exception {
    Governor governor = new Governor(0, 1, () -> 1);
    governor.pause(Duration.ofDays(1));

    assertCancelled(governor);
  }

  @Test
  void whoIsCancelledWhileWaitingForAPlaceLeaves() throws Exception {
    Governor governor = new Governor(0, 1, () -> 1);
    Governor.Permit held = governor.enter("script", running);

    assertCancelled(governor);

    held.close();
    governor.enter("script", running).close(); // the place is free, the queue is empty
  }

  @Test
  void whoIsInterruptedLeavesAndStaysInterrupted() throws Exception {
    Governor governor = new Governor(0, 1, () -> 1);
    Governor.Permit held = governor.enter("script", running);
    AtomicBoolean stillInterrupted = new AtomicBoolean();
    Thread thread =
        new Thread(
            () -> {
              try {
                governor.enter("script", running);
              } catch (CancellationException e) {
                stillInterrupted.set(Thread.currentThread().isInterrupted());
              }
            });
    thread.start();
    await().until(() -> governor.waiting() == 1);
    thread.interrupt();
    thread.join();

    assertThat(stillInterrupted).isTrue();
    held.close();
    governor.enter("script", running).close();
  }

  private void assertCancelled(Governor governor) throws Exception {
    StopSignal stop = new StopSignal(Ticker.system(timers));
    Future<?> waiter = threads.submit(() -> governor.enter("script", stop));
    await().until(() -> governor.waiting() == 1);
    assertThat(waiter.isDone()).isFalse();
    stop.fire();

    assertThatThrownBy(waiter::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(CancellationException.class);
    assertThat(governor.waiting()).isZero();
  }

  private List<Long> startsOf(Governor governor, int requests) throws Exception {
    AtomicInteger left = new AtomicInteger(requests);
    List<Long> starts = Collections.synchronizedList(new ArrayList<>());
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      all.add(
          threads.submit(
              () -> {
                while (left.getAndDecrement() > 0) {
                  try (Governor.Permit permit = governor.enter("script", running)) {
                    starts.add(System.nanoTime());
                  }
                }
              }));
    }
    join(all);
    return starts.stream().sorted().toList();
  }

  private static void join(List<Future<?>> all) throws Exception {
    for (Future<?> each : all) {
      each.get();
    }
  }
}
