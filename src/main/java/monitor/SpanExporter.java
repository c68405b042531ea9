package monitor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import config.TracingSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans to an OpenTelemetry collector: OTLP over HTTP, as JSON. While the collector is down,
 * the oldest spans are lost, and nothing else.
 */
final class SpanExporter {
  /** How often {@link #flush} should be called. */
  static final Duration EVERY = Duration.ofSeconds(5);

  static final int MOST = 2000;

  private static final Logger LOG = LoggerFactory.getLogger(SpanExporter.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int OK = 200;

  private final TracingSettings settings;
  private final ObjectNode resource = JSON.createObjectNode();
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final Deque<ObjectNode> waiting = new ArrayDeque<>();
  private volatile boolean isAway;

  SpanExporter(TracingSettings settings, int instance, String version) {
    this.settings = settings;
    attributes(
        resource.putArray("attributes"),
        Map.of(
            "service.name", settings.service(),
            "service.instance.id", String.valueOf(instance),
            "service.version", version));
  }

  /** Adds attributes, of which the values are numbers or text. */
  static void attributes(ArrayNode array, Map<String, Object> values) {
    values.forEach(
        (key, value) -> {
          ObjectNode written = array.addObject().put("key", key).putObject("value");
          if (value instanceof Number number) {
            written.put("intValue", String.valueOf(number.longValue())); // 64 bits are text in OTLP
          } else {
            written.put("stringValue", value.toString());
          }
        });
  }

  /** Queues a span to be sent soon. */
  synchronized void add(ObjectNode span) {
    if (waiting.size() == MOST) {
      waiting.removeFirst();
    }
    waiting.add(span);
  }

  /** Sends the queued spans; if they are not accepted, they are sent again. */
  void flush() {
    List<ObjectNode> spans = take();
    if (spans.isEmpty()) {
      return;
    }
    String problem = send(spans);
    if (!problem.isEmpty()) {
      putBack(spans);
      if (!isAway) {
        LOG.warn("traces: {} does not take spans ({})", settings.endpoint(), problem);
      }
    }
    isAway = !problem.isEmpty();
  }

  private synchronized List<ObjectNode> take() {
    List<ObjectNode> spans = new ArrayList<>(waiting);
    waiting.clear();
    return spans;
  }

  private synchronized void putBack(List<ObjectNode> spans) {
    for (int i = spans.size() - 1; i >= 0 && waiting.size() < MOST; i--) {
      waiting.addFirst(spans.get(i));
    }
  }

  /** Returns what went wrong; empty if nothing did. */
  private String send(List<ObjectNode> spans) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode ofResource = body.putArray("resourceSpans").addObject();
    ofResource.set("resource", resource);
    ObjectNode scope = ofResource.putArray("scopeSpans").addObject();
    scope.putObject("scope").put("name", "judgment-harvester");
    scope.putArray("spans").addAll(spans);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.endpoint())
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()));
    settings.headers().forEach(request::header);
    try {
      int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
      return status / 100 == OK / 100 ? "" : "status " + status;
    } catch (IOException e) {
      return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
