package monitor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import config.TracingSettings;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import model.Failure;
import model.FailureClassifier;
import model.Redactor;
import model.Ticker;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;
import pipeline.Page;
import pipeline.PageManifest;
import pipeline.PageSteps;

/** Creates a span for each page, for OpenTelemetry. Exists only if a collector is configured. */
public final class PageTraces implements RoutePolicyFactory, AutoCloseable {
  private static final String ROUTE = "page";
  private static final String BEGUN = "span.begun";
  private static final int INTERNAL = 1;
  private static final int ERROR = 2;
  private static final int TRACE_BYTES = 16;
  private static final int SPAN_BYTES = 8;

  /** The start of a page. */
  private record Begun(int page, long atMillis, long nanos) {}

  private final SpanExporter exporter;
  private final InstantSource clock;
  private final Ticker ticker;
  private final Random random;

  /**
   * @param executor sends the spans
   * @param random for their ids
   */
  public PageTraces(
      TracingSettings settings,
      int instance,
      String version,
      ScheduledExecutorService executor,
      InstantSource clock,
      Ticker ticker,
      Random random) {
    this.exporter = new SpanExporter(settings, instance, version);
    this.clock = clock;
    this.ticker = ticker;
    this.random = random;
    long every = SpanExporter.EVERY.toMillis();
    executor.scheduleWithFixedDelay(exporter::flush, every, every, TimeUnit.MILLISECONDS);
  }

  @Override
  public @Nullable RoutePolicy createRoutePolicy(
      CamelContext camel, String routeId, NamedNode route) {
    return routeId.equals(ROUTE) ? new Policy() : null;
  }

  /** Sends what is left. */
  @Override
  public void close() {
    exporter.flush();
  }

  private final class Policy extends RoutePolicySupport {
    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
      Integer page = exchange.getMessage().getBody(Integer.class);
      exchange.setProperty(
          BEGUN, new Begun(page == null ? 0 : page, clock.millis(), ticker.nanos()));
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
      Begun begun = exchange.getProperty(BEGUN, Begun.class);
      if (begun != null) {
        exporter.add(span(begun, exchange));
      }
    }
  }

  private ObjectNode span(Begun begun, Exchange exchange) {
    long begin = TimeUnit.MILLISECONDS.toNanos(begun.atMillis());
    ObjectNode span = JsonNodeFactory.instance.objectNode();
    span.put("traceId", id(TRACE_BYTES)).put("spanId", id(SPAN_BYTES));
    span.put("name", ROUTE).put("kind", INTERNAL);
    span.put("startTimeUnixNano", String.valueOf(begin));
    span.put("endTimeUnixNano", String.valueOf(begin + ticker.nanos() - begun.nanos()));
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("script", exchange.getMessage().getHeader(PageSteps.SCRIPT, 0, Integer.class));
    attributes.put("page", begun.page());
    attributes.putAll(figures(exchange.getMessage().getBody()));
    Exception cause = exchange.getException();
    Failure failure = cause == null ? null : FailureClassifier.classify(cause);
    attributes.put("outcome", outcome(failure));
    SpanExporter.attributes(span.putArray("attributes"), attributes);
    if (failure != null && failure.kind() != Failure.Kind.STOPPED) {
      span.putObject("status").put("code", ERROR).put("message", Redactor.redact(failure.words()));
    }
    return span;
  }

  private static String outcome(@Nullable Failure failure) {
    return failure == null
        ? "complete"
        : failure.kind() == Failure.Kind.STOPPED ? "left" : "failed";
  }

  private static Map<String, Object> figures(Object body) {
    if (body instanceof PageManifest manifest) {
      long stored = manifest.rows().stream().filter(row -> row.isStored()).count();
      long rejected = manifest.rows().stream().filter(row -> row.isRejected()).count();
      long rows = manifest.rows().size();
      return Map.of(
          "rows", rows, "stored", stored, "rejected", rejected, "failed", rows - stored - rejected);
    }
    return body instanceof Page page ? Map.of("rows", page.rowCount()) : Map.of();
  }

  private String id(int bytes) {
    byte[] id = new byte[bytes];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }
}
