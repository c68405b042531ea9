package alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import alerts.Channel.Delivery;
import alerts.Channel.NotTakenException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import config.AlertSettings.Login;
import config.AlertSettings.Security;
import config.AlertSettings.Smtp;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.CertificateAuthorities;
import testing.Certificates;
import testing.MailServer;
import testing.Ports;

/** Mails to real servers. */
class MailIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String EVIL =
      "is in error: \u0928\u094d\u092f\u093e\u092f\r\n.\r\nBcc: x@y.org";

  @TempDir Path folder;

  private static MailChannel mail(Smtp smtp) {
    return mail(smtp, TIMEOUT);
  }

  private static MailChannel mail(Smtp smtp, Duration timeout) {
    return new MailChannel(
        smtp,
        new MailText(2, ZoneId.of("Asia/Kolkata"), "-- \nfooter\n"),
        () -> Instant.parse("2026-11-27T01:31:00Z"),
        timeout);
  }

  private static Smtp smtp(int port, Security security, Login login, String... to) {
    return new Smtp("127.0.0.1", port, security, login, null, "harvest@example.org", List.of(to));
  }

  private static Smtp trusting(Smtp smtp, Certificates certificates) throws Exception {
    return new Smtp(
        smtp.host(),
        smtp.port(),
        smtp.security(),
        smtp.login(),
        CertificateAuthorities.parse(certificates.pem("root")),
        smtp.from(),
        smtp.to());
  }

  private static List<Notice> alert() {
    return List.of(
        new Notice(
            "2026-11-27T01:30:00Z",
            new Alert("instance 2: script 5 " + EVIL, "script_error", "open", 2, 5, null),
            false,
            null));
  }

  private Certificates certificates() throws Exception {
    return new Certificates(folder)
        .server("mail", "-ext", "san=ip:127.0.0.1")
        .server("other", "-ext", "san=dns:other.example");
  }

  private static GreenMail greenMail() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(Ports.free(), "127.0.0.1", "smtp"));
    server.start();
    return server;
  }

  @Test
  void aMailServerGetsOneMailForAllRecipientsWithoutTextFromThePortalInItsHeaders()
      throws Exception {
    GreenMail server = greenMail();
    try {
      int port = server.getSmtp().getPort();
      mail(smtp(port, Security.NONE, null, "a@example.org", "b@example.org")).send(alert());

      MimeMessage[] received = server.getReceivedMessages();
      assertThat(received).hasSize(2);
      MimeMessage message = received[0];
      assertThat(message.getSubject()).isEqualTo("[judgment-harvester 2] script in error");
      assertThat(message.getFrom()[0]).hasToString("harvest@example.org");
      assertThat(message.getRecipients(Message.RecipientType.TO))
          .extracting(Object::toString)
          .containsExactly("a@example.org", "b@example.org");
      assertThat(message.getHeader("Bcc")).isNull();
      assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(message.getMessageID()).matches("<[0-9a-f-]{36}@example.org>");
      assertThat(message.getSentDate()).isEqualTo("2026-11-27T01:31:00Z");
      assertThat((String) message.getContent())
          .contains("script 5 is in error: \u0928\u094d\u092f\u093e\u092f . Bcc: x@y.org")
          .contains("-- \r\nfooter");
    } finally {
      server.stop();
    }
  }

  @Test
  void aWrongPasswordIsReportedAndNothingIsSent() throws Exception {
    GreenMail server = greenMail();
    try {
      server.setUser("harvest@example.org", "harvest", "right");
      server.getUserManager().setAuthRequired(true);
      int port = server.getSmtp().getPort();
      Login wrong = new Login("harvest", "wrong-secret");

      assertThatExceptionOfType(NotTakenException.class)
          .isThrownBy(() -> mail(smtp(port, Security.NONE, wrong, "a@example.org")).send(alert()))
          .withMessageContaining("535")
          .withMessageNotContaining("wrong-secret");
      assertThat(server.getReceivedMessages()).isEmpty();
      mail(smtp(port, Security.NONE, new Login("harvest", "right"), "a@example.org")).send(alert());
      assertThat(server.getReceivedMessages()).hasSize(1);
    } finally {
      server.stop();
    }
  }

  @Test
  void withStarttlsAndWithTlsEverythingIsEncrypted() throws Exception {
    Certificates certificates = certificates();
    for (Security security : List.of(Security.STARTTLS, Security.TLS)) {
      try (MailServer server =
          new MailServer(certificates.tls("mail", 2), security == Security.STARTTLS)) {
        Login login = new Login("harvest", "secret");
        Smtp smtp = trusting(smtp(server.port(), security, login, "a@example.org"), certificates);

        assertThat(mail(smtp).send(alert()))
            .isEqualTo(Delivery.toAll("answered 250 2.0.0 taken as 4711"));

        assertThat(server.mails()).hasSize(1);
        assertThat(server.commands())
            .filteredOn(command -> !command.startsWith("TLS "))
            .allMatch(command -> command.startsWith("EHLO") || command.equals("STARTTLS"));
        assertThat(server.commands()).anyMatch(command -> command.startsWith("TLS AUTH"));
      }
    }
  }

  @Test
  void withoutTrustOrStarttlsNothingIsSent() throws Exception {
    Certificates certificates = certificates();
    Login login = new Login("harvest", "secret");
    try (MailServer unknown = new MailServer(certificates.tls("mail", 2), true);
        MailServer other = new MailServer(certificates.tls("other", 2), true);
        MailServer plain = new MailServer(null, true)) {
      Smtp toUnknown = smtp(unknown.port(), Security.STARTTLS, login, "a@example.org");
      Smtp toOther =
          trusting(smtp(other.port(), Security.STARTTLS, login, "a@example.org"), certificates);
      Smtp toPlain = smtp(plain.port(), Security.STARTTLS, login, "a@example.org");

      for (Smtp smtp : List.of(toUnknown, toOther, toPlain)) {
        assertThatExceptionOfType(NotTakenException.class)
            .isThrownBy(() -> mail(smtp).send(alert()));
      }
      for (MailServer server : List.of(unknown, other, plain)) {
        assertThat(server.mails()).isEmpty();
        assertThat(server.commands())
            .noneMatch(command -> command.contains("AUTH") || command.contains("MAIL"));
      }
    }
  }

  @Test
  void aCertificateForAnotherNameIsReportedAsSuchEvenWithImplicitTls() throws Exception {
    Certificates certificates = certificates();
    for (Security security : List.of(Security.STARTTLS, Security.TLS)) {
      try (MailServer other =
          new MailServer(certificates.tls("other", 2), security == Security.STARTTLS)) {
        Smtp smtp = trusting(smtp(other.port(), security, null, "a@example.org"), certificates);
        assertThatExceptionOfType(NotTakenException.class)
            .isThrownBy(() -> mail(smtp).send(alert()))
            .withMessageContaining("No subject alternative names matching IP address 127.0.0.1");
      }
    }
  }

  @Test
  void greylistingIsReportedAndTheNextAttemptIsAccepted() throws Exception {
    try (MailServer server = new MailServer(null, false)) {
      server.answer("RCPT", "451 4.7.1 greylisted, try again");
      Channel mail = mail(smtp(server.port(), Security.NONE, null, "a@example.org"));
      assertThatExceptionOfType(NotTakenException.class)
          .isThrownBy(() -> mail.send(alert()))
          .withMessage("451 4.7.1 greylisted, try again");
      server.behave();

      mail.send(alert());

      assertThat(server.mails()).hasSize(1);
    }
  }

  @Test
  void oneWrongRecipientDoesNotKeepTheMailFromTheOthers() throws Exception {
    try (MailServer server = new MailServer(null, false)) {
      server.answer("RCPT TO:<gone@", "550 5.1.1 no such user");

      Delivery delivery =
          mail(smtp(server.port(), Security.NONE, null, "gone@example.org", "a@example.org"))
              .send(alert());

      assertThat(delivery)
          .isEqualTo(
              new Delivery("refused gone@example.org: 550 5.1.1 no such user", false, List.of()));
      assertThat(server.mails()).hasSize(1);
    }
  }

  @Test
  void aGreylistedRecipientGetsTheMailAtTheNextAttemptAndNobodyGetsItTwice() throws Exception {
    MovingClock clock = new MovingClock("2026-11-27T01:30:00Z");
    try (MailServer server = new MailServer(null, false)) {
      server.answer("RCPT TO:<b@", "451 4.7.1 greylisted, try again");
      Smtp smtp =
          smtp(server.port(), Security.NONE, null, "a@example.org", "b@example.org", "c@d.org");
      Outbox outbox = new Outbox(mail(smtp), clock.ticker(), clock, () -> {});
      outbox.add(alert());
      clock.pass(Duration.ofSeconds(60));
      outbox.send();
      assertThat(server.mails()).hasSize(1);
      assertThat(outbox.content()).extracting(Notice::to).containsExactly(List.of("b@example.org"));
      server.behave();
      server.commands().clear();

      outbox.add(alert());
      clock.pass(Duration.ofSeconds(30));
      outbox.send();

      assertThat(server.mails()).hasSize(3);
      assertThat(server.commands())
          .filteredOn(command -> command.startsWith("RCPT"))
          .containsExactly(
              "RCPT TO:<b@example.org>",
              "RCPT TO:<a@example.org>",
              "RCPT TO:<b@example.org>",
              "RCPT TO:<c@d.org>");
      assertThat(outbox.content()).isEmpty();
    }
  }

  @Test
  void aTestFailsIfOneOfItsRecipientsIsRefused() throws Exception {
    try (MailServer server = new MailServer(null, false)) {
      server.answer("RCPT TO:<gone@", "550 5.1.1 no such user");
      Channel mail =
          mail(smtp(server.port(), Security.NONE, null, "gone@example.org", "a@example.org"));

      List<Channels.Answer> answers = new Channels(mail, null).test(1, InstantSource.system());

      assertThat(answers)
          .containsExactly(
              new Channels.Answer(
                  false,
                  mail.name() + ": taken, it refused gone@example.org: 550 5.1.1 no such user"));
    }
  }

  @Test
  void anAcceptedMailIsSentHoweverTheServerSaysGoodbye() throws Exception {
    try (MailServer server = new MailServer(null, false).breakOffAtTheEnd()) {
      Smtp smtp = smtp(server.port(), Security.NONE, null, "a@example.org");
      assertThat(mail(smtp).send(alert()).words()).isEqualTo("answered 250 2.0.0 taken as 4711");
      assertThat(server.mails()).hasSize(1);
      assertThat(server.commands()).endsWith("QUIT");
    }
  }

  @Test
  void aSilentOrMissingServerIsDown() throws Exception {
    try (MailServer server = new MailServer(null, false).beSilent()) {
      Smtp silent = smtp(server.port(), Security.NONE, null, "a@example.org");
      assertThatExceptionOfType(NotTakenException.class)
          .isThrownBy(() -> mail(silent, Duration.ofMillis(200)).send(alert()))
          .withMessageContaining("timed out");
    }
    Smtp nobody = smtp(Ports.free(), Security.NONE, null, "a@example.org");
    assertThatExceptionOfType(NotTakenException.class)
        .isThrownBy(() -> mail(nobody).send(alert()))
        .withMessageContaining("Connection refused");
  }
}
