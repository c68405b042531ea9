package simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import model.Ticker;

/** Virtual time, and what is due at which moment of it. */
final class Timers {
  private static final class Due implements Ticker.Timer {
    private final long at;
    private final long order;
    private final Runnable task;
    private boolean cancelled;

    Due(long at, long order, Runnable task) {
      this.at = at;
      this.order = order;
      this.task = task;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(
          Comparator.<Due>comparingLong(timer -> timer.at).thenComparingLong(timer -> timer.order));
  private long now;
  private long order;

  /** Nanoseconds since the start. */
  long now() {
    return now;
  }

  Ticker.Timer after(Duration delay, Runnable task) {
    Due timer = new Due(now + delay.toNanos(), order++, task);
    due.add(timer);
    return timer;
  }

  /**
   * Lets time pass until the next task is due, and runs it unless it was cancelled.
   *
   * @return false if there is none
   */
  boolean passToNext() {
    Due timer = due.poll();
    if (timer == null) {
      return false;
    }
    if (!timer.cancelled) {
      now = Math.max(now, timer.at);
      timer.task.run();
    }
    return true;
  }
}
