package portal.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import platform.CertificateAuthorities;

/** Configures Camel's HTTP component for the portal. */
public final class PortalClient {
  /** Maximum number of header lines, and of trailer lines of a chunked body. */
  static final int MAX_HEADER_LINES = 100;

  /** Maximum bytes in such a line, in the status line and in the first line of a chunk. */
  static final int MAX_LINE_BYTES = 8 * 1024;

  /**
   * For servers that close a connection after an answer without saying so, as some proxies do. The
   * check costs a millisecond per request.
   */
  private static final ConnectionConfig CHECKED =
      ConnectionConfig.custom().setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS).build();

  private PortalClient() {}

  /**
   * Creates a component that leaves retries, redirects and cookies to this program.
   *
   * @param connections maximum number of them
   * @param connectTimeout timeout for connecting
   * @param responseTimeout timeout for the next bytes, and for a free connection
   * @param authorities certificate authorities beside those of the JDK; empty for none
   * @param transfers the requests that the component sends
   */
  public static HttpComponent create(
      int connections,
      Duration connectTimeout,
      Duration responseTimeout,
      Optional<CertificateAuthorities> authorities,
      Transfers transfers) {
    HttpComponent http = new HttpComponent();
    http.setHttpClientConfigurer(transfers);
    http.setClientConnectionManager(manager(connections, responseTimeout, authorities, transfers));
    http.setConnectTimeout(connectTimeout.toMillis());
    http.setResponseTimeout(responseTimeout.toMillis());
    http.setConnectionRequestTimeout(responseTimeout.toMillis());
    http.setAutomaticRetriesDisabled(true);
    http.setRedirectHandlingDisabled(true);
    http.setCookieManagementDisabled(true);
    http.setAuthCachingDisabled(true);
    http.setDefaultUserAgentDisabled(true);
    return http;
  }

  /** Without limits, a portal could fill the heap with endless headers. */
  private static HttpClientConnectionManager manager(
      int connections,
      Duration responseTimeout,
      Optional<CertificateAuthorities> authorities,
      Transfers transfers) {
    Http1Config limits =
        Http1Config.custom()
            .setMaxHeaderCount(MAX_HEADER_LINES + 1) // the first number that is refused
            .setMaxLineLength(MAX_LINE_BYTES)
            .build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setConnectionFactory(new PortalConnections(limits))
        .setDnsResolver(new LocalNames())
        .setTlsSocketStrategy(
            new PortalTls(
                authorities.map(CertificateAuthorities::tls).orElseGet(SSLContexts::createDefault)))
        .setConnectionConfigResolver(
            route ->
                route.getProxyHost() != null || transfers.wasClosedBy(route.getTargetHost())
                    ? CHECKED
                    : ConnectionConfig.DEFAULT)
        .setMaxConnTotal(connections)
        .setMaxConnPerRoute(connections)
        .setDefaultSocketConfig(
            SocketConfig.custom().setSoTimeout(Timeout.of(responseTimeout)).build())
        .build();
  }

  /** Names below {@code localhost} are this machine, as for browsers (RFC 6761). */
  private static final class LocalNames extends SystemDefaultDnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return super.resolve(host.endsWith(".localhost") ? "localhost" : host);
    }
  }
}
