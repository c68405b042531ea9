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
 * All transfers under way. Sits in the HTTP client, since Camel's HTTP producer hands out neither
 * the request, to cut it off, nor the answer's headers as they came.
 */
public final class Transfers implements HttpClientConfigurer, ExecChainHandler {
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final ThreadLocal<Transfer> current = new ThreadLocal<>();
  private final Set<Transfer> underWay = ConcurrentHashMap.newKeySet();

  /**
   * @param watch where the looks at the clock are scheduled
   * @param longest time for one whole answer
   */
  public Transfers(ScheduledExecutorService watch, Duration longest) {
    watch.scheduleWithFixedDelay(
        () -> underWay.forEach(transfer -> transfer.look(System.nanoTime(), longest)),
        LOOK_EVERY.toMillis(),
        LOOK_EVERY.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** The transfer that this thread is about to send. Its time runs from now. */
  public void begin(Transfer transfer) {
    transfer.begin();
    underWay.add(transfer);
    current.set(transfer);
  }

  /** The transfer is over, however it went. */
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
