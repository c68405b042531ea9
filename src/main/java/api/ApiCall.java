package api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/**
 * A call as it came. Camel puts headers, queries and parts of the path into one map, in which a
 * query could pass for a header; here each is read from its own place.
 */
public final class ApiCall {
  private static final int MOST_LINES = 1000;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final HttpServerRequest request;
  private final Exchange exchange;

  private ApiCall(HttpServerRequest request, Exchange exchange) {
    this.request = request;
    this.exchange = exchange;
  }

  static ApiCall of(Exchange exchange) {
    return new ApiCall(exchange.getMessage(HttpMessage.class).getRequest(), exchange);
  }

  /** A header; null when there is none. */
  String header(String name) {
    return request.getHeader(name);
  }

  /**
   * A number of lines from the query.
   *
   * @throws ApiException when it is none from 1 to 1000
   */
  int lines(String name, int otherwise) {
    String value = request.getParam(name);
    if (value == null) {
      return otherwise;
    }
    if (value.matches("\\d{1,4}")
        && Integer.parseInt(value) >= 1
        && Integer.parseInt(value) <= MOST_LINES) {
      return Integer.parseInt(value);
    }
    throw new ApiException(400, name + " must be a whole number from 1 to " + MOST_LINES);
  }

  /**
   * The body, which is a JSON object with no other than these fields; an empty object when there is
   * no body.
   *
   * @throws ApiException when it is anything else
   */
  JsonNode object(Set<String> fields) {
    requireJson();
    String body = exchange.getMessage().getBody(String.class);
    JsonNode object = body == null || body.isBlank() ? JSON.createObjectNode() : parse(body);
    object
        .fieldNames()
        .forEachRemaining(
            field -> {
              if (!fields.contains(field)) {
                throw new ApiException(
                    400,
                    fields.isEmpty()
                        ? "the body has a field, and this call takes none"
                        : "the body has an unknown field; expected " + String.join(", ", fields));
              }
            });
    return object;
  }

  private void requireJson() {
    String type = header("Content-Type");
    boolean hasBody =
        header("Transfer-Encoding") != null || !"0".equals(orElse(header("Content-Length"), "0"));
    String media = orElse(type, "application/json").split(";", 2)[0].strip();
    if (hasBody && !media.toLowerCase(Locale.ROOT).equals("application/json")) {
      throw new ApiException(415, "the body must be application/json");
    }
  }

  private static String orElse(String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  private static JsonNode parse(String body) {
    try {
      JsonNode node = JSON.readTree(body);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException | ArithmeticException | NumberFormatException e) {
      // said below: for the caller all are the same, also a number that no computer holds
    }
    throw new ApiException(400, "the body is not a JSON object");
  }
}
