package model;

import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells everything that works for a script that the script stops. Each run of a script has its own
 * signal, which fires once and stays fired, so that work left over from one run is not affected by
 * the next.
 */
public final class StopSignal {
  /** How long a stopping script lets a request or call continue before it is cancelled. */
  public static final Duration GRACE = Duration.ofSeconds(3);

  private final Ticker ticker;
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private final Set<Action> actions = ConcurrentHashMap.newKeySet();
  private final AtomicLong registered = new AtomicLong();

  /** An action registered for a stop; close it when it is no longer needed. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  public StopSignal(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Stops the run. Returns at once; a second call has no effect. */
  public void fire() {
    if (stopped.complete(null)) {
      actions.stream().sorted(Comparator.comparingLong(a -> a.number)).forEach(Action::begin);
    }
  }

  /** Whether nothing new may be started. Fast, and never blocks. */
  public boolean isStopped() {
    return stopped.isDone();
  }

  /**
   * Throws if nothing new may be started.
   *
   * @throws CancellationException if the run stops
   */
  public void throwIfStopped() {
    if (isStopped()) {
      throw new CancellationException("the script stops");
    }
  }

  /**
   * Waits for this duration.
   *
   * @throws CancellationException as soon as the run stops, or the thread is interrupted
   */
  public void await(Duration time) {
    throwIfStopped();
    CompletableFuture<Void> over = new CompletableFuture<>();
    Ticker.Timer timer = ticker.after(time, () -> over.complete(null));
    try {
      await(over);
    } finally {
      timer.cancel();
    }
  }

  /**
   * Waits for a result, however long it takes.
   *
   * @return the result; if it is an exception, that is thrown unchanged
   * @throws CancellationException as soon as the run stops, or the thread is interrupted
   */
  public <T> T await(CompletableFuture<T> something) {
    try {
      ticker.await(CompletableFuture.anyOf(stopped, something));
      throwIfStopped();
      return something.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    }
  }

  /**
   * Runs an action when the run stops, on the ticker's thread. Actions with the same delay run in
   * the order of their registration, so that a simulation is reproducible.
   *
   * @param grace delay after the stop; from now, if the run has already stopped
   * @param action must not block
   */
  public Registration onStop(Duration grace, Runnable action) {
    Action onStop = new Action(registered.getAndIncrement(), grace, action);
    actions.add(onStop);
    if (isStopped()) {
      onStop.begin();
    }
    return onStop;
  }

  private final class Action implements Registration {
    private final long number;
    private final Duration grace;
    private final Runnable what;
    private Ticker.@Nullable Timer timer; // guarded by this
    private boolean closed; // guarded by this

    Action(long number, Duration grace, Runnable what) {
      this.number = number;
      this.grace = grace;
      this.what = what;
    }

    synchronized void begin() {
      if (timer == null && !closed) {
        timer = ticker.after(grace, what);
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      actions.remove(this);
      if (timer != null) {
        timer.cancel();
      }
    }
  }
}
