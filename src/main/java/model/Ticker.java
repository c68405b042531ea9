package model;

import java.time.Duration;
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
