package config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.PortalTypes;
import config.AlertSettings.Security;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertSectionTest {
  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();

  private AlertSettings load() {
    return ConfigurationLoader.in(folder, environment, PortalTypes.KNOWN.all()).load().alerts();
  }

  private void mail() {
    environment.put("ALERT_SMTP_HOST", "smtp.example.org");
    environment.put("ALERT_FROM", "harvest@example.org");
    environment.put("ALERT_TO", "a@example.org, b+c@example.org");
  }

  @Test
  void byDefaultNobodyIsAlerted() {
    AlertSettings alerts = load();

    assertThat(alerts.isOn()).isFalse();
    assertThat(alerts.after()).isEqualTo(Duration.ofMinutes(10));
    assertThat(alerts.repeat()).isEqualTo(Duration.ofHours(24));
    assertThat(alerts.digestAt()).isEqualTo(LocalTime.of(7, 0));
  }

  @Test
  void aMailServerIsRead() {
    mail();
    environment.put("ALERT_SMTP_USER", "harvest");
    environment.put("ALERT_SMTP_PASSWORD", "hunter2");

    AlertSettings.Smtp smtp = load().smtp();

    assertThat(smtp.host()).isEqualTo("smtp.example.org");
    assertThat(smtp.port()).isEqualTo(587);
    assertThat(smtp.security()).isEqualTo(Security.STARTTLS);
    assertThat(smtp.to()).isEqualTo(List.of("a@example.org", "b+c@example.org"));
    assertThat(smtp.toString()).contains("harvest").doesNotContain("hunter2");
  }

  @Test
  void aWebhookAloneIsEnough() {
    environment.put("ALERT_WEBHOOK_URL", "https://hooks.example.org/T0/secret");

    assertThat(load().webhook()).isEqualTo(URI.create("https://hooks.example.org/T0/secret"));
    assertThat(load().toString()).doesNotContain("secret");
  }

  @Test
  void anEmptyTimeMeansNoDigest() {
    environment.put("ALERT_DIGEST_AT", "");

    assertThat(load().digestAt()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALERT_SMTP_HOST     | smtp.example.org:25 | alert.smtp.host: "smtp.example.org:25" (from ALERT_SMTP_HOST) is not the name
          ALERT_SMTP_HOST     | smtp://host         | alert.smtp.host: "smtp://host" (from ALERT_SMTP_HOST) is not the name
          ALERT_SMTP_PORT     | 0                   | alert.smtp.port: "0" (from ALERT_SMTP_PORT) is not a whole number from 1 to 65535
          ALERT_SMTP_SECURITY | ssl                 | alert.smtp.security: "ssl" (from ALERT_SMTP_SECURITY) is not one of starttls, tls, none
          ALERT_SMTP_CA_FILE  | none.pem            | alert.smtp.ca-file: "none.pem" (from ALERT_SMTP_CA_FILE) is not a file that exists
          ALERT_SMTP_USER     | harvest             | alert.smtp.password is not set
          ALERT_SMTP_PASSWORD | hunter2             | alert.smtp.user is not set
          ALERT_FROM          | harvest             | alert.from: "harvest" (from ALERT_FROM) is not an e-mail address
          ALERT_FROM          | '\u00e4@example.org' | alert.from: "\u00e4@example.org" (from ALERT_FROM) is not an e-mail address
          ALERT_FROM          | ''                  | alert.from is not set; expected the sender's address
          ALERT_TO            | ''                  | alert.to is not set; expected the recipients' addresses
          ALERT_TO            | a@b.org,c           | alert.to: "a@b.org,c" (from ALERT_TO) holds "c", which is not an e-mail address
          ALERT_WEBHOOK_URL   | hooks.example.org   | alert.webhook-url (from ALERT_WEBHOOK_URL) is not an http or https address
          ALERT_WEBHOOK_URL   | https://u:p@host/   | alert.webhook-url (from ALERT_WEBHOOK_URL) holds a user or password
          ALERT_AFTER         | soon                | alert.after: "soon" (from ALERT_AFTER) is not a duration
          ALERT_REPEAT        | -1                  | alert.repeat: "-1" (from ALERT_REPEAT) is not a duration
          ALERT_DIGEST_AT     | 24:00               | alert.digest-at: "24:00" (from ALERT_DIGEST_AT) is not a time of the day
          ALERT_DIGEST_AT     | 7 am                | alert.digest-at: "7 am" (from ALERT_DIGEST_AT) is not a time of the day
          """)
  void aMistakeIsReportedWithItsKey(String name, String value, String message) {
    mail();
    environment.put(name, value);

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(this::load)
        .withMessageStartingWith(message)
        .withMessageNotContaining("hunter2");
  }

  @Test
  void recipientsWithoutAServerAreAMistake() {
    environment.put("ALERT_TO", "a@example.org");

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(this::load)
        .withMessageStartingWith("alert.smtp.host is not set");
  }

  @Test
  void aMistypedKeyIsReported() {
    environment.put("ALERT_SMTP_HOSTS", "smtp.example.org");

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(this::load)
        .withMessageContaining("the nearest is ALERT_SMTP_HOST");
  }
}
