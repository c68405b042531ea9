package model;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Executors with named daemon threads, which drop cancelled tasks at once. */
public final class Threads {
  private Threads() {}

  /** An executor whose threads are called {@code name-1}, {@code name-2} and so on. */
  public static ScheduledThreadPoolExecutor scheduled(String name, int size) {
    return scheduled(name, size, thread -> thread);
  }

  /**
   * An executor whose threads are wrapped.
   *
   * @param around wraps the work of each thread
   */
  public static ScheduledThreadPoolExecutor scheduled(
      String name, int size, UnaryOperator<Runnable> around) {
    AtomicInteger number = new AtomicInteger();
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            size,
            work -> {
              Thread thread = new Thread(around.apply(work), name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            }) {
          /**
           * Checks failed tasks, because the executor keeps their errors without reporting them.
           */
          @Override
          protected void afterExecute(Runnable task, Throwable none) {
            if (task instanceof Future<?> done && done.isDone() && !done.isCancelled()) {
              try {
                done.get();
              } catch (ExecutionException e) {
                OutOfMemory.endIfCauseOf(e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }
          }
        };
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }
}
