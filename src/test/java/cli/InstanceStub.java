package cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A stub of an instance with responses set by the test, which records its requests. */
final class InstanceStub implements AutoCloseable {
  /**
   * @param line method and path with query
   * @param key sent as {@code X-API-Key}; null if none was
   * @param body empty if there was none
   */
  record Asked(String line, String key, String body) {}

  private record Answer(int status, String body) {}

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  InstanceStub() throws IOException {
    this(0);
  }

  InstanceStub(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Sets the response to this request. */
  InstanceStub on(String line, int status, String body) {
    answers.put(line, new Answer(status, body));
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String body =
        new String(
            exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8); // read it completely
    asked.add(new Asked(line, exchange.getRequestHeaders().getFirst("X-API-Key"), body));
    Answer answer =
        answers.getOrDefault(
            line, new Answer(404, "{\"status\":\"error\",\"message\":\"no such address\"}"));
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  /** The requests so far, in order. */
  List<Asked> asked() {
    return asked;
  }

  /** Method and path of the requests so far. */
  List<String> lines() {
    return asked.stream().map(Asked::line).toList();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String address() {
    return "http://127.0.0.1:" + port();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
