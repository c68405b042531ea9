package scripts;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.impl.engine.DefaultRouteController;
import org.apache.camel.spi.RouteController;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices scripts whose routes somebody else starts or stops, for example through JMX. */
final class OutsideControl {
  private static final Logger LOG = LoggerFactory.getLogger(OutsideControl.class);

  private final ScriptTable scripts;
  private final ScriptRoutes routes;
  private final Consumer<Runnable> between;

  /**
   * @param between runs a change between other changes, so that the recorded state of a script is
   *     always its latest
   */
  OutsideControl(ScriptTable scripts, ScriptRoutes routes, Consumer<Runnable> between) {
    this.scripts = scripts;
    this.routes = routes;
    this.between = between;
  }

  RoutePolicyFactory policies() {
    return (camel, routeId, route) -> script(routeId).map(this::policy).orElse(null);
  }

  /**
   * Before Camel waits for the page of a route that is to stop or to be suspended, the script is
   * told, so that its page ends as with any stop; otherwise Camel breaks the page off when its time
   * is up. What the orchestrator itself stops is not noticed.
   */
  RouteController controller() {
    return new DefaultRouteController() {
      @Override
      public void stopRoute(String routeId) throws Exception {
        stops(routeId);
        super.stopRoute(routeId);
      }

      @Override
      public void stopRoute(String routeId, Throwable cause) throws Exception {
        stops(routeId);
        super.stopRoute(routeId, cause);
      }

      @Override
      public void stopRoute(String routeId, long time, TimeUnit unit) throws Exception {
        stops(routeId);
        super.stopRoute(routeId, time, unit);
      }

      @Override
      public boolean stopRoute(String routeId, long time, TimeUnit unit, boolean abort)
          throws Exception {
        stops(routeId);
        return super.stopRoute(routeId, time, unit, abort);
      }

      @Override
      public void suspendRoute(String routeId) throws Exception {
        stops(routeId);
        super.suspendRoute(routeId);
      }

      @Override
      public void suspendRoute(String routeId, long time, TimeUnit unit) throws Exception {
        stops(routeId);
        super.suspendRoute(routeId, time, unit);
      }
    };
  }

  /**
   * Camel also stops each route before it adds it. The script does not run then, and a start that
   * comes before the background is told must not be cancelled.
   */
  private void stops(String routeId) {
    script(routeId)
        .filter(script -> script.status().isRunning())
        .ifPresent(
            script ->
                routes.notice(
                    script,
                    () -> between.accept(() -> ended(script, script.stopRequestedFromOutside()))));
  }

  private Optional<ScriptControl> script(String routeId) {
    return scripts.all().stream()
        .filter(script -> script.script().name().equals(routeId))
        .findFirst();
  }

  private RoutePolicy policy(ScriptControl script) {
    return routes.policy(
        script,
        () -> between.accept(() -> startedFromOutside(script)),
        () -> between.accept(() -> ended(script, script.stoppedFromOutside())));
  }

  private void startedFromOutside(ScriptControl script) {
    LOG.info("was started from outside");
    script.startedFromOutside();
    scripts.remember(List.of(script.script().id()), true);
  }

  /** Camel stops all routes once when it starts, and tells of each stop twice. */
  private void ended(ScriptControl script, boolean hasChanged) {
    if (hasChanged) {
      LOG.info("was stopped from outside");
      scripts.remember(List.of(script.script().id()), false);
      routes.wind(script);
    }
  }
}
