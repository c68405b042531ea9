package api;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/**
 * Which other sites' pages may call: those of the configured origins, exactly, and no others. A
 * browser sends some calls of a foreign page without asking first, so those that change something
 * are refused here rather than answered and hidden.
 */
final class Cors implements Handler<RoutingContext> {
  private static final String ORIGIN = "Origin";
  private static final String MAX_AGE_SECONDS = "600";

  private final Set<String> origins;

  /**
   * @param origins as a browser writes them
   */
  Cors(Collection<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  @Override
  public void handle(RoutingContext call) {
    HttpServerRequest request = call.request();
    String origin = request.getHeader(ORIGIN);
    call.response().headers().add("Vary", ORIGIN);
    if (origin == null || isOwn(origin, request)) {
      call.next();
    } else if (origins.contains(origin)) {
      call.response().putHeader("Access-Control-Allow-Origin", origin);
      if (isPreflight(request)) {
        allow(call.response());
      } else {
        call.next();
      }
    } else if (request.method() == HttpMethod.POST) {
      ApiGate.answer(call, 403);
    } else {
      call.next();
    }
  }

  private static boolean isOwn(String origin, HttpServerRequest request) {
    String host = String.valueOf(request.getHeader("Host")).toLowerCase(Locale.ROOT);
    return origin.equals("http://" + host) || origin.equals("https://" + host);
  }

  private static boolean isPreflight(HttpServerRequest request) {
    return request.method() == HttpMethod.OPTIONS
        && request.getHeader("Access-Control-Request-Method") != null;
  }

  private static void allow(HttpServerResponse response) {
    response
        .setStatusCode(204)
        .putHeader("Access-Control-Allow-Methods", "GET, POST")
        .putHeader("Access-Control-Allow-Headers", "Content-Type, X-API-Key, Authorization")
        .putHeader("Access-Control-Max-Age", MAX_AGE_SECONDS)
        .end();
  }
}
