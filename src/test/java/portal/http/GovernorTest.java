package portal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import model.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testing.VirtualTicker;

/** Real threads with virtual time, which advances when all of them are waiting. */
@Timeout(60)
class GovernorTest {
  private static final int THREADS = 16;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final VirtualTicker ticker = new VirtualTicker();
  private final StopSignal running = new StopSignal(ticker);

  @AfterEach
  void end() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  private Governor governor(double rate, int concurrency, IntSupplier parties) {
    return new Governor(rate, concurrency, parties, ticker);
  }

  @ParameterizedTest
  @CsvSource({"50, 100", "7, 15", "0.5, 10"})
  void requestsBeginEvenlySpacedALittleBelowTheRate(double rate, int requests) throws Exception {
    List<Double> starts = new Requests(governor(rate, 1, () -> 1), 1, requests).starts();

    for (int i = 0; i < requests; i++) {
      assertThat(starts.get(i)).as("start %d", i).isCloseTo(i / (rate * 0.98), within(1e-6));
    }
  }

  @ParameterizedTest
  @CsvSource({"50, 100", "7, 15"})
  void noRequestOfManyThreadsBeginsBeforeItsTime(double rate, int requests) throws Exception {
    assertBeginNoEarlier(governor(rate, THREADS, () -> 1), requests, 0, rate);
  }

  private void assertBeginNoEarlier(Governor governor, int requests, double first, double rate)
      throws Exception {
    List<Double> starts = new Requests(governor, THREADS, requests).starts();
    for (int i = 0; i < requests; i++) {
      double earliest = first + Math.max(0, i - 0.5) / rate;
      assertThat(starts.get(i)).as("start %d", i).isGreaterThanOrEqualTo(earliest);
    }
  }

  @Test
  void aPartyWhoseRequestsHangLeavesTheOthersTheirShare() throws Exception {
    Governor governor = governor(0, 4, () -> 2);
    for (int i = 0; i < 2; i++) {
      governor.enter("sick", running); // never closed
    }
    StopSignal stop = new StopSignal(ticker);
    List<Future<?>> queued = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      queued.add(threads.submit(() -> governor.enter("sick", stop)));
    }
    await().until(() -> ticker.timers() == 10);

