package app;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/** Named daemon threads. */
final class Threads {
  private Threads() {}

  static ScheduledThreadPoolExecutor scheduled(String name, int size) {
    AtomicInteger number = new AtomicInteger();
    return new ScheduledThreadPoolExecutor(
        size,
        task -> {
          Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
