package portal;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/** The hosts that may be fetched, as {@code host} (any port) or {@code host:port}. */
public final class AllowedHosts {
  private final Set<String> hosts;

  /**
   * @param hosts lower case
   */
  public AllowedHosts(Collection<String> hosts) {
    this.hosts = Set.copyOf(hosts);
  }

  public boolean allows(URI address) {
    String host = address.getHost().toLowerCase(Locale.ROOT);
    return hosts.contains(host) || hosts.contains(host + ":" + port(address));
  }

  private static int port(URI address) {
    if (address.getPort() != -1) {
      return address.getPort();
    }
    return address.getScheme().equals("https") ? 443 : 80;
  }
}
