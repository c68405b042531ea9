package routes;

import org.apache.camel.builder.RouteBuilder;
import pipeline.PortalSteps;

/** The only way to the portal: every request of every script passes the governor here. */
public final class PortalRoutes extends RouteBuilder {
  private final PortalSteps portal;

  public PortalRoutes(PortalSteps portal) {
    this.portal = portal;
  }

  // spotless:off, because a route is read by its indentation
  @Override
  public void configure() {
    from("direct:portal").routeId("portal").group("portal").description("A request in, the portal's answer out")
        .errorHandler(noErrorHandler())
        .bean(portal, "enter").id("governor") // waits for its place and its time
        .to("http:portal?throwExceptionOnFailure=false&disableStreamCache=true&copyHeaders=false").id("ask-portal")
        .bean(portal, "receive").id("receive");
  }
  // spotless:on
}
