package api;

import config.ApiSettings;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import model.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Allows API calls with the right key, if one is set, and read-only calls with the read key. If
 * only a read key is set, nobody can change anything. It runs before the routes on the event loop,
 * where delayed responses to wrong keys block nobody.
 */
final class KeyCheck implements Handler<RoutingContext> {
  private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final String ONLY_READS =
      "api.read-key may only read; a call that changes something needs api.key";
  private static final String BEARER = "Bearer ";

  private final byte @Nullable [] key;
  private final byte @Nullable [] readKey;
  private final SlowRefusals wrong;

  KeyCheck(ApiSettings api, Ticker ticker) {
    this.wrong = new SlowRefusals("a wrong key", ticker);
    this.key = bytes(api.key());
    this.readKey = bytes(api.readKey());
  }

  private static byte @Nullable [] bytes(@Nullable String key) {
    return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void handle(RoutingContext call) {
    byte[] shown = bytes(shown(call.request()));
    boolean reads = is(readKey, shown);
    if (reads && !READS.contains(call.request().method())) {
      ErrorResponses.answer(call, 403, ONLY_READS);
    } else if (reads || is(key, shown) || isOpen(call.normalizedPath()) || hasNoKey()) {
      call.next();
    } else if (shown == null) {
      ErrorResponses.answer(call, 401);
    } else {
      wrong.refuse(call, refused -> ErrorResponses.answer(refused, 401));
    }
  }

  private boolean hasNoKey() {
    return key == null && readKey == null;
  }

  /** Takes the same time for any wrong key. */
  private static boolean is(byte @Nullable [] expected, byte @Nullable [] shown) {
    return expected != null && shown != null && MessageDigest.isEqual(expected, shown);
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
}
