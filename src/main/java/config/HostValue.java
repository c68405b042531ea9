package config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a {@code Host} header, in one spelling: lower case, without a dot at the end, IPv6
 * addresses written out.
 *
 * @param name name or address, without brackets
 * @param port null when none is given
 */
public record HostValue(String name, Integer port) {
  private static final Pattern VALUE =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+?)\\.?)(?::(\\d{1,5}))?");

  /** The value that this text is; empty when it is none. */
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
      // a text with a colon is never looked up
      return matcher.group(1).contains(":")
          ? Optional.of(of(InetAddress.getByName(matcher.group(1)), port))
          : Optional.empty();
    } catch (UnknownHostException noAddress) {
      return Optional.empty();
    }
  }

  /** An address as a value, with any port. */
  public static HostValue of(InetAddress address) {
    return of(address, null);
  }

  private static HostValue of(InetAddress address, Integer port) {
    return new HostValue(address.getHostAddress().replaceFirst("%.*", ""), port);
  }

  /** Whether a request for that host is one for this; without a port this stands for all ports. */
  public boolean matches(HostValue asked) {
    return name.equals(asked.name) && (port == null || port.equals(asked.port));
  }
}
