package portal.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final ThreadLocal<Transfer> current = new ThreadLocal<>();
  private final Set<Transfer> underWay = ConcurrentHashMap.newKeySet();

  /**
   * @param watch where the looks at the clock are scheduled
   * @param longest time for one whole response
   */
  public Transfers(ScheduledExecutorService watch, Duration longest) {
    watch.scheduleWithFixedDelay(
        () -> underWay.forEach(transfer -> transfer.look(System.nanoTime(), longest)),
        LOOK_EVERY.toMillis(),
        LOOK_EVERY.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Registers the transfer that this thread is about to send. Its time starts now. */
  public void begin(Transfer transfer) {
    transfer.begin();
    underWay.add(transfer);
    current.set(transfer);
  }

  /** Removes a transfer, however it ended. */
  public void end(Transfer transfer) {
    transfer.end();
    underWay.remove(transfer);
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
