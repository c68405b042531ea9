package routes;

import api.FleetApi;
import api.FleetControlApi;

/** The calls about the whole fleet, and those that are forwarded to one of its instances. */
public final class ApiFleetRoutes extends ApiRoutes {
  private final FleetApi fleet;
  private final FleetControlApi control;

  public ApiFleetRoutes(FleetApi fleet, FleetControlApi control) {
    this.fleet = fleet;
    this.control = control;
  }

  @Override
  void calls() {
    get("/fleet", "fleet", fleet, "fleet");
    post("/fleet/{id}/scripts/start", "fleet-start", control, "start");
    post("/fleet/{id}/scripts/stop-all", "fleet-stop-all", control, "stopAll");
    post("/fleet/{id}/retry-failed", "fleet-retry-failed", control, "retryFailed");
    get("/fleet/{id}/history", "fleet-history", control, "history");
    get("/fleet/{id}/captchas", "fleet-captchas", control, "captchas");
    post("/fleet/{id}/captchas/{captcha}", "fleet-captcha-answer", control, "answer");
  }
}
