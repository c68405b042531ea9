package model;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Executors on named daemon threads; they forget at once what is cancelled. */
public final class Threads {
  private Threads() {}

  /** An executor whose threads are called {@code name-1}, {@code name-2} and so on. */
  public static ScheduledThreadPoolExecutor scheduled(String name, int size) {
    return scheduled(name, size, thread -> thread);
  }

  /**
   * The same.
   *
   * @param around what each thread does, made from what it would do otherwise
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
          /** A failed task keeps its error for somebody who may never ask. */
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
