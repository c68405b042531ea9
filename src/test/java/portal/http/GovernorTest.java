package portal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import config.OpenHours;
import config.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import model.Concurrency;
import model.StopSignal;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import portal.Permit;
import testing.VirtualTicker;

/** Real threads with virtual time, which advances when all of them are waiting. */
@Timeout(60)
class GovernorTest {
  private static final int THREADS = 16;
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String WHY = "portal.test answered 429 without Retry-After, to /list/1";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final VirtualTicker ticker = new VirtualTicker();
  private final StopSignal running = new StopSignal(ticker);
  private final Map<Object, Optional<Hold>> held = new ConcurrentHashMap<>();
  private volatile Instant clock = NOW;

  @AfterEach
  void end() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  private Governor governor(double rate, int concurrency, IntSupplier parties) {
    return governor(RateLimits.fixed(rate), new Concurrency(concurrency), parties);
  }

  private Governor governor(RateLimits limits, Concurrency concurrency, IntSupplier parties) {
    return new Governor(limits, concurrency, parties, ticker, () -> clock, held::put);
  }

  private static void pause(Permit permit, Duration time) {
    permit.paused(Optional.of(time), WHY);
  }

  private void paused(Governor governor, Duration time) {
    try (Permit permit = governor.enter("script", running)) {
      pause(permit, time);
    }
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

    try (Permit first = governor.enter("well", running);
        Permit second = governor.enter("well", running)) {
      assertThat(governor.limits().waiting()).isEqualTo(10);
    }
    assertThat(queued).noneMatch(Future::isDone);
    stop.fire();
    ticker.pass(Duration.ZERO);
    for (Future<?> each : queued) {
      assertThatThrownBy(each::get).hasCauseInstanceOf(CancellationException.class);
    }
  }

