package api.hawtio;

import config.ApiSettings;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The console, its files and Jolokia, behind one login. */
public final class Console implements AutoCloseable {
  private static final String BASE = "/hawtio";
  private static final String JOLOKIA = BASE + "/jolokia";
  private static final String LOGOUT = BASE + "/auth/logout";
  private static final String BASIC = "Basic ";
  private static final int MOST_BYTES = 1 << 20;
  private static final Set<String> OWN_PAGES = Set.of("same-origin", "none");

  private final ApiSettings.Login login;
  private final Handler<RoutingContext> wrongLogin;
  private final ConsoleFiles files = new ConsoleFiles(BASE);
  private final Jolokia jolokia = new Jolokia(JOLOKIA);

  /**
   * @param wrongLogin called for a wrong login; answers with {@link #askForLogin} when it is time
   */
  public Console(ApiSettings.Login login, Handler<RoutingContext> wrongLogin) {
    this.login = login;
    this.wrongLogin = wrongLogin;
  }

  /**
   * Registers everything.
   *
   * @param order of its first route; the others follow
   */
  public void mount(Router management, int order) {
    management.route(BASE + "/*").order(order).handler(this::checkLogin);
    management.get(BASE + "/user").order(order + 1).handler(call -> json(call, user()));
    management
        .get(BASE + "/plugin")
        .order(order + 1)
        .handler(call -> json(call, new JsonArray().encode()));
    management.get(BASE + "/proxy/enabled").order(order + 1).handler(call -> json(call, "false"));
    management.get(LOGOUT).order(order + 1).handler(new Logout(BASE + "/", LOGOUT));
    management.route(JOLOKIA + "/*").order(order + 1).handler(Console::refuseOtherPages);
    management
        .post(JOLOKIA + "/*")
        .order(order + 2)
        .handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES));
    management
        .route(JOLOKIA + "/*")
        .method(HttpMethod.GET)
        .method(HttpMethod.POST)
        .order(order + 3)
        .blockingHandler(call -> json(call, jolokia.answer(call)), false);
    management.get(BASE + "/*").order(order + 4).handler(files);
  }

  /** JSON text, because the console expects it. */
  private String user() {
    return io.vertx.core.json.Json.encode(login.user());
  }

  private static void json(RoutingContext call, String json) {
    call.response().putHeader("Content-Type", "application/json").end(json);
  }

  private void checkLogin(RoutingContext call) {
    call.response()
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "same-origin");
    String shown = call.request().getHeader("Authorization");
    if (shown == null) {
      askForLogin(call);
    } else if (isRight(shown)) {
      call.next();
    } else {
      call.request().pause(); // its body is not read
      wrongLogin.handle(call);
    }
  }

  /** Responds with 401, on which a browser asks its user. */
  public static void askForLogin(RoutingContext call) {
    if (!call.response().ended() && !call.response().closed()) {
      refuse(call.response())
          .putHeader("Content-Type", "application/json")
          .end(
              "{\"status\":\"error\",\"message\":\"log in with hawtio.user and hawtio.password\"}");
    }
  }

  static HttpServerResponse refuse(HttpServerResponse response) {
    return response
        .setStatusCode(401)
        .putHeader("WWW-Authenticate", "Basic realm=\"hawtio\", charset=\"UTF-8\"");
  }

  private boolean isRight(String header) {
    if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return false;
    }
    byte[] expected = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
    byte[] shown = decoded(header.substring(BASIC.length()).strip());
    return shown != null && MessageDigest.isEqual(expected, shown);
  }

  private static byte @Nullable [] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The browser sends the login by itself, also for requests of other web pages. */
  private static void refuseOtherPages(RoutingContext call) {
    HttpServerRequest request = call.request();
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    boolean own =
        (site == null || OWN_PAGES.contains(site))
            && (origin == null || origin.equalsIgnoreCase("http://" + request.getHeader("Host")));
    if (own) {
      call.next();
    } else {
      call.response()
          .setStatusCode(403)
          .putHeader("Content-Type", "application/json")
          .end(
              Buffer.buffer(
                  "{\"status\":\"error\",\"message\":\"only the console itself may call\"}"));
    }
  }

  @Override
  public void close() {
    jolokia.close();
  }
}
