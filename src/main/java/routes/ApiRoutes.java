package routes;

import api.ApiCall;
import api.ApiException;
import api.ApiGate;
import api.AuditApi;
import api.CaptchaApi;
import api.ControlApi;
import api.FailuresApi;
import api.FleetApi;
import api.FleetControlApi;
import api.HistoryApi;
import api.OpenApi;
import api.StatusApi;
import api.dto.Json;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.apache.camel.model.rest.RestBindingMode;

/** The REST API: which handler answers which call. */
public final class ApiRoutes extends RouteBuilder {
  private final ControlApi control;
  private final AuditApi audits;
  private final StatusApi status;
  private final FailuresApi failures;
  private final HistoryApi history;
  private final FleetApi fleet;
  private final FleetControlApi fleetControl;
  private final CaptchaApi captchas;
  private final OpenApi openApi;
  private final ApiGate gate;

  public ApiRoutes(
      ControlApi control,
      AuditApi audits,
      StatusApi status,
      FailuresApi failures,
      HistoryApi history,
      FleetApi fleet,
      FleetControlApi fleetControl,
      CaptchaApi captchas,
      OpenApi openApi,
      ApiGate gate) {
    this.control = control;
    this.audits = audits;
    this.status = status;
    this.failures = failures;
    this.history = history;
    this.fleet = fleet;
    this.fleetControl = fleetControl;
    this.captchas = captchas;
    this.openApi = openApi;
    this.gate = gate;
  }

  @Override
  public void configure() throws Exception {
    getContext().getManagementStrategy().addEventNotifier(gate);
    readNothingFromCallers();
    restConfiguration().component("platform-http").bindingMode(RestBindingMode.off);
    onException(ApiException.class).handled(true).bean(gate, "refuse").marshal(json());
    onException(Exception.class).handled(true).bean(gate, "apologize").marshal(json());

    // spotless:off, because a table is read by its lines
    rest("/api")
        .post("/scripts/start").to("direct:api-start")
        .post("/scripts/start/{id}").to("direct:api-start-one")
        .post("/scripts/stop/{id}").to("direct:api-stop-one")
        .post("/scripts/stop-all").to("direct:api-stop-all")
        .post("/scripts/{id}/sweep").to("direct:api-sweep")
        .post("/scripts/{id}/accept").to("direct:api-accept")
        .post("/accept").to("direct:api-accept-failed")
        .post("/retry-failed").to("direct:api-retry-failed")
        .post("/audit").to("direct:api-audit")
        .get("/audit").to("direct:api-audit-state")
        .post("/audit/known").to("direct:api-audit-known")
        .post("/audit/repair").to("direct:api-audit-repair")
        .get("/status").to("direct:api-status")
        .get("/scripts/{id}/status").to("direct:api-script")
        .get("/scripts/{id}/logs").to("direct:api-logs")
        .get("/scripts/{id}/failures").to("direct:api-script-failures")
        .get("/failures").to("direct:api-failures")
        .get("/instance/info").to("direct:api-info")
        .get("/health").to("direct:api-health")
        .get("/history").to("direct:api-history")
        .get("/fleet").to("direct:api-fleet")
        .post("/fleet/{id}/scripts/start").to("direct:api-fleet-start")
        .post("/fleet/{id}/scripts/stop-all").to("direct:api-fleet-stop-all")
        .get("/captchas").to("direct:api-captchas")
        .post("/captchas/{id}").to("direct:api-captcha-answer")
        .get("/openapi.json").to("direct:api-openapi");
    // spotless:on

    answer("start", control, "start");
    answer("start-one", control, "startOne");
    answer("stop-one", control, "stopOne");
    answer("stop-all", control, "stopAll");
    answer("sweep", control, "sweep");
    answer("accept", control, "acceptPage");
    answer("accept-failed", control, "acceptFailed");
    answer("retry-failed", control, "retryFailed");
    answer("audit", audits, "start");
    answer("audit-state", audits, "state");
    answer("audit-known", audits, "known");
    answer("audit-repair", audits, "repair");
    answer("status", status, "status");
    answer("script", status, "script");
    answer("logs", status, "logs");
    answer("script-failures", failures, "ofScript");
    answerOrStream("failures", failures, "all");
    answer("info", status, "info");
    answer("health", status, "health");
    answer("history", history, "history");
    answer("fleet", fleet, "fleet");
    answer("fleet-start", fleetControl, "start");
    answer("fleet-stop-all", fleetControl, "stopAll");
    answer("captchas", captchas, "waiting");
    answer("captcha-answer", captchas, "answer");
    answer("openapi", openApi, "description");
  }

  /**
   * Callers cannot set headers of the exchange, except by parts of the path; {@link ApiCall} reads
   * the rest.
   */
  private void readNothingFromCallers() {
    HttpHeaderFilterStrategy nothing = new HttpHeaderFilterStrategy();
    nothing.setInFilterPattern("(?s).*");
    getContext()
        .getComponent("platform-http", PlatformHttpComponent.class)
        .setHeaderFilterStrategy(nothing);
  }

  private void answer(String name, Object bean, String method) {
    from("direct:api-" + name)
        .routeId("api-" + name)
        .group("api")
        .description("Answers the call " + name)
        .bean(bean, method)
        .id(name + "-answer")
        .removeHeaders("*", Exchange.HTTP_RESPONSE_CODE)
        .id(name + "-drop-headers")
        .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
        .id(name + "-type")
        .marshal(json())
        .id(name + "-json");
  }

  /** The answer may be a stream, which is CSV. */
  private void answerOrStream(String name, Object bean, String method) {
    from("direct:api-" + name)
        .routeId("api-" + name)
        .group("api")
        .description("Answers the call " + name + ", as JSON or as a stream of CSV")
        .bean(bean, method)
        .id(name + "-answer")
        .removeHeaders("*", Exchange.HTTP_RESPONSE_CODE)
        .id(name + "-drop-headers")
        .choice()
        .id(name + "-is-stream")
        .when(body().isInstanceOf(InputStream.class))
        .setHeader(Exchange.CONTENT_TYPE, constant("text/csv"))
        .id(name + "-csv")
        .otherwise()
        .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
        .id(name + "-type")
        .marshal(json())
        .id(name + "-json");
  }

  private static JacksonDataFormat json() {
    return new JacksonDataFormat(Json.ANSWERS, Object.class);
  }
}
