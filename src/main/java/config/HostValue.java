package config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value of a {@code Host} header, normalized: lower case, without a trailing dot, IPv6
 * addresses in full.
 *
 * @param name name or address, without brackets
 * @param port null if none is given
 */
public record HostValue(String name, @Nullable Integer port) {
  private static final Pattern VALUE =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+?)\\.?)(?::(\\d{1,5}))?");

  /** Parses a value; empty if it is invalid. */
  public static Optional<HostValue> parse(String text) {
    Matcher matcher = VALUE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Integer port = matcher.group(3) == null ? null : Integer.valueOf(matcher.group(3));
    if (matcher.group(1) == null) {
      return Optional.of(new HostValue(matcher.group(2).toLowerCase(Locale.ROOT), port));
    }
    try {
      // a text with a colon causes no DNS lookup
      return matcher.group(1).contains(":")
          ? Optional.of(of(InetAddress.getByName(matcher.group(1)), port))
          : Optional.empty();
    } catch (UnknownHostException noAddress) {
      return Optional.empty();
    }
  }

  /** The value for an address, with any port. */
  public static HostValue of(InetAddress address) {
    return of(address, null);
  }

  private static HostValue of(InetAddress address, @Nullable Integer port) {
    return new HostValue(address.getHostAddress().replaceFirst("%.*", ""), port);
  }

  /** Whether a request for that host matches this value; without a port it matches all ports. */
  public boolean matches(HostValue asked) {
    return name.equals(asked.name) && (port == null || port.equals(asked.port));
  }
}
