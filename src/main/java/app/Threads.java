package app;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Named daemon threads. */
final class Threads {
  private Threads() {}

  static ScheduledThreadPoolExecutor scheduled(String name, int size) {
    return scheduled(name, size, task -> task);
  }

  /** Threads that let all others go first. */
  static ScheduledThreadPoolExecutor scheduledBehindOthers(String name, int size) {
    return scheduled(
        name,
        size,
        task ->
            () -> {
              ThreadPriority.stepBack();
              task.run();
            });
  }

  private static ScheduledThreadPoolExecutor scheduled(
      String name, int size, UnaryOperator<Runnable> around) {
    AtomicInteger number = new AtomicInteger();
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            size,
            task -> {
              Thread thread = new Thread(around.apply(task), name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }
}