    try (Governor.Permit first = governor.enter("well", running);
        Governor.Permit second = governor.enter("well", running)) {
      assertThat(governor.waiting()).isEqualTo(10);
    }
    assertThat(queued).noneMatch(Future::isDone);
    stop.fire();
    ticker.pass(Duration.ZERO);
    for (Future<?> each : queued) {
      assertThatThrownBy(each::get).hasCauseInstanceOf(CancellationException.class);
    }
  }

  @Test
  void aShareThatGrowsIsNoticedSoonByThoseWhoWait() throws Exception {
    AtomicInteger parties = new AtomicInteger(2);
    Governor governor = governor(0, 2, parties::get);
    governor.enter("script", running);
    Future<?> waiter = threads.submit(() -> governor.enter("script", running));
    await().until(() -> ticker.timers() == 1);

    parties.set(1);
    ticker.pass(Duration.ofMillis(200));

    waiter.get();
  }

  @Test
  void aPartyAloneHasEveryPlace() {
    Governor governor = governor(0, 4, () -> 0);
    for (int i = 0; i < 4; i++) {
      governor.enter("only", running);
    }
    running.fire();
    assertThatThrownBy(() -> governor.enter("only", running))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void noMoreThanTheConcurrencyAreUnderWay() throws Exception {
    Governor governor = governor(0, 3, () -> 1);
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
    assertThat(ticker.nanos()).as("nobody waited for time to pass").isZero();
  }

  @Test
  void whoWaitsForLongKeepsHisTurn() throws Exception {
    Governor governor = governor(0, 1, () -> 1);
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
      await().until(() -> ticker.timers() == number + 1);
      ticker.pass(Duration.ofMillis(37)); // so that they do not check at the same moments
      await().until(() -> ticker.timers() == number + 1);
    }
    held.close();
    join(all);

    assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void aPauseIsFollowedByNoBurst() throws Exception {
    Governor governor = governor(20, THREADS, () -> 1);
    governor.enter("script", running).close();
    governor.pause(Duration.ofMillis(700));
    governor.pause(Duration.ofMillis(100)); // a shorter pause does not end a longer one

    assertBeginNoEarlier(governor, 10, 0.7, 20);
  }

  @Test
  void aPauseHoldsBackThoseWhoWaitAlready() throws Exception {
    Governor governor = governor(1, 1, () -> 1);
    governor.enter("script", running).close();
    Requests requests = new Requests(governor, 1, 1);
    await().until(requests::allWait);
    governor.pause(Duration.ofMinutes(1));

    assertThat(requests.starts()).singleElement().isEqualTo(60.0);
  }

  @Test
  void aRateOfZeroIsPausedAllTheSame() throws Exception {
    Governor governor = governor(0, 2, () -> 1);
    governor.pause(Duration.ofMillis(300));

    assertThat(new Requests(governor, THREADS, 4).starts()).allMatch(start -> start >= 0.3);
  }

  @Test
  void whatKeepsRequestsApartHoldsForThoseWhoWaitAlready() throws Exception {
    Governor governor = governor(0, 1, () -> 1);
    governor.enter("script", running).close();
    governor.keepApart(Duration.ofHours(1));
    Requests requests = new Requests(governor, 1, 5);
    await().until(requests::allWait);
    governor.keepApart(Duration.ofMillis(980));

    assertThat(requests.starts()).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
  }

  @Test
  void aSlowRateIsNotSpedUpByWhatKeepsRequestsApart() throws Exception {
    Governor governor = governor(5, THREADS, () -> 1);
    governor.keepApart(Duration.ofMillis(1));

    assertBeginNoEarlier(governor, 5, 0, 5);
  }

  @Test
  void whoIsCancelledWhileWaitingForItsTimeLeavesAndTakesNothingWithHim() throws Exception {
    Governor governor = governor(0, 1, () -> 1);
    governor.pause(Duration.ofDays(1));

    assertCancelled(governor);
  }

  @Test
  void whoIsCancelledWhileWaitingForAPlaceLeaves() throws Exception {
    Governor governor = governor(0, 1, () -> 1);
    Governor.Permit held = governor.enter("script", running);

    assertCancelled(governor);

    held.close();
    governor.enter("script", running).close(); // the place is free, the queue is empty
  }

  @Test
  void whoIsInterruptedLeavesAndStaysInterrupted() throws Exception {
    Governor governor = governor(0, 1, () -> 1);
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
    await().until(() -> ticker.timers() == 1);
    thread.interrupt();
    thread.join();

    assertThat(stillInterrupted).isTrue();
    held.close();
    governor.enter("script", running).close();
  }

  private void assertCancelled(Governor governor) throws Exception {
    StopSignal stop = new StopSignal(ticker);
    Future<?> waiter = threads.submit(() -> governor.enter("script", stop));
    await().until(() -> ticker.timers() == 1);
    assertThat(waiter.isDone()).isFalse();
    stop.fire();
    ticker.pass(Duration.ZERO);

    assertThatThrownBy(waiter::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(CancellationException.class);
    assertThat(governor.waiting()).isZero();
    assertThat(ticker.timers()).isZero();
  }

  private static void join(List<Future<?>> all) throws Exception {
    for (Future<?> each : all) {
      each.get();
    }
  }

  /** Threads that each send one request after another. */
  private final class Requests {
    private final List<Double> starts = Collections.synchronizedList(new ArrayList<>());
    private final List<Future<?>> all = new ArrayList<>();
    private final AtomicInteger left;
    private final AtomicInteger asking;

    Requests(Governor governor, int hands, int requests) {
      left = new AtomicInteger(requests);
      asking = new AtomicInteger(hands);
      for (int i = 0; i < hands; i++) {
        all.add(threads.submit(() -> ask(governor)));
      }
    }

    private void ask(Governor governor) {
      try {
        while (left.getAndDecrement() > 0) {
          try (Governor.Permit permit = governor.enter("script", running)) {
            starts.add(ticker.nanos() / 1e9);
          }
        }
      } finally {
        asking.decrementAndGet();
      }
    }

    boolean allWait() {
      return ticker.timers() == asking.get();
    }

    /** The start times in seconds, once all requests have ended. */
    List<Double> starts() throws Exception {
      while (asking.get() > 0) {
        if (allWait()) {
          ticker.passToNext();
        } else {
          Thread.yield();
        }
      }
      join(all);
      return starts.stream().sorted().toList();
    }
  }
}
