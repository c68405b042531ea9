package portal.http;

import java.io.IOException;
import java.time.Duration;
import model.Ticker;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All transfers in progress. Hooks into the HTTP client, because Camel's HTTP producer gives access
 * neither to the request, to cancel it, nor to the original response headers.
 */
public final class Transfers implements HttpClientConfigurer, ExecChainHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);

  private final ThreadLocal<Transfer> current = new ThreadLocal<>();
  private final Ticker ticker;
  private final Duration longest;

  /**
   * @param longest time for one whole response
   */
  public Transfers(Ticker ticker, Duration longest) {
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

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client.addExecInterceptorFirst("transfers", this).disableContentCompression();
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Transfer transfer = current.get();
    if (scope.originalRequest instanceof Cancellable cancellable) {
      transfer.sending(cancellable);
    }
    scope.clientContext.setRequestConfig(
        RequestConfig.copy(scope.clientContext.getRequestConfigOrDefault())
            .setProtocolUpgradeEnabled(false)
            .build());
    ClassicHttpResponse response = send(request, scope, chain);
    transfer.answered(response);
    return response;
  }

  /** Sends the request, on another connection if the portal has spoilt this one. */
  private static ClassicHttpResponse send(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    while (true) {
      try {
        return chain.proceed(ClassicRequestBuilder.copy(request).build(), scope);
      } catch (PortalConnections.BytesLeftException e) {
        LOG.warn("{}: {}; it is closed", request.getAuthority(), e.getMessage());
      }
    }
  }
}
