package portal.http;

import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.Timeout;

/** Camel's HTTP component as this program uses it towards the portal. */
public final class PortalClient {
  /** Lines of an answer's head, and of the trailer of a chunked body. */
  static final int MAX_HEADER_LINES = 100;

  /** Bytes of such a line, of the status line and of a line that begins a chunk. */
  static final int MAX_LINE_BYTES = 8 * 1024;

  private PortalClient() {}

  /**
   * A component that leaves retries, redirects and cookies to us.
   *
   * @param connections most of them at once
   * @param connectTimeout longest wait for a connection
   * @param responseTimeout longest silence of the portal, and longest wait for a free connection
   */
  public static HttpComponent create(
      int connections,
      Duration connectTimeout,
      Duration responseTimeout,
      HttpClientConfigurer configurer) {
    HttpComponent http = new HttpComponent();
    http.setHttpClientConfigurer(configurer);
    http.setClientConnectionManager(manager(connections, responseTimeout));
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

  /** Without limits a portal could fill the heap with headers that never end. */
  private static HttpClientConnectionManager manager(int connections, Duration responseTimeout) {
    Http1Config limits =
        Http1Config.custom()
            .setMaxHeaderCount(MAX_HEADER_LINES + 1) // the first number that is refused
            .setMaxLineLength(MAX_LINE_BYTES)
            .build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(limits).build())
        .setMaxConnTotal(connections)
        .setMaxConnPerRoute(connections)
        .setDefaultSocketConfig(
            SocketConfig.custom().setSoTimeout(Timeout.of(responseTimeout)).build())
        .build();
  }
}
