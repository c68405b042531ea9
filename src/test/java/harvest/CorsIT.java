package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.ApiServer;

/** Which pages of other origins may call. */
class CorsIT {
  private static final String START = "/api/scripts/start";
  private static final String ORIGIN = "https://dashboard.example";

  @TempDir private static Path folder;
  private static ApiServer server;
  private static Api api;

  @BeforeAll
  static void start() throws Exception {
    server =
        new ApiServer(
            folder,
            Map.of("API_CORS_ORIGINS", ORIGIN + ", http://other.example:8080", "API_KEY", "k"));
    api = Api.at(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void onlyPagesOfTheNamedOriginsMayCall() throws Exception {
    Api.Answer preflight =
        api.send(
            "OPTIONS",
            START,
            null,
            "Origin",
            ORIGIN,
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "x-api-key");
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(allowed(preflight)).isEqualTo(ORIGIN);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("X-API-Key");
    Api.Answer read = api.get("/api/status", "Origin", ORIGIN, "X-API-Key", "k");
    assertThat(read.status()).isEqualTo(200);
    assertThat(allowed(read)).isEqualTo(ORIGIN);
    assertThat(allowed(api.get("/api/status", "Origin", ORIGIN))).as("401").isEqualTo(ORIGIN);

    for (String foreign :
        List.of(
            "https://evil.example", ORIGIN + ".evil.example", "null", "http://dashboard.example")) {
      assertThat(allowed(api.get("/api/health", "Origin", foreign))).isEmpty();
      Api.Answer asked =
          api.send(
              "OPTIONS", START, null, "Origin", foreign, "Access-Control-Request-Method", "POST");
      assertThat(allowed(asked)).isEmpty();
      BadCallsIT.assertRefused(
          api.send("POST", START, null, "Origin", foreign, "X-API-Key", "k"), 403, foreign);
    }
    String own = server.address();
    assertThat(
            api.send("POST", "/api/scripts/stop-all", null, "Origin", own, "X-API-Key", "k")
                .status())
        .isEqualTo(202);
  }

  private static String allowed(Api.Answer answer) {
    return answer.headers().firstValue("Access-Control-Allow-Origin").orElse("");
  }
}
