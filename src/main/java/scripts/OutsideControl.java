package scripts;

import java.util.List;
import java.util.Optional;
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
   * Before Camel waits for the page of a route that is to stop, the script is told, so that its
   * page ends as with any stop. The orchestrator itself stops routes with a timeout.
   */
  RouteController controller() {
    return new DefaultRouteController() {
      @Override
      public void stopRoute(String routeId) throws Exception {
        script(routeId)
            .ifPresent(
                script ->
                    routes.notice(script, () -> between.accept(() -> stoppedFromOutside(script))));
        super.stopRoute(routeId);
      }
    };
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
        () -> between.accept(() -> stoppedFromOutside(script)));
  }

  private void startedFromOutside(ScriptControl script) {
    LOG.info("was started from outside");
    script.startedFromOutside();
    scripts.remember(List.of(script.script().id()), true);
  }

  /** Camel stops all routes once when it starts, and tells of each stop twice. */
  private void stoppedFromOutside(ScriptControl script) {
    if (script.stoppedFromOutside()) {
      LOG.info("was stopped from outside");
      scripts.remember(List.of(script.script().id()), false);
      routes.wind(script);
    }
  }
}
