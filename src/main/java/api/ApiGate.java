package api;

import api.dto.HealthAnswer;
import api.hawtio.Console;
import api.web.WebPages;
import config.ApiSettings;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import model.Ticker;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.CamelContextEvent;
import org.apache.camel.spi.CamelEvent.CamelContextRoutesStartedEvent;
import org.apache.camel.spi.CamelEvent.CamelContextRoutesStartingEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything in front of the API and beside it, in this order: checks of the host, the origin and
 * the key, then the pages.
 */
public final class ApiGate extends SimpleEventNotifierSupport {
  private static final Logger LOG = LoggerFactory.getLogger(ApiGate.class);

  /** The answer while the instance is shutting down. */
  static final String ENDING = "the instance is shutting down";

  private static final String STARTING = "the instance is starting";

  private static final int FIRST = -1_000_000;
  private static final int LAST = 1_000_000;

  private final ApiSettings api;
  private final HostCheck hosts;
  private final Cors cors;
  private final KeyCheck keys;
  private final WebPages pages;
  private final Function<String, HealthAnswer> health;
  private final Ticker ticker;
  private @Nullable Console console;
  private final Set<Integer> guarded = new HashSet<>();
  private final Promise<Void> started = Promise.promise();
  private volatile @Nullable String absence = STARTING;

  /**
   * @param pages served beside the API, without a key
   * @param health of an instance that answers no call, given the reason
   * @param ticker spaces the answers to wrong keys
   */
  public ApiGate(
      ApiSettings api, WebPages pages, Function<String, HealthAnswer> health, Ticker ticker) {
    this.api = api;
    this.hosts = new HostCheck(api);
    this.cors = new Cors(api.corsOrigins());
    this.keys = new KeyCheck(api, ticker);
    this.pages = pages;
    this.health = health;
    this.ticker = ticker;
  }

  @Override
  public boolean isEnabled(CamelEvent event) {
    return event instanceof CamelContextRoutesStartingEvent
        || event instanceof CamelContextRoutesStartedEvent
        || event instanceof CamelContextStoppingEvent;
  }

  @Override
  public void notify(CamelEvent event) {
    if (event instanceof CamelContextStoppingEvent) {
      absence = ENDING;
      started.tryComplete();
      if (console != null) {
        console.close();
      }
      return;
    }
    CamelContext context = ((CamelContextEvent) event).getContext();
    if (event instanceof CamelContextRoutesStartingEvent) {
      answerStrayTargets(context);
    } else {
      refuseOtherMethods(Objects.requireNonNull(server(context, api.port())));
      absence = null;
      started.tryComplete();
    }
  }

  /**
   * Puts itself in front of the servers created since the last call. Must be called before each one
   * listens, so that no call bypasses it.
   */
  public void standBefore(CamelContext context) {
    Router server = server(context, api.port());
    if (server != null && guarded.add(api.port())) {
      standBefore(server);
    }
    Router management = server(context, api.managementPort());
    if (management != null && guarded.add(api.managementPort())) {
      management.route().order(FIRST - 1).method(HttpMethod.HEAD).handler(ApiGate::asGet);
      management.route().order(FIRST).handler(hosts);
      serveConsole(management);
    }
  }

  private void serveConsole(Router management) {
    if (api.hawtio() == null) {
      LOG.info("hawtio is not served: hawtio.user and hawtio.password are not both set");
      return;
    }
    SlowRefusals wrong = new SlowRefusals("a wrong login of hawtio", ticker);
    console = new Console(api.hawtio(), call -> wrong.refuse(call, Console::askForLogin));
    console.mount(management, FIRST + 1);
    LOG.info("hawtio is served at http://127.0.0.1:{}/hawtio/", api.managementPort());
  }

  private static @Nullable Router server(CamelContext context, int port) {
    return VertxPlatformHttpRouter.lookup(
        context, VertxPlatformHttpRouter.getRouterNameFromPort(port));
  }

