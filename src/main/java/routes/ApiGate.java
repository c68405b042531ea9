package routes;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands before the API: the key, and one shape for everything that goes wrong. */
public final class ApiGate {
  private static final Logger LOG = LoggerFactory.getLogger(ApiGate.class);
  private static final int FIRST = -1_000;

  private final byte[] key;

  /**
   * @param key what callers must show; null when none is asked for
   */
  public ApiGate(String key) {
    this.key = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
  }

  /** Puts the gate before every route of the server. */
  void close(CamelContext context) {
    VertxPlatformHttpRouter router =
        context
            .getRegistry()
            .lookupByNameAndType(
                VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME + "-" + port(context),
                VertxPlatformHttpRouter.class);
    router.route("/api/*").order(FIRST).handler(this::admit);
    for (int status : new int[] {400, 404, 405, 406, 413, 415, 500}) {
      router.errorHandler(status, call -> answer(call, status, reason(status)));
    }
  }

  private static String port(CamelContext context) {
    return context.resolvePropertyPlaceholders("{{camel.server.port}}");
  }

  private void admit(RoutingContext call) {
    if (key == null || call.normalizedPath().equals("/api/health") || isKnown(call)) {
      call.next();
    } else {
      answer(call, 401, "a valid key is needed, as X-API-Key or Authorization: Bearer");
    }
  }

  private boolean isKnown(RoutingContext call) {
    String shown = call.request().getHeader("X-API-Key");
    String bearer = call.request().getHeader("Authorization");
    if (shown == null && bearer != null && bearer.startsWith("Bearer ")) {
      shown = bearer.substring("Bearer ".length()).strip();
    }
    return shown != null
        && MessageDigest.isEqual(key, shown.getBytes(StandardCharsets.UTF_8));
  }

  private static String reason(int status) {
    return switch (status) {
      case 404 -> "no such address";
      case 405 -> "this address is not called with that method";
      case 413 -> "the body is too large";
      case 415 -> "the body must be application/json";
      case 500 -> "the server failed; its log says why";
      default -> "bad request";
    };
  }

  private static void answer(RoutingContext call, int status, String message) {
    if (!call.response().ended()) {
      call.response()
          .setStatusCode(status)
          .putHeader("Content-Type", "application/json")
          .end(new JsonObject(problem(message)).encode());
    }
  }

  private static Map<String, Object> problem(String message) {
    return Map.of("status", "error", "message", message);
  }

  /** Answers what cannot be answered as asked. */
  public Map<String, Object> refuse(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) ApiException e, Exchange exchange) {
    return shaped(exchange, e.status(), e.getMessage());
  }

  /** Answers after a fault of ours. */
  public Map<String, Object> fail(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception e, Exchange exchange) {
    LOG.error("a call of the API failed", e);
    return shaped(exchange, 500, reason(500));
  }

  private static Map<String, Object> shaped(Exchange exchange, int status, String message) {
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    return problem(message);
  }
}
