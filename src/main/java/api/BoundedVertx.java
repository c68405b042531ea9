package api;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Vert.x whose HTTP servers limit their callers: HTTP/1.1 only, a complete request within 30 s,
 * at most 2 minutes idle. Answers are compressed for callers that accept it: they contain no
 * secrets that another site's page could make a browser request. Camel creates its servers,
 * including that of the management port, with the Vert.x in its registry, and offers no other way
 * to set these options.
 */
public final class BoundedVertx extends VertxWrapper {
  private final int requestSeconds;
  private final int idleSeconds;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private @Nullable ServerTls tls;
  private Runnable beforeListening = () -> {};

  public BoundedVertx() {
    this(30, 120);
  }

  BoundedVertx(int requestSeconds, int idleSeconds) {
    super((VertxInternal) Vertx.vertx());
    this.requestSeconds = requestSeconds;
    this.idleSeconds = idleSeconds;
  }

  /** Servers that Camel asks to have TLS use this certificate. */
  public void useForTls(ServerTls certificate) {
    tls = certificate;
  }

  /**
   * Runs this for each server that is created, which has its router then and does not listen yet.
   */
  public void beforeListening(Runnable task) {
    beforeListening = task;
  }

  @Override
  public HttpServer createHttpServer(HttpServerOptions options) {
    if (options.isSsl() && tls != null) {
      options.setKeyCertOptions(tls.options()).setTrustOptions(null);
    }
    HttpServer server =
        super.createHttpServer(
            options
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false)
                .setCompressionSupported(true)
                .setIdleTimeout(idleSeconds)
                .setIdleTimeoutUnit(TimeUnit.SECONDS));
    server.connectionHandler(
        connection ->
            RequestDeadline.watch(((ConnectionBase) connection).channel(), requestSeconds));
    server.invalidRequestHandler(BoundedVertx::refuse);
    servers.add(server);
    beforeListening.run();
    return server;
  }

  /** The servers created so far. */
  List<HttpServer> servers() {
    return servers;
  }

  /** Responds to requests that are invalid or too long. */
  private static void refuse(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    int status = 400;
    if (cause instanceof TooLongHttpLineException) {
      status = 414;
    } else if (cause instanceof TooLongHttpHeaderException) {
      status = 431;
    }
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Connection", "close")
        .end(JsonObject.mapFrom(ErrorResponses.body(status)).encode())
        .onComplete(sent -> request.connection().close());
  }
}
