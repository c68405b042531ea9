package simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** An executor whose threads are those of a simulated process. */
final class Pool extends AbstractExecutorService implements ScheduledExecutorService {
  private final World world;
  private final Process process;
  private final int size;
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private int busy;
  private boolean isShutdown;

  Pool(World world, Process process, int size) {
    this.world = world;
    this.process = process;
    this.size = size;
  }

  @Override
  public void execute(Runnable work) {
    if (isShutdown) {
      return;
    }
    queue.add(work);
    if (busy < size) {
      busy++;
      world.spawn(process, this::work);
    }
  }

  private void work() {
    try {
      for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
        next.run();
      }
    } finally {
      busy--;
    }
  }

  private final class Later extends FutureTask<Object> implements ScheduledFuture<Object> {
    Later(Runnable work) {
      super(work, "");
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return 0;
    }

    @Override
    public int compareTo(Delayed other) {
      return 0;
    }
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
    Later later = new Later(work);
    world.after(Duration.ofNanos(unit.toNanos(delay)), () -> execute(later));
    return later;
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable work, long initial, long period, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable work, long initial, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void shutdown() {
    isShutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    isShutdown = true;
    queue.clear();
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return isShutdown;
  }

  @Override
  public boolean isTerminated() {
    return isShutdown;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
