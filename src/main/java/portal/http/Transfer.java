package portal.http;

import config.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import model.FailureReason;
import model.StopSignal;
import model.Ticker;
import model.web.WebAddress;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;
import portal.PortalException;
import portal.Request;

/**
 * A request to the portal and its response. Another thread can cancel it at any moment: when its
 * time is up, or when its script stops and the portal keeps it waiting.
 */
public final class Transfer {
  private static final int PROXY_WANTS_CREDENTIALS = 407;

  private final Request request;
  private final Object party;
  private final StopSignal stop;
  private StopSignal.Registration onStop = () -> {};
  private Ticker.Timer onExpiry = () -> {};
  private boolean ended;
  private boolean expired;
  private boolean cutOff;
  private @Nullable WebAddress target;
  private Optional<Proxy> proxy = Optional.empty();
  private boolean reachedPortal;
  private @Nullable Cancellable http;
  private int status;
  private Map<String, List<String>> headers = Map.of();

  /**
   * @param party who sends the request, and shares the governor's places with others
   * @param stop fires when the script that sends the request stops
   */
  public Transfer(Request request, Object party, StopSignal stop) {
    this.request = request;
    this.party = party;
    this.stop = stop;
  }

  public Request request() {
    return request;
  }

  public Object party() {
    return party;
  }

  public StopSignal stopSignal() {
    return stop;
  }

  /**
   * Starts the time of the transfer. It ends when its time is up, or some seconds after its script
   * has stopped.
   */
  synchronized void begin(Ticker ticker, Duration longest) {
    onExpiry = ticker.after(longest, this::expire);
    onStop = stop.onStop(StopSignal.GRACE, this::stop);
  }

  private synchronized void expire() {
    if (!ended && !cutOff) {
      expired = true;
      cutOff();
    }
  }

  private synchronized void stop() {
    if (!ended) {
      cutOff();
    }
  }

  synchronized void end() {
    onExpiry.cancel();
    onStop.close();
    ended = true;
    http = null;
  }

  /** Called by the HTTP client, with a handle to cancel the exchange. */
  synchronized void sending(Cancellable exchange) {
    http = exchange;
    if (cutOff) {
      exchange.cancel();
    }
  }

  /** The target of the request, and its proxy, if any. */
  synchronized void goes(WebAddress to, Optional<Proxy> via) {
    target = to;
    proxy = via;
  }

  synchronized WebAddress target() {
    return Objects.requireNonNull(target);
  }

  synchronized Optional<Proxy> proxy() {
    return proxy;
  }

  /** The tunnel, if one is needed, is established: from now on, responses come from the portal. */
  synchronized void reachesPortal() {
    reachedPortal = true;
  }

  /** Fails if the response is the proxy's own. */
  synchronized void checkProxy(int code) {
    if (proxy.isPresent() && (!reachedPortal || code == PROXY_WANTS_CREDENTIALS)) {
      throw NetworkFailures.refusedByProxy(request, proxy.get(), code);
    }
  }

  synchronized void answered(ClassicHttpResponse response) {
    status = response.getCode();
    Map<String, List<String>> byName = new TreeMap<>();
    for (Header header : response.getHeaders()) {
      byName.merge(
          header.getName().toLowerCase(Locale.ROOT),
          List.of(String.valueOf(header.getValue())),
          (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
    }
    headers = byName;
  }

  public synchronized int status() {
    return status;
  }

  /** Headers of the response, by lower-case name. */
  public synchronized Map<String, List<String>> headers() {
    return headers;
  }

  synchronized boolean isCutOff() {
    return cutOff;
  }

  /** Ends the exchange at once, without reading the rest of the response. */
  public synchronized void cutOff() {
    cutOff = true;
    if (http != null) {
      http.cancel();
    }
  }

  /**
   * Translates a failure of this transfer.
   *
   * @return a {@link PortalException}, a {@link CancellationException}, or the failure itself if
   *     the portal did not cause it
   */
  public synchronized RuntimeException explain(Exception failure) {
    if (expired) {
      return new PortalException(
          FailureReason.TIMEOUT, request.uri() + " did not answer completely in time", failure);
    }
    if (stop.isStopped() && (cutOff || failure instanceof CancellationException)) {
      return new CancellationException("the script stops");
    }
    return NetworkFailures.explain(request, proxy, failure);
  }
}
