package api;

import config.ApiSettings;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.OptionalLong;
import model.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Allows API calls with the right key, if one is set. It runs before the routes on the event loop,
 * where delayed responses to wrong keys block nobody.
 */
final class KeyCheck implements Handler<RoutingContext> {
  private static final Logger LOG = LoggerFactory.getLogger(KeyCheck.class);
  private static final String BEARER = "Bearer ";
  private static final long SUM_UP_EVERY = Duration.ofSeconds(5).toMillis();

  private final byte @Nullable [] key;
  private final WrongKeys wrong;

  KeyCheck(ApiSettings api, Ticker ticker) {
    this.wrong = new WrongKeys(ticker);
    this.key = api.key() == null ? null : api.key().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void handle(RoutingContext call) {
    if (key == null || isOpen(call.normalizedPath())) {
      call.next();
      return;
    }
    String shown = shown(call.request());
    if (shown == null) {
      ApiGate.answer(call, 401);
    } else if (MessageDigest.isEqual(key, shown.getBytes(StandardCharsets.UTF_8))) {
      call.next();
    } else {
      refuse(call);
    }
  }

  /** The pages contain no secrets, and health is for probes. */
  private static boolean isOpen(String path) {
    return !path.startsWith("/api/") || path.equals("/api/health");
  }

  private static @Nullable String shown(HttpServerRequest request) {
    String shown = request.getHeader("X-API-Key");
    String authorization = request.getHeader("Authorization");
    boolean bears =
        shown == null
            && authorization != null
            && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    return bears ? authorization.substring(BEARER.length()).strip() : shown;
  }

  private void refuse(RoutingContext call) {
    OptionalLong wait = wrong.add(call.request().remoteAddress().hostAddress());
    if (wrong.isFirst()) {
      call.vertx().setTimer(SUM_UP_EVERY, timer -> LOG.warn("{}", wrong.summary()));
    }
    if (wait.isEmpty()) {
      call.request().connection().close();
    } else if (wait.getAsLong() == 0) {
      ApiGate.answer(call, 401);
    } else {
      call.vertx().setTimer(wait.getAsLong(), timer -> ApiGate.answer(call, 401));
    }
  }
}
