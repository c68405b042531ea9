package portal.http;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import model.FailureReason;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import portal.PortalException;
import portal.Request;

/**
 * One request on its way to the portal and back. It can be cut off from another thread at any
 * moment: when its time is up, or when its script stops and the portal keeps it waiting.
 */
public final class Transfer {
  /** How long a stopping script lets a request go on before it is cut off. */
  static final Duration GRACE = Duration.ofSeconds(3);

  private final Request request;
  private final Object party;
  private final BooleanSupplier cancelled;
  private long startNanos;
  private long cancelledNanos;
  private boolean begun;
  private boolean ended;
  private boolean expired;
  private boolean cutOff;
  private Cancellable http;
  private int status;
  private Map<String, List<String>> headers = Map.of();

  /**
   * @param party on whose behalf it goes: shares the governor's places with others
   * @param cancelled whether the script on whose behalf it goes is being stopped
   */
  public Transfer(Request request, Object party, BooleanSupplier cancelled) {
    this.request = request;
    this.party = party;
    this.cancelled = cancelled;
  }

  public Request request() {
    return request;
  }

  public Object party() {
    return party;
  }

  public boolean isCancelled() {
    return cancelled.getAsBoolean();
  }

  synchronized void begin() {
    startNanos = System.nanoTime();
    begun = true;
  }

  synchronized void end() {
    ended = true;
    http = null;
  }

  /** Called by the HTTP client with what ends the exchange at once. */
  synchronized void sending(Cancellable exchange) {
    http = exchange;
    if (cutOff) {
      exchange.cancel();
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

  /** Headers of the answer, by lower-case name. */
  public synchronized Map<String, List<String>> headers() {
    return headers;
  }

  /** Ends the exchange at once, without reading what the portal has still to say. */
  public synchronized void cutOff() {
    cutOff = true;
    if (http != null) {
      http.cancel();
    }
  }

  /** Cuts the exchange off when its time is up or its script has stopped. */
  synchronized void look(long now, Duration longest) {
    if (!begun || ended || cutOff) {
      return;
    }
    if (now - startNanos > longest.toNanos()) {
      expired = true;
      cutOff();
    } else if (isCancelled()) {
      cancelledNanos = cancelledNanos == 0 ? now : cancelledNanos;
      if (now - cancelledNanos > GRACE.toNanos()) {
        cutOff();
      }
    }
  }

  /**
   * What a failure of this transfer means.
   *
   * @return a {@link PortalException}, a {@link CancellationException} or, for what is not the
   *     portal's doing, the failure itself
   */
  public synchronized RuntimeException explain(Exception failure) {
    if (expired) {
      return new PortalException(
          FailureReason.TIMEOUT, request.uri() + " was not answered whole in time", failure);
    }
    if (isCancelled() && (cutOff || failure instanceof CancellationException)) {
      return new CancellationException("the script stops");
    }
    return NetworkFailures.explain(request, failure);
  }
}
