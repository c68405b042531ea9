package routes;

import org.apache.camel.builder.RouteBuilder;

/** The one way to the portal: every request of every script passes the governor here. */
public final class PortalRoutes extends RouteBuilder {
  private final PortalSteps portal;

  public PortalRoutes(PortalSteps portal) {
    this.portal = portal;
  }

  @Override
  public void configure() {
    from("direct:portal")
        .routeId("portal")
        .errorHandler(noErrorHandler())
        .bean(portal, "enter") // waits for the governor
        .to("http:portal?throwExceptionOnFailure=false&disableStreamCache=true&copyHeaders=false")
        .bean(portal, "receive");
  }
}
