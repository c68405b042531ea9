package api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import testing.RawHttp;

class BoundedVertxIT {
  private final BoundedVertx vertx = new BoundedVertx(1, 120);
  private int port;

  @BeforeEach
  void listen() throws Exception {
    port = listen(vertx);
  }

  private static int listen(BoundedVertx vertx) throws Exception {
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
            .requestHandler(
                request -> request.body().onSuccess(body -> request.response().end("hello")));
    return server
        .listen(0)
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS)
        .actualPort();
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void aHalfSentRequestIsClosedInTimeHoweverSlowlyItDrips() throws Exception {
    try (Socket silent = RawHttp.open(port);
        Socket body = RawHttp.open(port)) {
      RawHttp.send(silent, "GET / HTTP/1.1\r\nHost: a");
      RawHttp.send(body, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc");
      assertThat(RawHttp.isClosed(silent)).isTrue();
      assertThat(RawHttp.isClosed(body)).isTrue();
    }
  }

  @Test
  void aConnectionWithCompleteRequestsStaysOpen() throws Exception {
    try (Socket other = RawHttp.open(port);
        Socket kept = RawHttp.open(port)) {
      RawHttp.send(kept, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(new String(kept.getInputStream().readNBytes(15))).isEqualTo("HTTP/1.1 200 OK");
      RawHttp.send(other, "GET / HTT");
      assertThat(RawHttp.isClosed(other)).isTrue(); // the time is over, for both
      RawHttp.send(kept, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(new String(kept.getInputStream().readAllBytes())).contains("HTTP/1.1 200 OK");
    }
  }

  @Test
  void anIdleConnectionIsClosedInTime() throws Exception {
    BoundedVertx impatient = new BoundedVertx(30, 1);
    try (Socket idle = RawHttp.open(listen(impatient))) {
      RawHttp.send(idle, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(new String(idle.getInputStream().readAllBytes())).startsWith("HTTP/1.1 200 OK");
    } finally {
      impatient.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void onlyHttp11IsSpoken() throws Exception {
    try (Socket upgrading = RawHttp.open(port);
        Socket knowing = RawHttp.open(port)) {
      RawHttp.send(
          upgrading,
          "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\n"
              + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n\r\n");
      assertThat(new String(upgrading.getInputStream().readNBytes(12))).isEqualTo("HTTP/1.1 200");
      RawHttp.send(knowing, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      assertThat(new String(knowing.getInputStream().readNBytes(5))).isEqualTo("HTTP/");
    }
  }

  @Test
  void whatIsTooLongIsRefusedAsJson() throws Exception {
    assertThat(RawHttp.get(port, "/" + "a".repeat(10_000), "a"))
        .contains(" 414 ")
        .contains("{\"status\":\"error\",\"message\":\"");
    assertThat(RawHttp.get(port, "/", "a\r\nX: " + "a".repeat(20_000)))
        .contains(" 431 ")
        .contains("{\"status\":\"error\",\"message\":\"");
    assertThat(RawHttp.exchange(port, "nonsense\r\n\r\n"))
        .contains(" 400 ")
        .contains("{\"status\":\"error\",\"message\":\"");
  }
}
