package model;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A monotonic clock with timers, independent of changes to the system's clock. Tests use one that
 * they advance themselves.
 */
public interface Ticker {
  /** A scheduled task. */
  interface Timer {
    /** Cancels the task, unless it is already running. */
    void cancel();
  }

  /** Nanoseconds since an arbitrary moment, as with {@link System#nanoTime}. */
  long nanos();

  /**
   * Runs a task later, on the ticker's thread.
   *
   * @param task must not block, because other timers wait for it
   */
  Timer after(Duration delay, Runnable task);

  /**
   * Waits until the future is done. Every wait of a page or a document goes through here, so that
   * tests know when nothing can happen until time passes.
   *
   * @return its value
   */
  default <T> T await(CompletableFuture<T> future) throws InterruptedException, ExecutionException {
    return future.get();
  }

  /** Waits for this duration. */
  default void pause(Duration time) throws InterruptedException {
    CompletableFuture<Void> over = new CompletableFuture<>();
    after(time, () -> over.complete(null));
    try {
      await(over);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // it is only ever completed with a value
    }
  }

  /** The system's ticker, whose tasks run on this executor. */
  static Ticker system(ScheduledExecutorService executor) {
    return new Ticker() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public Timer after(Duration delay, Runnable task) {
        Future<?> scheduled = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
      }
    };
  }
}
