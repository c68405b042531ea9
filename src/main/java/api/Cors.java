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
 * Allows calls from web pages of the configured origins, matched exactly, and of no others.
 * Browsers send some cross-origin requests without a preflight, so those that change something are
 * refused here, rather than executed with a hidden response.
 */
final class Cors implements Handler<RoutingContext> {
  private static final String ORIGIN = "Origin";
  private static final String MAX_AGE_SECONDS = "600";

  private static final Set<HttpMethod> READS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final Set<String> origins;

  /**
   * @param origins in the format of browsers
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
    } else if (!READS.contains(request.method())) {
      ErrorResponses.answer(call, 403);
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
        .putHeader("Access-Control-Allow-Methods", "GET, POST, PUT")
        .putHeader("Access-Control-Allow-Headers", "Content-Type, X-API-Key, Authorization")
        .putHeader("Access-Control-Max-Age", MAX_AGE_SECONDS)
        .end();
  }
}
