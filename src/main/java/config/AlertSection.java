package config;

import config.AlertSettings.Login;
import config.AlertSettings.Security;
import config.AlertSettings.Smtp;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and checks the {@code alert.*} keys. */
final class AlertSection {
  private static final Pattern TIME = Pattern.compile("([01]?\\d|2[0-3]):([0-5]\\d)");

  /** ASCII only, and nothing that would start another header or address. */
  private static final Pattern ADDRESS =
      Pattern.compile("[\\x21-\\x7e&&[^@<>()\\[\\],;:\\\\\"]]{1,64}@[A-Za-z0-9.-]{1,253}");

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]+");

  private final Values values;
  private final Path folder;

  /**
   * @param folder that a relative path starts from
   */
  AlertSection(Values values, Path folder) {
    this.values = values;
    this.folder = folder;
  }

  AlertSettings read() {
    return new AlertSettings(
        smtp(),
        webhook(),
        values.duration(ConfigKey.ALERT_AFTER, Duration.ZERO, Duration.ofDays(7)),
        values.duration(ConfigKey.ALERT_REPEAT, Duration.ZERO, Duration.ofDays(365)),
        digestAt());
  }

  private @Nullable Smtp smtp() {
    int port = values.integer(ConfigKey.SMTP_PORT, 1, 65535);
    String security = values.oneOf(ConfigKey.SMTP_SECURITY, "starttls", "tls", "none");
    Optional<String> from = values.text(ConfigKey.ALERT_FROM);
    from.ifPresent(text -> address(ConfigKey.ALERT_FROM, text));
    List<String> to = values.list(ConfigKey.ALERT_TO);
    to.forEach(text -> address(ConfigKey.ALERT_TO, text));
    Login login = login();
    var authorities = values.authorities(ConfigKey.SMTP_CA_FILE, folder).orElse(null);
    if (values.text(ConfigKey.SMTP_HOST).isEmpty()) {
      if (!to.isEmpty()) {
        throw missing(ConfigKey.SMTP_HOST, "the mail server, because alert.to is set");
      }
      return null;
    }
    if (from.isEmpty()) {
      throw missing(ConfigKey.ALERT_FROM, "the sender's address, because alert.smtp.host is set");
    }
    if (to.isEmpty()) {
      throw missing(
          ConfigKey.ALERT_TO, "the recipients' addresses, because alert.smtp.host is set");
    }
    return new Smtp(
        host(),
        port,
        Security.valueOf(security.toUpperCase(Locale.ROOT)),
        login,
        authorities,
        from.get(),
        to);
  }

  private String host() {
    return values
        .matching(
            ConfigKey.SMTP_HOST,
            text -> HOST.matcher(text.replaceFirst("^\\[(.*)]$", "$1")).matches(),
            "is not the name or address of a mail server, such as smtp.example.org; its port is"
                + " alert.smtp.port")
        .replaceFirst("^\\[(.*)]$", "$1");
  }

  private void address(ConfigKey key, String text) {
    if (!ADDRESS.matcher(text).matches()) {
      throw values.mistake(
          key,
          "%s is not an e-mail address; expected one such as harvest@example.org"
              .formatted(key == ConfigKey.ALERT_TO ? "holds \"" + text + "\", which" : "")
              .strip());
    }
  }

  private @Nullable Login login() {
    Optional<String> user = values.text(ConfigKey.SMTP_USER);
    Optional<String> password = values.text(ConfigKey.SMTP_PASSWORD);
    if (user.isPresent() && password.isEmpty()) {
      throw missing(ConfigKey.SMTP_PASSWORD, "the password of alert.smtp.user");
    }
    if (user.isEmpty() && password.isPresent()) {
      throw missing(ConfigKey.SMTP_USER, "the user whose password alert.smtp.password is");
    }
    return user.isEmpty() || password.isEmpty() ? null : new Login(user.get(), password.get());
  }

  private static UsageException missing(ConfigKey key, String what) {
    return new UsageException("%s is not set; expected %s".formatted(key.key(), what));
  }

  private @Nullable URI webhook() {
    Optional<String> text = values.text(ConfigKey.WEBHOOK_URL);
    if (text.isEmpty()) {
      return null;
    }
    URI address =
        Values.httpAddress(text.get())
            .orElseThrow(
                () ->
                    values.mistake(
                        ConfigKey.WEBHOOK_URL,
                        "is not an http or https address, such as"
                            + " https://hooks.example.org/services/T0/B0/x"));
    if (address.getRawUserInfo() != null) {
      throw values.mistake(
          ConfigKey.WEBHOOK_URL, "holds a user or password, which is not sent; leave it out");
    }
    return address;
  }

  private @Nullable LocalTime digestAt() {
    String text = values.required(ConfigKey.DIGEST_AT);
    if (text.isEmpty()) {
      return null;
    }
    var matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw values.mistake(
          ConfigKey.DIGEST_AT,
          "is not a time of the day, such as 07:00 or 18:30; leave it empty for no digest");
    }
    return LocalTime.of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }
}
