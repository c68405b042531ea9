package control;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import ledger.Ledger;
import org.apache.camel.spi.RouteController;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops the scripts of this instance, each of them a Camel route, and keeps what is
 * known of their state. What the scripts' routes report comes in by {@link #next}, {@link
 * #pageDone} and their like.
 */
public final class Orchestrator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Orchestrator.class);

  /** A stopping route has no exchange in flight any more; this is for the route's own parts. */
  private static final int STOP_SECONDS = 5;

  private final Supplier<RouteController> routes;
  private final Ledger ledger;
  private final Map<Integer, ScriptControl> scripts = new LinkedHashMap<>();
  private final Map<Integer, Future<?>> pendingStarts = new ConcurrentHashMap<>();
  private final ScheduledExecutorService background;

  /**
   * @param scripts the scripts of this instance
   * @param routes Camel's route controller, once there is one
   */
  public Orchestrator(Collection<Script> scripts, Ledger ledger, Supplier<RouteController> routes) {
    this.ledger = ledger;
    this.routes = routes;
    for (Script script : scripts) {
      this.scripts.put(script.id(), new ScriptControl(script, ledger, InstantSource.system()));
    }
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1, // one thread: starts and stops of a route never overtake each other
            task -> {
              Thread thread = new Thread(task, "orchestrator");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    this.background = executor;
  }

  /**
   * Starts the first scripts that are neither running nor completed, one every {@code delay}.
   *
   * @return those that are being started
   */
  public List<Integer> startFirst(int count, Duration delay) {
    List<Integer> started = new ArrayList<>();
    for (ScriptControl script : scripts.values()) {
      if (started.size() == count) {
        break;
      }
      if (start(script, delay.multipliedBy(started.size()))) {
        started.add(script.script().id());
      }
    }
    return started;
  }

  /** Starts these scripts, one every {@code delay}. */
  public void startAll(Set<Integer> ids, Duration delay) {
    int turn = 0;
    for (ScriptControl script : scripts.values()) {
      if (ids.contains(script.script().id()) && start(script, delay.multipliedBy(turn))) {
        turn++;
      }
    }
  }

  /**
   * Starts one script at once.
   *
   * @return false when it runs, or is completed
   */
  public boolean start(int id) {
    return start(control(id), Duration.ZERO);
  }

  private boolean start(ScriptControl script, Duration delay) {
    if (!script.start()) {
      return false;
    }
    int id = script.script().id();
    ledger.setRunning(id, true);
    pendingStarts.put(
        id, background.schedule(() -> startRoute(script), delay.toMillis(), TimeUnit.MILLISECONDS));
    return true;
  }

  private void startRoute(ScriptControl script) {
    pendingStarts.remove(script.script().id());
    if (!script.beginRun()) {
      return;
    }
    try {
      routes.get().startRoute(script.script().name());
      LOG.info("{} started", script.script().name());
    } catch (Exception e) {
      LOG.error("{} could not be started", script.script().name(), e);
      script.broken("the route could not be started: " + e.getMessage());
    }
  }

  /**
   * Stops one script: it ends between two documents, a little later.
   *
   * @return false when it does not run
   */
  public boolean stop(int id) {
    ScriptControl script = control(id);
    if (!script.stop()) {
      return false;
    }
    ledger.setRunning(id, false);
    wind(script);
    return true;
  }

  private void wind(ScriptControl script) {
    Future<?> pending = pendingStarts.remove(script.script().id());
    if (pending != null) {
      pending.cancel(false);
    }
    if (!script.isPageInWork()) {
      endRoute(script);
    }
  }

  /** Stops every script of this instance, also those whose start is still to come. */
  public void stopAll() {
    scripts.keySet().forEach(this::stop);
  }

  /** Winds all scripts down; they stay marked as running, to go on when the instance comes back. */
  public void shutdown() {
    scripts.values().stream().filter(ScriptControl::stop).forEach(this::wind);
  }

  /** Whether a page of any script is in work. */
  public boolean isAtWork() {
    return scripts.values().stream().anyMatch(ScriptControl::isPageInWork);
  }

  private void endRoute(ScriptControl script) {
    background.execute(
        () -> {
          String route = script.script().name();
          if (!script.isStopping()) {
            return; // started again meanwhile
          }
          try {
            routes.get().stopRoute(route, STOP_SECONDS, TimeUnit.SECONDS);
          } catch (Exception e) {
            LOG.warn("{} could not be stopped cleanly", route, e);
          }
          script.stopped();
          LOG.info("{} is {}", route, script.status().word());
        });
  }

  /** The page that the script is to work on now; empty when there is nothing to do yet. */
  public OptionalInt next(int id) throws InterruptedException {
    ScriptControl script = control(id);
    OptionalInt page = script.next();
    if (script.hasJustCompleted()) {
      ledger.setRunning(id, false);
      endRoute(script);
    }
    return page;
  }

  /** Whether the script is to begin nothing new. */
  public boolean isStopping(int id) {
    return control(id).isStopping();
  }

  /** The page's work has moved on. */
  public void progressed(int id) {
    control(id).progressed();
  }

  /** A document of the script was stored. */
  public void stored(int id) {
    control(id).stored();
  }

  /** The page is complete. */
  public void pageDone(int id) {
    control(id).pageDone();
    endIfStopping(id);
  }

  /** The page was left where it was, since the script stops. */
  public void pageLeft(int id) {
    control(id).pageLeft();
    endIfStopping(id);
  }

  /** The page could not be done now; it will be tried again, with growing waits. */
  public void pageFailed(int id, WaitingReason reason, String error) {
    Duration wait = control(id).pageFailed(reason, error);
    LOG.warn("page waits {} s for the {}: {}", wait.toSeconds(), reason.word(), error);
    endIfStopping(id);
  }

  /** The page could not be done, and a person must mend the cause. */
  public void broken(int id, String error) {
    ScriptControl script = control(id);
    script.broken(error);
    ledger.setRunning(id, false);
    endRoute(script);
  }

  private void endIfStopping(int id) {
    if (control(id).status() == ScriptStatus.STOPPING) {
      endRoute(control(id));
    }
  }

  /**
   * Queues every failed document again. Scripts that had completed go to work on them at once.
   *
   * @return how many documents
   */
  public int retryFailed() {
    Set<Integer> completed = new TreeSet<>();
    for (ScriptControl script : scripts.values()) {
      if (script.status() == ScriptStatus.COMPLETED) {
        completed.add(script.script().id());
      }
    }
    int queued = ledger.requeueFailed();
    startAll(completed, Duration.ZERO);
    return queued;
  }

  /** Whether pages of the script are still to be done. */
  public boolean isOpen(int id) {
    return control(id).status() != ScriptStatus.COMPLETED;
  }

  /** The scripts of this instance as they are now. */
  public List<ScriptSnapshot> snapshots() {
    return scripts.values().stream().map(ScriptControl::snapshot).toList();
  }

  /** One script as it is now; empty when it is not of this instance. */
  public Optional<ScriptSnapshot> snapshot(int id) {
    return Optional.ofNullable(scripts.get(id)).map(ScriptControl::snapshot);
  }

  private ScriptControl control(int id) {
    ScriptControl script = scripts.get(id);
    if (script == null) {
      throw new IllegalArgumentException("script " + id + " is not of this instance");
    }
    return script;
  }

  @Override
  public void close() {
    background.shutdownNow();
  }
}
