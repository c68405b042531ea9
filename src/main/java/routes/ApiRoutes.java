package routes;

import control.HarvestSettings;
import control.Orchestrator;
import org.apache.camel.builder.RouteBuilder;

/** The REST API. */
public final class ApiRoutes extends RouteBuilder {
  private final Orchestrator orchestrator;
  private final HarvestSettings harvest;

  public ApiRoutes(Orchestrator orchestrator, HarvestSettings harvest) {
    this.orchestrator = orchestrator;
    this.harvest = harvest;
  }

  @Override
  public void configure() {}
}
