package testing;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import model.Ticker;

/** A clock that moves only when a test says so. */
public final class VirtualTicker implements Ticker {
  private record Due(long at, long order, Runnable task) {}

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
  private long now;
  private long order;

  @Override
  public synchronized long nanos() {
    return now;
  }

  @Override
  public synchronized Timer after(Duration delay, Runnable task) {
    Due timer = new Due(now + delay.toNanos(), order++, task);
    due.add(timer);
    return () -> cancel(timer);
  }

  private synchronized void cancel(Due timer) {
    due.remove(timer);
  }

  /** The number of pending timers. */
  public synchronized int timers() {
    return due.size();
  }

  /** Advances the time, and runs what becomes due on the calling thread. */
  public void pass(Duration time) {
    long end = nanos() + time.toNanos();
    Due next = next(end);
    while (next != null) {
      next.task().run();
      next = next(end);
    }
  }

  /** Advances the time to the next timer, and runs it. */
  public void passToNext() {
    pass(untilNext());
  }

  private synchronized Duration untilNext() {
    return due.isEmpty() ? Duration.ZERO : Duration.ofNanos(Math.max(0, due.peek().at() - now));
  }

  /** Moves to the next timer, or to the end. */
  private synchronized Due next(long end) {
    Due next = due.peek();
    if (next == null || next.at() > end) {
      now = end;
      return null;
    }
    now = Math.max(now, next.at());
    return due.poll();
  }
}
