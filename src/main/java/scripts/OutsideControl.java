package scripts;

import java.util.List;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes notice of scripts whose routes somebody else starts or stops, for example through JMX. */
final class OutsideControl {
  private static final Logger LOG = LoggerFactory.getLogger(OutsideControl.class);

  private final ScriptTable scripts;
  private final ScriptRoutes routes;

  OutsideControl(ScriptTable scripts, ScriptRoutes routes) {
    this.scripts = scripts;
    this.routes = routes;
  }

  RoutePolicyFactory policies() {
    return (camel, routeId, route) ->
        scripts.all().stream()
            .filter(script -> script.script().name().equals(routeId))
            .findFirst()
            .map(this::policy)
            .orElse(null);
  }

  private RoutePolicy policy(ScriptControl script) {
    return routes.policy(
        script, () -> startedFromOutside(script), () -> stoppedFromOutside(script));
  }

  private void startedFromOutside(ScriptControl script) {
    LOG.info("was started from outside");
    script.startedFromOutside();
    scripts.remember(List.of(script.script().id()), true);
  }

  private void stoppedFromOutside(ScriptControl script) {
    LOG.info("was stopped from outside");
    script.stoppedFromOutside();
    scripts.remember(List.of(script.script().id()), false);
    routes.wind(script);
  }
}
