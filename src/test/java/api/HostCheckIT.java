package api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.ApiServer;
import testing.RawHttp;

/**
 * Which calls are answered, depending on the host that they name: the protection against DNS
 * rebinding.
 */
class HostCheckIT {
  @TempDir private static Path folder;
  private static ApiServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new ApiServer(folder, Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:5000",
        "localhost:8080",
        "LocalHost",
        "localhost.",
        "[::1]:5000",
        "[0:0:0:0:0:0:0:1]"
      })
  void theNamesAndAddressesOfLoopbackAreAnswered(String host) throws Exception {
    assertThat(RawHttp.get(server.port(), "/api/health", host)).contains("orchestrator_ready");
    assertThat(RawHttp.get(server.managementPort(), "/observe/health", host))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:5000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "10.0.0.1",
        "[::2]",
        ""
      })
  void anyOtherHostIsMisdirectedOnBothPorts(String host) throws Exception {
    for (String path : new String[] {"/api/health", "/", "/assets/style.css", "/nothing"}) {
      assertThat(RawHttp.get(server.port(), path, host))
          .as(path)
          .startsWith("HTTP/1.1 421 ")
          .contains("\"status\":\"error\"", "api.allowed-hosts");
    }
    assertThat(RawHttp.get(server.managementPort(), "/observe/health", host))
        .startsWith("HTTP/1.1 421 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example@127.0.0.1", "127.0.0.1, evil.example", "localhost:port"})
  void anInvalidHostIsABadRequest(String host) throws Exception {
    assertThat(RawHttp.get(server.port(), "/api/health", host)).startsWith("HTTP/1.1 400 ");
    assertThat(RawHttp.get(server.managementPort(), "/observe/health", host))
        .startsWith("HTTP/1.1 400 ");
  }

  @Test
  void aCallFromAPageWhoseNameWasPointedHereStopsNothing() throws Exception {
    String answer =
        RawHttp.exchange(
            server.port(),
            """
            POST /api/scripts/stop-all HTTP/1.1
            Host: evil.example:5000
            Origin: http://evil.example:5000
            Content-Length: 0
            Connection: close

            """
                .replace("\n", "\r\n"));
    assertThat(answer).startsWith("HTTP/1.1 421 ");
  }

  @Test
  void anAbsoluteTargetIsCheckedBesideTheHeader() throws Exception {
    assertThat(RawHttp.get(server.port(), "http://evil.example/api/health", "127.0.0.1"))
        .startsWith("HTTP/1.1 421 ");
    assertThat(RawHttp.get(server.port(), "http://localhost/api/health", "evil.example"))
        .startsWith("HTTP/1.1 421 ");
    assertThat(RawHttp.get(server.port(), "http://localhost:1/api/health", "127.0.0.1"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aMissingOrRepeatedHostIsABadRequest() throws Exception {
    assertThat(
            RawHttp.exchange(
                server.port(), "GET /api/health HTTP/1.1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(
            RawHttp.exchange(
                server.port(),
                "GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n"
                    + "Connection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");
  }

  @Test
  void aProbeThatSpeaksTheOldVersionNeedsNoHost() throws Exception {
    assertThat(RawHttp.exchange(server.port(), "GET /api/health HTTP/1.0\r\n\r\n"))
        .contains(" 200 ");
    assertThat(
            RawHttp.exchange(
                server.port(), "GET /api/health HTTP/1.0\r\nHost: evil.example\r\n\r\n"))
        .contains(" 421 ");
  }

  @Test
  void anAddressThatCannotBeDecodedIsABadRequestInJson() throws Exception {
    assertThat(RawHttp.get(server.port(), "/api/scripts/%/status", "127.0.0.1"))
        .startsWith("HTTP/1.1 400 ")
        .contains("{\"status\":\"error\"");
  }

  @Test
  void theConfiguredListReplacesTheDefault(@TempDir Path other) throws Exception {
    try (ApiServer named =
        new ApiServer(
            other, Map.of("API_ALLOWED_HOSTS", "Harvest.example, 127.0.0.1, proxy.example:8443"))) {
      int port = named.port();
      assertThat(RawHttp.get(port, "/api/health", "harvest.example")).contains(" 200 ");
      assertThat(RawHttp.get(port, "/api/health", "harvest.example:81")).contains(" 200 ");
      assertThat(RawHttp.get(port, "/api/health", "proxy.example:8443")).contains(" 200 ");
      assertThat(RawHttp.get(port, "/api/health", "proxy.example")).contains(" 421 ");
      assertThat(RawHttp.get(port, "/api/health", "localhost")).contains(" 421 ");
    }
  }

  @Test
  void aServerOnAllAddressesCanBeCalledByEachOfThem(@TempDir Path other) throws Exception {
    try (ApiServer open =
        new ApiServer(other, Map.of("API_HOST", "0.0.0.0", "API_ALLOW_ANONYMOUS", "true"))) {
      assertThat(RawHttp.get(open.port(), "/api/health", "127.0.0.1")).contains(" 200 ");
      assertThat(RawHttp.get(open.port(), "/api/health", "evil.example")).contains(" 421 ");
    }
  }
}
