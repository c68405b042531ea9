package platform;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executors with named daemon threads, which drop cancelled tasks at once, and keep repeating a
 * task even after it has failed.
 */
public final class Threads {
  private static final Logger LOG = LoggerFactory.getLogger(Threads.class);

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
        new Executor(
            size,
            work -> {
              Thread thread = new Thread(around.apply(work), name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  private static final class Executor extends ScheduledThreadPoolExecutor {
    Executor(int size, ThreadFactory threads) {
      super(size, threads);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable task, long first, long delay, TimeUnit unit) {
      return super.scheduleWithFixedDelay(new Repeated(task), first, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
        Runnable task, long first, long period, TimeUnit unit) {
      return super.scheduleAtFixedRate(new Repeated(task), first, period, unit);
    }

    /** Checks failed tasks, because the executor keeps their errors without reporting them. */
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
  }

  /**
   * Keeps a periodic task alive: after one failure the executor would never run it again, without a
   * word.
   */
  private static final class Repeated implements Runnable {
    private final Runnable task;
    private boolean isTold; // once, not at every run

    Repeated(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      try {
        task.run();
        isTold = false;
      } catch (RuntimeException e) {
        if (!isTold) {
          isTold = true;
          LOG.error("{} has failed, and is repeated", Thread.currentThread().getName(), e);
        }
      }
    }
  }
}
