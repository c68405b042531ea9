package model;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * Tells everything that works for a script that the script stops. Each run of a script has a signal
 * of its own, which fires once and stays so: what is left of a run can never mistake the next run
 * for its own.
 */
public final class StopSignal {
  /** How long a stopping script lets a request or a call go on before it is cut off. */
  public static final Duration GRACE = Duration.ofSeconds(3);

  private final Ticker ticker;
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private final Set<Action> actions = ConcurrentHashMap.newKeySet();

  /** What is to be done at a stop; close it when it is no longer needed. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  public StopSignal(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Stops the run. Returns at once; a second call changes nothing. */
  public void fire() {
    if (stopped.complete(null)) {
      actions.forEach(Action::begin);
    }
  }

  /** Whether nothing new is to be begun. Costs nothing, and waits for nobody. */
  public boolean isStopped() {
    return stopped.isDone();
  }

  /**
   * Leaves what is not to be begun any more.
   *
   * @throws CancellationException when the run stops
   */
  public void throwIfStopped() {
    if (isStopped()) {
      throw new CancellationException("the script stops");
    }
  }

  /**
   * Waits for this time to pass.
   *
   * @throws CancellationException at once when the run stops, or the thread is interrupted
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
   * Waits for something, however long it takes.
   *
   * @return its result; the exception it ended with is thrown as it is
   * @throws CancellationException at once when the run stops, or the thread is interrupted
   */
  public <T> T await(CompletableFuture<T> something) {
    try {
      CompletableFuture.anyOf(stopped, something).get();
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
   * Does something when the run stops, on the ticker's thread.
   *
   * @param grace time from the stop until then; from now, when the run has stopped already
   * @param action must not block
   */
  public Registration onStop(Duration grace, Runnable action) {
    Action registered = new Action(grace, action);
    actions.add(registered);
    if (isStopped()) {
      registered.begin();
    }
    return registered;
  }

  private final class Action implements Registration {
    private final Duration grace;
    private final Runnable what;
    private Ticker.Timer timer; // guarded by this
    private boolean closed; // guarded by this

    Action(Duration grace, Runnable what) {
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
