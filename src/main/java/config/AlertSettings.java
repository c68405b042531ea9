package config;

import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import platform.CertificateAuthorities;

/**
 * The {@code alert.*} keys, checked.
 *
 * @param smtp where mails go; null for none
 * @param webhook what is called for each alert; null for none
 * @param after how long a condition must last before it is reported
 * @param repeat after what time a lasting condition is reported again; zero for never
 * @param digestAt local time of the daily digest; null for none
 */
public record AlertSettings(
    @Nullable Smtp smtp,
    @Nullable URI webhook,
    Duration after,
    Duration repeat,
    @Nullable LocalTime digestAt) {

  /** How the connection to the mail server is protected. */
  public enum Security {
    /** It must switch to TLS before anything is sent. */
    STARTTLS,
    /** TLS from the first byte. */
    TLS,
    NONE
  }

  /** User and password. */
  public record Login(String user, String password) {
    /** Without the password, which must not be logged. */
    @Override
    public String toString() {
      return "Login[user=%s]".formatted(user);
    }
  }

  /**
   * A mail server, and what is sent through it.
   *
   * @param login null for none
   * @param authorities trusted in addition to those of the JDK; null for none
   * @param from address of the sender
   * @param to addresses of the recipients
   */
  public record Smtp(
      String host,
      int port,
      Security security,
      @Nullable Login login,
      @Nullable CertificateAuthorities authorities,
      String from,
      List<String> to) {}

  /** Whether alerts go anywhere. */
  public boolean isOn() {
    return smtp != null || webhook != null;
  }

  /** Without the webhook's address, which often holds a token. */
  @Override
  public String toString() {
    return "AlertSettings[smtp=%s, after=%s, repeat=%s, digestAt=%s]"
        .formatted(smtp, after, repeat, digestAt);
  }
}
