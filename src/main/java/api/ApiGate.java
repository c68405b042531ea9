package api;

import api.web.WebPages;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.CamelContextEvent;
import org.apache.camel.spi.CamelEvent.CamelContextRoutesStartedEvent;
import org.apache.camel.spi.CamelEvent.CamelContextRoutesStartingEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands before the API and beside it: origins, the key, the pages, and one shape for
 * everything that goes wrong.
 */
public final class ApiGate extends SimpleEventNotifierSupport {
  private static final Logger LOG = LoggerFactory.getLogger(ApiGate.class);
  private static final String BEARER = "Bearer ";
  private static final int FIRST = -1_000_000;
  private static final int LAST = 1_000_000;

  private final byte[] key;
  private final int port;
  private final Cors cors;
  private final WebPages pages;

  /**
   * @param key what callers must show; null when none is asked for
   * @param port the server's
   * @param origins whose pages may call
   * @param pages served beside the API, without a key
   */
  public ApiGate(String key, int port, Collection<String> origins, WebPages pages) {
    this.port = port;
    this.cors = new Cors(origins);
    this.pages = pages;
    this.key = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean isEnabled(CamelEvent event) {
    return event instanceof CamelContextRoutesStartingEvent
        || event instanceof CamelContextRoutesStartedEvent;
  }

  @Override
  public void notify(CamelEvent event) {
    CamelContext context = ((CamelContextEvent) event).getContext();
    Router server =
        VertxPlatformHttpRouter.lookup(
            context, VertxPlatformHttpRouter.getRouterNameFromPort(port));
    if (event instanceof CamelContextRoutesStartingEvent) {
      standBefore(server);
    } else {
      refuseOtherMethods(server);
    }
  }

  /** Before the first call can be answered. */
  private void standBefore(Router server) {
    server.route().order(FIRST).handler(ApiGate::protect);
    server.route().order(FIRST + 1).handler(cors);
    pages.mount(server);
    server.route().order(LAST + 1).handler(call -> answer(call, 404));
    server.route().failureHandler(call -> answer(call, Math.max(400, call.statusCode())));
    server.errorHandler(400, call -> answer(call, 400)); // an address that cannot be decoded
  }

  /** The routes are there now. */
  private static void refuseOtherMethods(Router server) {
    server.getRoutes().stream()
        .filter(route -> route.methods() != null && route.getPath() != null)
        .map(Route::getPath)
        .distinct()
        .forEach(path -> server.route(path).order(LAST).handler(call -> answer(call, 405)));
  }

  private static void protect(RoutingContext call) {
    call.response()
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cache-Control", "no-store");
    call.next();
  }

  /** Lets a call pass that shows the key, when one is asked for. */
  public void admit(Exchange exchange) {
    ApiCall call = ApiCall.of(exchange);
    String shown = call.header("X-API-Key");
    String authorization = call.header("Authorization");
    boolean bears =
        shown == null
            && authorization != null
            && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    String offered = bears ? authorization.substring(BEARER.length()).strip() : shown;
    if (key != null
        && (offered == null
            || !MessageDigest.isEqual(key, offered.getBytes(StandardCharsets.UTF_8)))) {
      throw new ApiException(
          401, "a valid key is needed, as X-API-Key or as Authorization: Bearer");
    }
  }

  private static String reason(int status) {
    return switch (status) {
      case 403 -> "pages of this origin may not call; see api.cors-origins";
      case 404 -> "no such address";
      case 405 -> "this address is not called with that method";
      case 413 -> "the body is too large";
      case 415 -> "the body must be application/json";
      case 500 -> "the server failed; its log says why";
      default -> "bad request";
    };
  }

  static void answer(RoutingContext call, int status) {
    if (!call.response().ended()) {
      call.response()
          .setStatusCode(status)
          .putHeader("Content-Type", "application/json")
          .end(new JsonObject(problem(reason(status))).encode());
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
  public Map<String, Object> apologize(
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
