package portal.http;

import java.io.IOException;
import java.time.Duration;
import model.Ticker;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * All transfers in progress. Hooks into the HTTP client, because Camel's HTTP producer gives access
 * neither to the request, to cancel it, nor to the original response headers.
 */
public final class Transfers implements HttpClientConfigurer, ExecChainHandler {
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
    client.addExecInterceptorFirst("transfers", this);
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Transfer transfer = current.get();
    if (scope.originalRequest instanceof Cancellable cancellable) {
      transfer.sending(cancellable);
    }
    ClassicHttpResponse response = chain.proceed(request, scope);
    transfer.answered(response);
    return response;
  }
}
