package simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import model.Ticker;

/**
 * Virtual time, and threads of which exactly one runs at a time: whenever one waits, chance decides
 * who goes on; when all wait, time passes until one need not wait any more. So a seed determines
 * everything that happens, and in which order.
 */
final class World implements Ticker {
  static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");

  private static final ThreadLocal<Fiber> CURRENT = new ThreadLocal<>();

  /** Of this world alone: what the killed have left in their threads' locals ends with it. */
  private final ExecutorService threads = Executors.newCachedThreadPool(World::thread);

  private final Random chance;
  private final Timers timers = new Timers();
  private final List<Fiber> ready = new ArrayList<>();
  private final Set<Process> processes = new LinkedHashSet<>();
  private final Trace trace;
  private Fiber driver;
  private Throwable failure;
  private Runnable beforeNext = () -> {};

  World(long seed, Trace trace) {
    this.chance = new Random(seed);
    this.trace = trace;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "simulated");
    thread.setDaemon(true);
    return thread;
  }

  /** Runs this on the calling thread, as the first of all. */
  void run(Runnable work) {
    driver = Fiber.running(this);
    CURRENT.set(driver);
    try {
      work.run();
    } finally {
      end();
      threads.shutdown();
      CURRENT.remove();
    }
    if (failure != null) {
      throw new AssertionError("a thread failed", failure);
    }
  }

  /** Ends all other threads. */
  private void end() {
    Throwable before = failure;
    processes.forEach(this::kill);
    while (processes.stream().anyMatch(process -> process.threads() > 0)) {
      ready.add(driver);
      handOver(driver);
    }
    failure = before;
  }

  /** Starts another thread. */
  void spawn(Process process, Runnable work) {
    Fiber fiber = new Fiber(this, process, work);
    processes.add(process);
    process.add(fiber);
    ready.add(fiber);
  }

  /** From now on, whatever a thread of the process waits for or calls ends it. */
  void kill(Process process) {
    process.kill().stream().filter(Fiber::stopsWaiting).forEach(ready::add);
  }

  /** Runs what a thread of the simulation does, on its own thread of this machine. */
  void execute(Fiber fiber) {
    threads.execute(
        () -> {
          CURRENT.set(fiber);
          try {
            fiber.work();
          } catch (Killed e) {
            trace.note("a thread ends with its process");
          } catch (Throwable e) {
            fail(e);
          } finally {
            CURRENT.remove();
            fiber.end();
            next().go();
          }
        });
  }

  /** Whether the calling thread is one of a simulation. */
  static boolean isHere() {
    return CURRENT.get() != null;
  }

  /** Ends the calling thread if its process was killed. */
  static void requireAlive() {
    Fiber self = CURRENT.get();
    if (self != null) {
      self.check();
    }
  }

  Instant instant() {
    return BEGIN.plusNanos(timers.now());
  }

  @Override
  public long nanos() {
    return timers.now();
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    return timers.after(delay, task);
  }

  @Override
  public <T> T await(CompletableFuture<T> future) throws InterruptedException, ExecutionException {
    Fiber self = CURRENT.get();
    if (self == null) {
      return future.get();
    }
    self.check();
    if (!future.isDone()) {
      long wait = self.beginsToWait();
      future.whenComplete((value, failed) -> wake(self, wait));
      goOn(self);
      self.check();
    }
    return future.get();
  }

  private void wake(Fiber fiber, long wait) {
    if (fiber.stopsWaiting(wait)) {
      ready.add(fiber);
    }
  }

  /** Lets virtual time pass for the calling thread. */
  void sleep(Duration time) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    after(time, () -> over.complete(null));
    join(over);
  }

  /** Waits, or lets this much time pass. */
  void sleep(Duration time, CompletableFuture<?> unless) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    Timer timer = after(time, () -> over.complete(null));
    join(CompletableFuture.anyOf(over, unless));
    timer.cancel();
  }

  void join(CompletableFuture<?> future) {
    try {
      await(future);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets another thread go on, perhaps. */
  void pass() {
    Fiber self = CURRENT.get();
    self.check();
    ready.add(self);
    goOn(self);
    self.check();
  }

  /** Runs this before any other thread goes on, or time passes. */
  void beforeNext(Runnable task) {
    beforeNext = task;
  }

  private void goOn(Fiber self) {
    handOver(self);
    if (self == driver && failure != null) {
      throw new AssertionError("a thread failed", failure);
    }
  }

  private void handOver(Fiber self) {
    Fiber next = next();
    if (next != self) {
      next.go();
      self.pause();
    }
  }

  private Fiber next() {
    beforeNext.run();
    beforeNext = () -> {};
    while (ready.isEmpty()) {
      if (!timers.passToNext()) {
        fail(new AssertionError("everybody waits, and nothing will come"));
      }
    }
    return ready.remove(ready.size() == 1 ? 0 : chance.nextInt(ready.size()));
  }

  private void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    if (driver.stopsWaiting()) {
      ready.add(driver);
    }
  }
}
