package alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import alerts.Channel.NotTakenException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import testing.Ports;
import testing.WebhookServer;

/** Calls of real servers. */
class WebhookIT {
  private static WebhookChannel webhook(URI address) {
    return new WebhookChannel(address, Duration.ofSeconds(20));
  }

  private static List<Notice> alert() {
    Alert alert =
        new Alert(
            "instance 2: \"quoted\"\n\u0928", "cpu", "closed", 2, null, "2026-11-27T01:30:00Z");
    return List.of(new Notice("2026-11-27T01:40:00Z", alert, false, null));
  }

  @Test
  void anAlertIsPostedAsJson() throws Exception {
    try (WebhookServer server = new WebhookServer()) {
      assertThat(webhook(server.address()).send(alert()).words()).isEqualTo("answered 204");

      assertThat(server.calls())
          .containsExactly(
              "POST /hook/secret application/json {\"text\":\"instance 2: \\\"quoted\\\"\\n\u0928\","
                  + "\"kind\":\"cpu\",\"state\":\"closed\",\"instance\":2,\"script\":null,"
                  + "\"since\":\"2026-11-27T01:30:00Z\"}");
    }
  }

  @Test
  void anErrorOrARedirectIsReportedAsNotAccepted() throws Exception {
    try (WebhookServer server = new WebhookServer();
        WebhookServer elsewhere = new WebhookServer()) {
      server.answer(503);
      assertThatExceptionOfType(NotTakenException.class)
          .isThrownBy(() -> webhook(server.address()).send(alert()))
          .withMessage("it answered 503");
      server.redirect(elsewhere.address());
      assertThatExceptionOfType(NotTakenException.class)
          .isThrownBy(() -> webhook(server.address()).send(alert()))
          .withMessage("it answered 307, a redirect, which is not followed");
      assertThat(elsewhere.calls()).isEmpty();
    }
  }

  @Test
  void aSilentOrMissingServerIsDown() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI address = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
      assertThatExceptionOfType(NotTakenException.class)
          .isThrownBy(() -> new WebhookChannel(address, Duration.ofMillis(200)).send(alert()))
          .withMessageContaining("no answer within");
    }
    URI nobody = URI.create("http://127.0.0.1:" + Ports.free() + "/secret");
    assertThatExceptionOfType(NotTakenException.class)
        .isThrownBy(() -> webhook(nobody).send(alert()))
        .withMessage("no connection");
  }
}
