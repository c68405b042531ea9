package portal;

import java.net.URI;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import model.web.WebAddress;

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
    return WebAddress.read(address.toString())
        .filter(
            read -> hosts.contains(read.host()) || hosts.contains(read.host() + ":" + read.port()))
        .isPresent();
  }

  /** The hosts, sorted. */
  @Override
  public String toString() {
    return String.join(",", new TreeSet<>(hosts));
  }
}
