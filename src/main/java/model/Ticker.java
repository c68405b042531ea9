package model;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Time for waits. It passes evenly, whatever happens to the system's clock. Tests hand in one that
 * they move on themselves.
 */
public interface Ticker {
  /** Something that is still to happen. */
  interface Timer {
    /** Keeps it from happening, unless it is under way already. */
    void cancel();
  }

  /** Nanoseconds since some moment; as with {@link System#nanoTime}, only differences count. */
  long nanos();

  /**
   * Runs a task later, on a thread of the ticker's own.
   *
   * @param task must not block: other timers wait for it
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
