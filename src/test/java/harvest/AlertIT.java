package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Launcher;
import testing.LocalCommand;
import testing.LocalInstance;
import testing.MailServer;
import testing.WebhookServer;

/** What people are told about a harvest that nobody is watching. */
class AlertIT {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  private static List<String> told(WebhookServer webhook, String kind) {
    return webhook.calls().stream()
        .map(AlertIT::json)
        .filter(alert -> alert.path("kind").asText().equals(kind))
        .map(alert -> alert.path("state").asText() + " " + alert.path("script"))
        .sorted()
        .toList();
  }

  private static JsonNode json(String call) {
    try {
      return JSON.readTree(call.substring(call.indexOf('{')));
    } catch (IOException e) {
      throw new AssertionError(call, e);
    }
  }

  private static void await(WebhookServer webhook, String kind, String... alerts) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(told(webhook, kind)).containsExactly(alerts));
  }

  @Test
  void anOutageIsReportedAndClosedAndCompletionsAreReportedOnceAcrossRestarts() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10);
        WebhookServer webhook = new WebhookServer()) {
      harvest.set("ALERT_WEBHOOK_URL", webhook.address().toString()).set("ALERT_AFTER", "1s");
      harvest.portal.away();
      try (LocalInstance run = harvest.run()) {
        await(webhook, "script_waiting", "open 1", "open 2");
        JsonNode alert =
            webhook.calls().stream()
                .map(AlertIT::json)
                .filter(told -> told.path("script").asInt() == 1)
                .findFirst()
                .orElseThrow();
        assertThat(alert.fieldNames())
            .toIterable()
            .containsExactly("text", "kind", "state", "instance", "script", "since");
        assertThat(alert.path("instance").asInt()).isEqualTo(1);
        assertThat(alert.path("since").asText()).matches("\\d{4}-.*Z");
        assertThat(alert.path("text").asText()).startsWith("instance 1: script 1 waits (portal): ");
        assertThat(harvest.api().get("/api/instance/info").text()).doesNotContain("secret");
        harvest.portal.back();
        await(webhook, "script_waiting", "closed 1", "closed 2", "open 1", "open 2");
        await(webhook, "script_completed", "open 1", "open 2");
        await(webhook, "harvest_completed", "open null");
      }
      try (LocalInstance run = harvest.run()) {
        harvest.api().awaitState(1, "completed");
        Awaitility.await()
            .during(Duration.ofSeconds(3))
            .until(
                () ->
                    told(webhook, "script_completed").size() == 2
                        && told(webhook, "harvest_completed").size() == 1);
      }
    }
  }

  @Test
  void aReceiverThatIsDownHoldsUpNothingAndIsNotifiedByTheNextProcess() throws Exception {
    try (Harvest harvest = new Harvest(folder, 20, 10);
        MailServer silent = new MailServer(null, false).beSilent()) {
      harvest
          .set("ALERT_WEBHOOK_URL", "http://127.0.0.1:" + silent.port() + "/hook")
          .set("ALERT_AFTER", "1s");
      harvest.runUntilComplete();
      try (LocalInstance run = harvest.run()) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> Files.exists(folder.resolve("data/alerts.json")));
      }
      try (WebhookServer webhook = new WebhookServer()) {
        harvest.set("ALERT_WEBHOOK_URL", webhook.address().toString());
        try (LocalInstance run = harvest.run()) {
          await(webhook, "script_completed", "open 1", "open 2");
          await(webhook, "harvest_completed", "open null");
        }
      }
    }
  }

  @Test
  void theCommandTestsEveryChannelAndReportsItsAnswer() throws Exception {
    try (Harvest harvest = new Harvest(folder, 10, 10);
        WebhookServer webhook = new WebhookServer();
        MailServer mail = new MailServer(null, false)) {
      LocalCommand none = harvest.command("alert", "--test");
      assertThat(none.exitCode()).isEqualTo(2);
      assertThat(none.stderr()).startsWith("alert.smtp.host is not set").doesNotContain("\n");
      assertThat(none.stdout()).isEmpty();

      harvest
          .set("ALERT_WEBHOOK_URL", webhook.address().toString())
          .set("ALERT_SMTP_HOST", "127.0.0.1")
          .set("ALERT_SMTP_PORT", String.valueOf(mail.port()))
          .set("ALERT_SMTP_SECURITY", "none")
          .set("ALERT_FROM", "harvest@example.org")
          .set("ALERT_TO", "ops@example.org");
      LocalCommand both = harvest.command("alert", "--test");
      assertThat(both.exitCode()).as(both.stdout() + both.stderr()).isZero();
      assertThat(both.stdout())
          .isEqualTo(
              "mail through 127.0.0.1:%d: taken, it answered 250 2.0.0 taken as 4711%n"
                      .formatted(mail.port())
                  + "webhook at 127.0.0.1: taken, it answered 204");
      assertThat(webhook.calls()).hasSize(1);
      assertThat(mail.mails()).hasSize(1);
      assertThat(mail.mails().get(0)).contains("Subject: [judgment-harvester 1] test");

      webhook.answer(500);
      mail.answer("MAIL", "550 5.7.1 go away");
      LocalCommand neither = harvest.command("alert", "--test");
      assertThat(neither.exitCode()).isEqualTo(1);
      assertThat(neither.stdout())
          .contains(": not taken: 550 5.7.1 go away")
          .contains("webhook at 127.0.0.1: not taken: it answered 500")
          .doesNotContain("secret");
    }
  }

  /** Much of the mail library is left out, and missing classes show only at run time. */
  @Test
  void theJarSendsMails() throws Exception {
    try (Harvest harvest = new Harvest(folder, 10, 10);
        MailServer mail = new MailServer(null, false)) {
      harvest
          .set("ALERT_SMTP_HOST", "127.0.0.1")
          .set("ALERT_SMTP_PORT", String.valueOf(mail.port()))
          .set("ALERT_SMTP_SECURITY", "none")
          .set("ALERT_SMTP_USER", "harvest")
          .set("ALERT_SMTP_PASSWORD", "secret")
          .set("ALERT_FROM", "harvest@example.org")
          .set("ALERT_TO", "ops@example.org");
      try (Launcher alert = harvest.processOf("alert", "--test")) {
        assertThat(alert.exitCode()).as(alert.stderr()).isZero();
      }
      assertThat(mail.mails()).hasSize(1);
      assertThat(mail.commands()).anyMatch(command -> command.startsWith("AUTH"));
    }
  }
}