  @Test
  void aGrowingShareIsNoticedSoonByWaitingRequests() throws Exception {
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
  void theConcurrencyMayChangeWhileRequestsAreInProgressOrWaiting() throws Exception {
    Concurrency concurrency = new Concurrency(1);
    Governor governor = governor(RateLimits.fixed(0), concurrency, () -> 1);
    Permit first = governor.enter("script", running);
    Future<Permit> second = threads.submit(() -> governor.enter("script", running));
    await().until(() -> ticker.timers() == 1);
    concurrency.set(2);
    ticker.pass(Duration.ofMillis(200));

    second.get().close();
    concurrency.set(1);
    Future<?> third = threads.submit(() -> governor.enter("script", running));
    await().until(() -> ticker.timers() == 1);
    ticker.pass(Duration.ofMillis(200));
    assertThat(third.isDone()).isFalse();
    first.close();
    third.get();
    assertThat(governor.limits().state().concurrency()).isEqualTo(1);
  }

  @Test
  void aNewRateAppliesFromTheNextRequestOn() throws Exception {
    Governor governor = governor(1, 1, () -> 1);
    governor.enter("script", running).close();
    governor.limits().set(10);
    List<Double> fast = new Requests(governor, 1, 10).starts();
    double last = fast.get(9);
    assertThat(last).as("at 1 a second it would be 10 s").isBetween(0.95, 1.1);

    governor.limits().set(0.5);
    assertThat(new Requests(governor, 1, 3).starts())
        .allMatch(start -> start > last + 1.9)
        .hasSize(3);
    assertThat(governor.limits().state().rate()).isEqualTo(0.5);
  }

  @Test
  void theLowestOfTheLimitsCounts() {
    RateLimits limits =
        new RateLimits(
            5,
            false,
            OptionalDouble.empty(),
            List.of(
                new OpenHours(
                    LocalTime.of(3, 0), LocalTime.of(4, 0), ZoneOffset.UTC, OptionalDouble.of(3)),
                new OpenHours(
                    LocalTime.of(4, 0),
                    LocalTime.MIDNIGHT,
                    ZoneOffset.UTC,
                    OptionalDouble.empty())),
            OptionalDouble.of(8));
    Governor governor = governor(limits, new Concurrency(1), () -> 1);

    assertThat(governor.limits().state().rate()).as("at 03:04:05").isEqualTo(3);
    governor.limits().share(2);
    assertThat(governor.limits().state().rate()).isEqualTo(2);
    governor.limits().share(4);
    clock = NOW.plus(Duration.ofHours(1));
    ticker.pass(Duration.ofSeconds(1));
    assertThat(governor.limits().state().rate()).as("at 04:04:05").isEqualTo(4);
    governor.limits().set(1);
    assertThat(governor.limits().state().rate()).isEqualTo(1);
    governor.limits().set(0);
    assertThat(governor.limits().state().rate()).as("none of its own").isEqualTo(4);
  }

  @Test
  void outsideTheHoursRequestsWaitAndTheEndOfTheWaitIsReported() throws Exception {
    RateLimits limits =
        new RateLimits(
            0,
            false,
            OptionalDouble.empty(),
            List.of(
                new OpenHours(
                    LocalTime.of(20, 0),
                    LocalTime.of(8, 0),
                    ZoneId.of("Asia/Kolkata"),
                    OptionalDouble.empty())),
            OptionalDouble.empty());
    Governor governor = governor(limits, new Concurrency(2), () -> 1); // it is 08:34 there
    Future<Permit> waiter = threads.submit(() -> governor.enter("held", running));
    await().until(() -> ticker.timers() == 1);
    ticker.pass(Duration.ofMillis(200));
    await().until(() -> held.containsKey("held"));

    Hold hold =
        new Hold(
            "portal.hours allows requests only 20:00-08:00 Asia/Kolkata",
            Instant.parse("2026-01-02T14:30:00Z"));
    assertThat(held.get("held")).contains(hold);
    assertThat(governor.limits().state().hold()).contains(hold);
    await().until(() -> ticker.timers() == 1);
    clock = Instant.parse("2026-01-02T14:30:00Z");
    while (!waiter.isDone()) {
      ticker.passToNext();
    }

    waiter.get().close();
    assertThat(held.get("held")).isEmpty();
    assertThat(governor.limits().state().hold()).isEmpty();
    assertThat(Duration.ofNanos(ticker.nanos())).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void noMoreRequestsThanTheConcurrencyAreInProgress() throws Exception {
    Governor governor = governor(0, 3, () -> 1);
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      all.add(
          threads.submit(
              () -> {
                for (int n = 0; n < 300; n++) {
                  try (Permit permit = governor.enter("script", running)) {
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
  void aLongWaitKeepsItsTurn() throws Exception {
    Governor governor = governor(0, 1, () -> 1);
    Permit held = governor.enter("script", running);
    Collection<Integer> order = new ConcurrentLinkedQueue<>();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int number = i;
      all.add(
          threads.submit(
              () -> {
                Permit permit = governor.enter("script", running);
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
    Permit permit = governor.enter("script", running);
    pause(permit, Duration.ofMillis(700));
    pause(permit, Duration.ofMillis(100)); // a shorter pause does not end a longer one
    permit.close();

    assertBeginNoEarlier(governor, 10, 0.7, 20);
  }

  @Test
  void aPauseHoldsBackRequestsThatWaitAlready() throws Exception {
    Governor governor = governor(1, 1, () -> 1);
    Permit permit = governor.enter("script", running);
    permit.close();
    Requests requests = new Requests(governor, 1, 1);
    await().until(requests::allWait);
    pause(permit, Duration.ofMinutes(1));

    assertThat(requests.starts()).singleElement().isEqualTo(60.0);
  }

  @Test
  void anUnlimitedRateIsPausedToo() throws Exception {
    Governor governor = governor(0, 2, () -> 1);
    paused(governor, Duration.ofMillis(300));

    assertThat(new Requests(governor, THREADS, 4).starts()).allMatch(start -> start >= 0.3);
  }

  @Test
  void spacingAppliesToRequestsThatWaitAlready() throws Exception {
    Governor governor = governor(0, 1, () -> 1);
    governor.enter("script", running).close();
    governor.limits().keepApart(Duration.ofHours(1), "robots.txt");
    Requests requests = new Requests(governor, 1, 5);
    await().until(requests::allWait);
    governor.limits().keepApart(Duration.ofMillis(980), "robots.txt");

    assertThat(requests.starts()).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
  }

  @Test
  void aSlowRateIsNotSpedUpByTheSpacing() throws Exception {
    Governor governor = governor(5, THREADS, () -> 1);
    governor.limits().keepApart(Duration.ofMillis(1), "robots.txt");

    assertBeginNoEarlier(governor, 5, 0, 5);
  }

  @Test
  void aRequestCancelledWhileWaitingForItsTimeLeavesNothingBehind() throws Exception {
    Governor governor = governor(0, 1, () -> 1);
    paused(governor, Duration.ofHours(1));

    assertCancelled(governor);
  }

  @Test
  void aRequestCancelledWhileWaitingForAPlaceLeaves() throws Exception {
    Governor governor = governor(0, 1, () -> 1);
    Permit held = governor.enter("script", running);

    assertCancelled(governor);

    held.close();
    governor.enter("script", running).close(); // the place is free, the queue is empty
  }

  @Test
  void anInterruptedRequestLeavesAndItsThreadStaysInterrupted() throws Exception {
    Governor governor = governor(0, 1, () -> 1);
    Permit held = governor.enter("script", running);
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

  @Test
  void a429WithoutATimePausesEverythingTwiceAsLongEachTimeUntilTheFirstGoodResponse()
      throws Exception {
    Governor governor = governor(0, THREADS, () -> 1);
    List<Long> seconds = new ArrayList<>();
    for (boolean good :
        new boolean[] {false, false, false, false, false, false, false, true, false}) {
      Permit permit = threads.submit(() -> governor.enter("script", running)).get();
      if (good) {
        permit.answered();
      } else {
        permit.paused(Optional.empty(), WHY);
      }
      permit.close();
      seconds.add(pauseLength(governor).toSeconds());
      ticker.pass(pauseLength(governor).plusNanos(1));
    }

    assertThat(seconds).containsExactly(10L, 20L, 40L, 80L, 160L, 300L, 300L, 0L, 10L);
  }

  /** The wall clock stands still in these tests. */
  private static Duration pauseLength(Governor governor) {
    return governor
        .limits()
        .state()
        .hold()
        .map(hold -> Duration.between(NOW, hold.until()))
        .orElse(Duration.ZERO);
  }

  @Test
  void simultaneous429sCountOnceAndAnEarlierGoodResponseEndsNothing() {
    Governor governor = governor(0, 4, () -> 1);
    List<Permit> permits =
        IntStream.range(0, 4).mapToObj(i -> governor.enter("script", running)).toList();
    ticker.pass(Duration.ofMillis(50));
    for (Permit permit : permits.subList(0, 3)) {
      permit.paused(Optional.empty(), WHY);
      permit.close();
      assertThat(pauseLength(governor)).isEqualTo(Duration.ofSeconds(10));
    }
    permits.get(3).answered();
    permits.get(3).close();
    assertThat(pauseLength(governor)).isEqualTo(Duration.ofSeconds(10));

    ticker.pass(Duration.ofSeconds(10));
    Permit next = governor.enter("script", running);
    next.paused(Optional.empty(), WHY);
    assertThat(pauseLength(governor)).as("the second pause").isEqualTo(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @CsvSource({"PT-1H", "PT24H"})
  void aClockChangeMakesNoWaitShorterOrLonger(Duration jump) throws Exception {
    Governor governor = governor(0, 1, () -> 1);
    paused(governor, Duration.ofSeconds(60));
    clock = clock.plus(jump);
    Future<Permit> waiter = threads.submit(() -> governor.enter("held", running));
    await().until(() -> ticker.timers() == 1);
    while (!waiter.isDone()) {
      ticker.passToNext();
    }

    waiter.get().close();
    assertThat(Duration.ofNanos(ticker.nanos())).isEqualTo(Duration.ofSeconds(60));
    assertThat(governor.limits().state().hold()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"30, false", "31, true", "3600, true"})
  void aHoldOfMoreThanThirtySecondsIsReportedWithItsReasonAndEnd(long seconds, boolean told)
      throws Exception {
    Governor governor = governor(0, 1, () -> 1);
    paused(governor, Duration.ofSeconds(seconds));
    Future<Permit> waiter = threads.submit(() -> governor.enter("held", running));
    await().until(() -> ticker.timers() == 1);
    ticker.pass(Duration.ofMillis(200));
    await().until(() -> held.containsKey("held"));

    Hold hold = new Hold(WHY, NOW.plusSeconds(seconds));
    assertThat(held.get("held")).isEqualTo(told ? Optional.of(hold) : Optional.empty());
    assertThat(governor.limits().state().hold()).as("the status tells every pause").contains(hold);
    assertThat(hold.words()).startsWith(WHY).endsWith("until " + NOW.plusSeconds(seconds));

    await().until(() -> ticker.timers() == 1);
    while (!waiter.isDone()) {
      ticker.passToNext();
    }
    waiter.get().close();
    assertThat(held.get("held")).as("when it has an answer").isEmpty();
    assertThat(governor.limits().state().hold()).isEmpty();
  }

  @Test
  void shortPausesWithoutAResponseInBetweenAreReportedWhenTheyAddUp() throws Exception {
    Governor governor = governor(0, 1, () -> 1);
    for (int i = 0; i < 3; i++) {
      paused(governor, Duration.ofSeconds(10));
      ticker.pass(Duration.ofSeconds(10).plusMillis(1));
    }
    paused(governor, Duration.ofSeconds(10));
    StopSignal stop = new StopSignal(ticker);
    threads.submit(() -> governor.enter("held", stop));
    await().until(() -> ticker.timers() == 1);
    ticker.pass(Duration.ofMillis(200));

    await().until(() -> held.containsKey("held"));
    assertThat(held.get("held")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"60, false", "61, true", "86000, true"})
  void aCrawlDelayAboveAMinuteIsReportedInTheSameWay(long seconds, boolean told) throws Exception {
    Governor governor = governor(0, 1, () -> 1);
    governor.limits().keepApart(Duration.ofSeconds(seconds), "robots.txt asks for it");
    StopSignal stop = new StopSignal(ticker);
    Future<?> waiter = threads.submit(() -> governor.enter("held", stop));
    await().until(() -> ticker.timers() == 1);
    ticker.pass(Duration.ofMillis(200));
    await().until(() -> held.containsKey("held"));

    assertThat(held.get("held").isPresent()).isEqualTo(told);
    assertThat(governor.limits().state().hold().map(Hold::reason))
        .isEqualTo(told ? Optional.of("robots.txt asks for it") : Optional.empty());
    stop.fire();
    ticker.pass(Duration.ZERO);
    assertThatThrownBy(waiter::get).hasCauseInstanceOf(CancellationException.class);
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
    assertThat(governor.limits().waiting()).isZero();
    assertThat(ticker.timers()).isZero();
  }

  /** Most of what is waited for here happens at once. */
  private static ConditionFactory await() {
    return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
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
          try (Permit permit = governor.enter("script", running)) {
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
