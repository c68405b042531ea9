package scripts;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import model.LogContext;
import org.apache.camel.Route;
import org.apache.camel.spi.RouteController;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops the scripts' Camel routes in the background, one after another, so that no
 * caller waits for Camel, and no start overtakes a stop.
 */
final class ScriptRoutes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptRoutes.class);

  /**
   * A stopping route has no exchange in flight any more; this timeout is for the route's own
   * services.
   */
  private static final int STOP_SECONDS = 5;

  /**
   * The delay before a route is stopped. The exchange that reports the end is still in its route,
   * and Camel checks only once a second whether a route being stopped is empty.
   */
  private static final Duration TICK_ENDS = Duration.ofMillis(20);

  private final Supplier<RouteController> controller;
  private final Map<Integer, Future<?>> pendingStarts = new ConcurrentHashMap<>();
  private final ScheduledExecutorService background;
  private final Consumer<ScriptControl> completed;
  private final Set<Integer> ours =
      ConcurrentHashMap.newKeySet(); // being started or stopped by this class
  private volatile boolean ignoreOthers;

  /**
   * @param background one thread
   * @param completed called with a script that has completed while it was being stopped
   */
  ScriptRoutes(
      Supplier<RouteController> controller,
      ScheduledExecutorService background,
      Consumer<ScriptControl> completed) {
    this.controller = controller;
    this.background = background;
    this.completed = completed;
  }

  /** Starts the script's route after the delay, if the start has not been cancelled by then. */
  void start(ScriptControl script, Duration delay) {
    pendingStarts.put(
        script.script().id(),
        background.schedule(() -> startNow(script), delay.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void startNow(ScriptControl script) {
    LogContext.script(script.script().id());
    if (!script.beginRun()) {
      return;
    }
    pendingStarts.remove(script.script().id());
    ours.add(script.script().id());
    try {
      controller.get().startRoute(script.script().name());
      LOG.info("started");
    } catch (Exception e) {
      LOG.error("could not be started", e);
      script.broken("the route could not be started: " + e.getMessage());
    } finally {
      ours.remove(script.script().id());
    }
  }

  /**
   * Ends a script that was stopped: its pending start, or its route once no page is in progress.
   */
  void wind(ScriptControl script) {
    cancelStart(script);
    if (!script.isPageInWork()) {
      end(script);
    }
  }

  private void cancelStart(ScriptControl script) {
    Future<?> pending = pendingStarts.remove(script.script().id());
    if (pending != null) {
      pending.cancel(false);
    }
  }

  /**
   * Stops the script's route shortly afterwards, unless the script has been started again by then.
   */
  void end(ScriptControl script) {
    background.schedule(() -> stopNow(script), TICK_ENDS.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void stopNow(ScriptControl script) {
    LogContext.script(script.script().id());
    if (!script.isStopping()) {
      return;
    }
    ours.add(script.script().id());
    try {
      controller.get().stopRoute(script.script().name(), STOP_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      LOG.warn("could not be stopped cleanly", e);
    } finally {
      ours.remove(script.script().id());
    }
    boolean isComplete = script.stopped();
    LOG.info("is {}", script.status().word());
    if (isComplete) {
      completed.accept(script);
    }
  }

  /**
   * Notices when somebody else starts or stops the script's route, for example through JMX. Camel
   * calls the policy while holding its locks, so the reaction happens in the background.
   */
  RoutePolicy policy(ScriptControl script, Runnable startedByOthers, Runnable stoppedByOthers) {
    return new RoutePolicySupport() {
      @Override
      public void onStart(Route route) {
        notice(script, startedByOthers);
      }

      @Override
      public void onResume(Route route) {
        notice(script, startedByOthers);
      }

      @Override
      public void onStop(Route route) {
        notice(script, stoppedByOthers);
      }

      @Override
      public void onSuspend(Route route) {
        notice(script, stoppedByOthers);
      }
    };
  }

  /** Reacts in the background, unless this class itself starts or stops the route. */
  void notice(ScriptControl script, Runnable what) {
    if (!ignoreOthers && !ours.contains(script.script().id())) {
      background.execute(
          () -> {
            LogContext.script(script.script().id());
            what.run();
          });
    }
  }

  /** Ignores starts and stops by others from now on. */
  void ignoreOthers() {
    ignoreOthers = true;
  }

  @Override
  public void close() {
    ignoreOthers = true;
    background.shutdownNow();
  }
}
