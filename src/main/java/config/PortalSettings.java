package config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import model.RetryPolicy;
import model.web.WebAddress;
import platform.CertificateAuthorities;

/**
 * The {@code portal.*} keys that every portal has, checked.
 *
 * @param type the name of a portal type
 * @param url the address of the portal, in the format of its type; empty if not set
 * @param allowedHosts hosts that may be fetched, as {@code host} or {@code host:port}, lower case
 * @param politeness the limits promised to the portal
 * @param headers of every request
 * @param maxRedirects redirects followed for one request
 * @param proxies for its requests
 * @param authorities certificate authorities in addition to those of the JDK; empty for none
 * @param timeouts how long to wait for it
 * @param retries how often a document is tried
 * @param maxDocumentBytes largest document that is stored
 */
public record PortalSettings(
    String type,
    Optional<String> url,
    List<String> allowedHosts,
    Politeness politeness,
    Map<String, String> headers,
    int maxRedirects,
    Proxies proxies,
    Optional<CertificateAuthorities> authorities,
    Timeouts timeouts,
    RetryPolicy retries,
    long maxDocumentBytes) {
  private static final Duration LONGEST = Duration.ofHours(24);

  /**
   * A copy for reading something other than a document from this address, whatever its size,
   * however long it takes.
   */
  public PortalSettings reading(WebAddress address) {
    List<String> hosts = new ArrayList<>(allowedHosts);
    hosts.add(address.host());
    return new PortalSettings(
        type,
        url,
        hosts,
        politeness,
        headers,
        maxRedirects,
        proxies,
        authorities,
        new Timeouts(timeouts.connect(), timeouts.response(), LONGEST),
        retries,
        Long.MAX_VALUE / 2);
  }

  /** A copy that connects to the portal directly. */
  PortalSettings withoutProxy() {
    return new PortalSettings(
        type,
        url,
        allowedHosts,
        politeness,
        headers,
        maxRedirects,
        Proxies.NONE,
        authorities,
        timeouts,
        retries,
        maxDocumentBytes);
  }
}