  private void standBefore(Router server) {
    server.route().order(FIRST - 2).handler(call -> awaitRoutes(call, server));
    server.route().order(FIRST - 1).method(HttpMethod.HEAD).handler(ApiGate::asGet);
    server.route().order(FIRST).handler(ApiGate::protect);
    server.route().order(FIRST + 1).handler(hosts);
    server.route().order(FIRST + 2).handler(cors);
    server.route().order(FIRST + 3).handler(keys);
    server.route().order(FIRST + 4).handler(this::refuseWithoutRoutes);
    server.route().order(FIRST + 5).handler(ApiGate::refuseEmptyNumber);
    pages.mount(server);
    server.route().order(LAST + 1).handler(call -> ErrorResponses.answer(call, 404));
    server
        .route()
        .failureHandler(call -> ErrorResponses.answer(call, Math.max(400, call.statusCode())));
    server.errorHandler(400, call -> ErrorResponses.answer(call, 400));
  }

  /**
   * A path that cannot be decoded never reaches Camel's router, and a target that is no path, as in
   * {@code OPTIONS *}, none of its routes: unless somebody answers it, Vert.x logs an error.
   */
  private static void answerStrayTargets(CamelContext context) {
    if (context.getRegistry().findSingleByType(Vertx.class) instanceof BoundedVertx vertx) {
      vertx.servers().stream()
          .map(HttpServer::requestHandler)
          .filter(Router.class::isInstance)
          .map(Router.class::cast)
          .forEach(
              router ->
                  router
                      .errorHandler(400, call -> ErrorResponses.answer(call, 400))
                      .errorHandler(404, call -> ErrorResponses.answer(call, 404)));
    }
  }

  /** Called when the routes exist. */
  private static void refuseOtherMethods(Router server) {
    Map<String, TreeSet<String>> methods = new TreeMap<>();
    server.getRoutes().stream()
        .filter(route -> route.methods() != null && route.getPath() != null)
        .forEach(route -> methodsOf(route, methods));
    methods.values().stream()
        .filter(allowed -> allowed.contains(HttpMethod.GET.name()))
        .forEach(allowed -> allowed.add(HttpMethod.HEAD.name()));
    methods.forEach(
        (path, allowed) ->
            server
                .route(path)
                .order(LAST)
                .handler(
                    call -> {
                      call.response().putHeader("Allow", String.join(", ", allowed));
                      ErrorResponses.answer(call, 405);
                    }));
  }

  private static void methodsOf(Route route, Map<String, TreeSet<String>> methods) {
    methods
        .computeIfAbsent(route.getPath(), path -> new TreeSet<>())
        .addAll(route.methods().stream().map(HttpMethod::name).collect(Collectors.toSet()));
  }

  /** The server leaves out the body. */
  private static void asGet(RoutingContext call) {
    call.reroute(HttpMethod.GET, call.request().uri());
  }

  private static void protect(RoutingContext call) {
    call.response()
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cache-Control", "no-store");
    call.next();
  }

  /**
   * Whoever calls in the moment between the port and the routes behind it waits for them: there is
   * no such path yet. A router shows a call only the routes that it had when the call came.
   */
  private void awaitRoutes(RoutingContext call, Router server) {
    if (started.future().isComplete() || !isForRoutes(call) || isHealth(call)) {
      call.next();
      return;
    }
    HttpServerRequest request = call.request().pause();
    Context own = call.vertx().getOrCreateContext();
    started
        .future()
        .onComplete(
            done ->
                own.runOnContext(
                    now -> {
                      server.handle(request);
                      request.resume();
                    }));
  }

  /** While the routes behind are being stopped, they would answer without a word. */
  private void refuseWithoutRoutes(RoutingContext call) {
    String why = absence;
    if (why == null || !isForRoutes(call)) {
      call.next();
    } else if (isHealth(call)) {
      ErrorResponses.send(call, 503, health.apply(why));
    } else {
      ErrorResponses.answer(call, 409, why);
    }
  }

  private static boolean isForRoutes(RoutingContext call) {
    return call.normalizedPath().startsWith("/api/");
  }

  private static boolean isHealth(RoutingContext call) {
    return call.normalizedPath().equals("/api/health");
  }

  /** Else a call for one script whose number got lost would be the one for all. */
  private static void refuseEmptyNumber(RoutingContext call) {
    if (call.request().method() != HttpMethod.GET && call.request().path().matches(".+/")) {
      ErrorResponses.answer(call, 404);
    } else {
      call.next();
    }
  }
}
