package alerts;

import config.AlertSettings.Security;
import config.AlertSettings.Smtp;
import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import model.ServerText;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends mails: all alerts of a minute in one, a digest in one of its own. */
final class MailChannel implements Channel {
  private static final Logger LOG = LoggerFactory.getLogger(MailChannel.class);
  private static final Duration GATHER = Duration.ofSeconds(60);

  private final Smtp smtp;
  private final MailText text;
  private final InstantSource clock;
  private final Duration timeout;

  /**
   * @param timeout for each answer of the server
   */
  MailChannel(Smtp smtp, MailText text, InstantSource clock, Duration timeout) {
    this.timeout = timeout;
    this.smtp = smtp;
    this.text = text;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "mail through %s:%d".formatted(smtp.host(), smtp.port());
  }

  @Override
  public Duration gather() {
    return GATHER;
  }

  @Override
  public List<List<Notice>> batches(List<Notice> notices) {
    List<List<Notice>> batches = new ArrayList<>();
    batches.addAll(
        notices.stream()
            .filter(notice -> notice.digest() == null)
            .collect(
                Collectors.groupingBy(this::recipients, LinkedHashMap::new, Collectors.toList()))
            .values());
    notices.stream().filter(notice -> notice.digest() != null).map(List::of).forEach(batches::add);
    return batches;
  }

  private List<String> recipients(Notice notice) {
    return notice.to() == null ? smtp.to() : notice.to();
  }

  @Override
  public Delivery send(List<Notice> together) throws NotTakenException {
    Session session = Session.getInstance(properties());
    SMTPTransport transport = transport(session);
    try {
      MimeMessage message = message(session, together);
      if (smtp.login() == null) {
        transport.connect(smtp.host(), smtp.port(), null, null);
      } else {
        transport.connect(smtp.host(), smtp.port(), smtp.login().user(), smtp.login().password());
      }
      transport.sendMessage(message, message.getAllRecipients());
      return Delivery.toAll("answered " + line(transport.getLastServerResponse()));
    } catch (SendFailedException e) {
      return inPart(e);
    } catch (MessagingException e) {
      throw notTaken(e);
    } finally {
      leave(transport);
    }
  }

  private Delivery inPart(SendFailedException e) throws NotTakenException {
    if (e.getValidSentAddresses() == null || e.getValidSentAddresses().length == 0) {
      throw notTaken(e);
    }
    List<String> refused = names(e.getInvalidAddresses());
    List<String> later = names(e.getValidUnsentAddresses());
    if (!refused.isEmpty()) {
      LOG.warn("{}: refused for {}: {}", name(), String.join(", ", refused), words(e));
    }
    String all = Stream.concat(refused.stream(), later.stream()).collect(Collectors.joining(", "));
    return new Delivery("refused %s: %s".formatted(all, words(e)), false, later);
  }

  /** The server has accepted the mail by now, even if it fails to say goodbye. */
  private void leave(SMTPTransport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      LOG.debug("{}: no goodbye", name(), e);
    }
  }

  private static List<String> names(Address @Nullable [] addresses) {
    return addresses == null ? List.of() : Arrays.stream(addresses).map(Address::toString).toList();
  }

  private Properties properties() {
    Properties properties = new Properties();
    String millis = String.valueOf(timeout.toMillis());
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.auth", String.valueOf(smtp.login() != null));
    properties.put("mail.smtp.sendpartial", "true"); // one wrong address does not keep it from all
    properties.put("mail.smtp.ssl.enable", String.valueOf(smtp.security() == Security.TLS));
    boolean isUpgraded = smtp.security() == Security.STARTTLS;
    properties.put("mail.smtp.starttls.enable", String.valueOf(isUpgraded));
    properties.put("mail.smtp.starttls.required", String.valueOf(isUpgraded));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    if (smtp.authorities() != null) {
      properties.put("mail.smtp.ssl.socketFactory", smtp.authorities().tls().getSocketFactory());
      // otherwise a second attempt without these authorities would hide what is wrong
      properties.put("mail.smtp.socketFactory.fallback", "false");
    }
    return properties;
  }

  private SMTPTransport transport(Session session) {
    return new SMTPTransport(
        session, new URLName("smtp", smtp.host(), smtp.port(), null, null, null));
  }

  /** No header contains text from outside: a portal's words could inject headers. */
  private MimeMessage message(Session session, List<Notice> together) throws MessagingException {
    String domain = smtp.from().substring(smtp.from().lastIndexOf('@'));
    String id = "<" + UUID.randomUUID() + domain + ">";
    MimeMessage message =
        new MimeMessage(session) {
          /** The default holds the names of this machine and its user. */
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
          }
        };
    message.setFrom(new InternetAddress(smtp.from(), true));
    for (String recipient : recipients(together.get(0))) {
      message.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient, true));
    }
    message.setSentDate(Date.from(clock.instant()));
    message.setSubject(text.subject(together), "us-ascii");
    message.setHeader("Auto-Submitted", "auto-generated"); // keeps out-of-office replies away
    byte[] body = text.body(together).getBytes(StandardCharsets.UTF_8);
    message.setDataHandler(
        new DataHandler(new ByteArrayDataSource(body, "text/plain; charset=utf-8")));
    message.saveChanges();
    return message;
  }

  private static NotTakenException notTaken(MessagingException e) {
    return new NotTakenException(words(e), false, e);
  }

  /**
   * The most informative message: that of the last cause, which is the server's answer or the
   * fault.
   */
  private static String words(MessagingException e) {
    Exception last = e;
    for (Exception next = e; next != null; next = next(next)) {
      last = next;
    }
    String said = last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
    return line(
        last == e || last instanceof MessagingException ? said : e.getMessage() + ": " + said);
  }

  private static @Nullable Exception next(Exception e) {
    Exception next = e instanceof MessagingException mail ? mail.getNextException() : null;
    return next != null ? next : e.getCause() instanceof Exception cause ? cause : null;
  }

  /** A server's answer may have several lines. */
  private static String line(@Nullable String said) {
    return ServerText.harmless(String.valueOf(said).strip().replaceAll("\\s*[\\r\\n]+\\s*", " "));
  }
}
