package portal.http;

import config.Proxies;
import config.Proxy;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import model.Ticker;
import model.web.WebAddress;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.net.URIAuthority;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import portal.PortalException;
import portal.Request;

/**
 * All transfers in progress. Hooks into the HTTP client, because Camel's HTTP producer gives access
 * neither to the request, to cancel it, nor to the original response headers.
 */
public final class Transfers implements HttpClientConfigurer, ExecChainHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);

  private static final Pattern PUNYCODE = Pattern.compile("(?i)(?:^|\\.)xn--");

  private final ThreadLocal<Transfer> current = new ThreadLocal<>();
  private final Ticker ticker;
  private final Duration longest;
  private final Proxies proxies;

  /** Who has closed a connection instead of answering; no more than are allowed. */
  private final Set<HttpHost> closers = ConcurrentHashMap.newKeySet();

  /**
   * @param longest time for one whole response
   * @param proxies for the requests
   */
  public Transfers(Ticker ticker, Duration longest, Proxies proxies) {
    this.proxies = proxies;
    this.ticker = ticker;
    this.longest = longest;
  }

  /** Registers the transfer that this thread is about to send. Its time starts now. */
  public void begin(Transfer transfer) {
    transfer.begin(ticker, longest);
    current.set(transfer);
  }

  /** Removes a transfer, however it ended. */
  public void end(Transfer transfer) {
    transfer.end();
    current.remove();
  }

  /**
   * The address as Camel and its HTTP client take it. Camel refuses hosts with {@code _}, which
   * java.net.URI does not count as hosts, and the client decodes punycode, with the same result;
   * the real host is put back before the request is sent.
   */
  public static String addressInCamel(URI uri) {
    String host = uri.getHost();
    return host == null || PUNYCODE.matcher(host).find()
        ? uri.toString().replaceFirst(Pattern.quote(uri.getRawAuthority()), "real.host.invalid")
        : uri.toString();
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client
        .addExecInterceptorFirst("transfers", this)
        .addExecInterceptorAfter(ChainElement.CONNECT.name(), "reached", this::reached)
        .setRoutePlanner((target, context) -> route(currentTransfer()))
        .disableContentCompression();
  }

  private Transfer currentTransfer() {
    return Objects.requireNonNull(current.get());
  }

  /** Whether a host has closed a connection on which it was asked for something. */
  boolean wasClosedBy(HttpHost host) {
    return closers.contains(host);
  }

  private static HttpHost host(WebAddress address) {
    return new HttpHost(address.scheme(), address.host(), address.port());
  }

  private HttpRoute route(Transfer transfer) {
    WebAddress address = transfer.request().to();
    Optional<Proxy> proxy = proxies.of(address);
    transfer.goes(address, proxy);
    HttpHost target = host(address);
    boolean secure = address.scheme().equals("https");
    return proxy
        .map(each -> new HttpRoute(target, null, host(each), secure))
        .orElseGet(() -> new HttpRoute(target, null, secure));
  }

  private static HttpHost host(Proxy proxy) {
    return new HttpHost(proxy.scheme(), proxy.host(), proxy.port());
  }

  private ClassicHttpResponse reached(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    currentTransfer().reachesPortal();
    asBrowsersSend(request, currentTransfer().request());
    return chain.proceed(request, scope);
  }

  /**
   * Neither Camel nor its client take a {@code %} that starts no escape, and Camel encodes signs
   * that stand for themselves, such as <code>~</code>; some portals compare addresses letter by
   * letter.
   */
  private static void asBrowsersSend(ClassicHttpRequest request, Request asked) {
    boolean isWholeAddress = !request.getPath().startsWith("/"); // to a proxy
    request.setPath(isWholeAddress ? asked.to().requested() : asked.to().target());
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Transfer transfer = currentTransfer();
    if (scope.originalRequest instanceof Cancellable cancellable) {
      transfer.sending(cancellable);
    }
    scope.clientContext.setRequestConfig(
        RequestConfig.copy(scope.clientContext.getRequestConfigOrDefault())
            .setProtocolUpgradeEnabled(false)
            .build());
    WebAddress address = transfer.target();
    request.setAuthority(new URIAuthority(address.host(), port(address)));
    transfer.proxy().ifPresent(proxy -> authenticate(proxy, scope.clientContext));
    ClassicHttpResponse response = send(request, scope, chain);
    try {
      transfer.checkProxy(response.getCode());
    } catch (PortalException e) {
      scope.execRuntime.discardEndpoint();
      throw e;
    }
    transfer.answered(response);
    return response;
  }

  /** None if it is the scheme's default. */
  private static int port(WebAddress address) {
    return address.authority().equals(address.host()) ? -1 : address.port();
  }

  /** Without waiting to be asked, as curl does. */
  private static void authenticate(Proxy proxy, HttpClientContext context) {
    if (proxy.user().isPresent()) {
      BasicScheme scheme = new BasicScheme();
      scheme.initPreemptive(
          new UsernamePasswordCredentials(proxy.user().get(), proxy.password().toCharArray()));
      context.getAuthExchange(host(proxy)).select(scheme);
    }
  }

  /** Sends the request, on another connection if the portal has spoilt this one. */
  private ClassicHttpResponse send(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    while (true) {
      try {
        return chain.proceed(ClassicRequestBuilder.copy(request).build(), scope);
      } catch (PortalConnections.BytesLeftException e) {
        LOG.warn("{}: {}; it is closed", request.getAuthority(), e.getMessage());
      } catch (NoHttpResponseException | SocketException e) {
        closers.add(host(currentTransfer().target()));
        throw e;
      }
    }
  }
}
