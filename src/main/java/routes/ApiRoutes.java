package routes;

import api.ApiCall;
import api.ApiException;
import api.CallErrors;
import api.RowStream;
import api.dto.Json;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.apache.camel.model.rest.RestBindingMode;
import org.apache.camel.model.rest.RestDefinition;

/**
 * Calls of the REST API: each has a path, the name of its route, and the handler method that
 * answers it.
 */
abstract class ApiRoutes extends RouteBuilder {
  private RestDefinition api = new RestDefinition();

  /** Adds the calls. */
  abstract void calls();

  @Override
  public final void configure() {
    readNothingFromCallers();
    restConfiguration().component("platform-http").bindingMode(RestBindingMode.off);
    // processors rather than beans: Camel would inspect a bean's methods again for each route
    onException(ApiException.class).handled(true).process(CallErrors::refused).marshal(json());
    onException(Exception.class).handled(true).process(CallErrors::failed).marshal(json());
    api = rest("/api");
    calls();
  }

  /**
   * Callers can set no headers of the exchange, except through parts of the path; {@link ApiCall}
   * reads everything else.
   */
  private void readNothingFromCallers() {
    HttpHeaderFilterStrategy nothing = new HttpHeaderFilterStrategy();
    nothing.setInFilterPattern("(?s).*");
    getContext()
        .getComponent("platform-http", PlatformHttpComponent.class)
        .setHeaderFilterStrategy(nothing);
  }

  void get(String path, String name, Object handler, String method) {
    api.get(path).to(address(name));
    answer(name, handler, method);
  }

  void post(String path, String name, Object handler, String method) {
    api.post(path).to(address(name));
    answer(name, handler, method);
  }

  void put(String path, String name, Object handler, String method) {
    api.put(path).to(address(name));
    answer(name, handler, method);
  }

  private static String address(String name) {
    return "direct:api-" + name;
  }

  private void answer(String name, Object handler, String method) {
    from(address(name))
        .routeId("api-" + name)
        .group("api")
        .description("Answers the call " + name)
        .bean(handler, method)
        .id(name + "-answer")
        .removeHeaders("*", Exchange.HTTP_RESPONSE_CODE)
        .id(name + "-drop-headers")
        .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
        .id(name + "-type")
        .marshal(json())
        .id(name + "-json");
  }

  /** The answer may be a stream, which then sets the content type. */
  void getOrStream(String path, String name, Object handler, String method) {
    api.get(path).to(address(name));
    from(address(name))
        .routeId("api-" + name)
        .group("api")
        .description("Answers the call " + name + ", as JSON or as a stream of rows")
        .bean(handler, method)
        .id(name + "-answer")
        .removeHeaders("*", Exchange.HTTP_RESPONSE_CODE)
        .id(name + "-drop-headers")
        .choice()
        .id(name + "-is-stream")
        .when(body().isInstanceOf(RowStream.class))
        .setHeader(Exchange.CONTENT_TYPE)
        .message(message -> message.getBody(RowStream.class).type())
        .id(name + "-stream")
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
