package testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Receives the calls of webhooks. */
public final class WebhookServer implements AutoCloseable {
  private final HttpServer server;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile int status = 204;
  private volatile URI location;

  public WebhookServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      calls.add(
          "%s %s %s %s"
              .formatted(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI(),
                  exchange.getRequestHeaders().getFirst("Content-Type"),
                  body));
      if (location != null) {
        exchange.getResponseHeaders().set("Location", location.toString());
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook/secret");
  }

  /** Method, path, content type and body of each call. */
  public List<String> calls() {
    return calls;
  }

  /** Answers with this status from now on. */
  public void answer(int other) {
    status = other;
  }

  /** Redirects to another address from now on. */
  public void redirect(URI elsewhere) {
    location = elsewhere;
    status = 307;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
