package api;

import api.dto.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.jspecify.annotations.Nullable;

/**
 * A call of the API, as received. Camel puts headers, queries and parts of the path into one map,
 * where a query could be mistaken for a header. Here each is read from its own source.
 */
public final class ApiCall {
  private static final int MOST_LINES = 1000;

  private static final Pattern QUALITY =
      Pattern.compile(";\\s*q\\s*=\\s*([01](?:\\.\\d{0,3})?)\\s*(?:;|$)");

  private static final String LIST = "a list of texts";
  private static final String NO_OBJECT =
      "the body is not one JSON object, in which each field stands once";

  private final HttpServerRequest request;
  private final Exchange exchange;

  private ApiCall(HttpServerRequest request, Exchange exchange) {
    this.request = request;
    this.exchange = exchange;
  }

  static ApiCall of(Exchange exchange) {
    return new ApiCall(exchange.getMessage(HttpMessage.class).getRequest(), exchange);
  }

  /** A header, if there is one. */
  @Nullable String header(String name) {
    return request.getHeader(name);
  }

  /** A value from the query; null if there is none, or an empty one. */
  @Nullable String query(String name) {
    String value = only(name);
    return value == null || value.isBlank() ? null : value;
  }

  /** Refuses two values, because one of them would be lost. */
  private @Nullable String only(String name) {
    List<String> values = request.params().getAll(name);
    if (values.size() > 1) {
      throw new ApiException(400, name + " must be given only once");
    }
    return values.isEmpty() ? null : values.get(0);
  }

  /**
   * The weight of this media type in the caller's {@code Accept} header, counting only ranges that
   * name the type itself: from 0 for not at all to 1.
   */
  double wants(String type) {
    return Arrays.stream(orElse(header("Accept"), "").toLowerCase(Locale.ROOT).split(","))
        .map(String::strip)
        .filter(range -> range.split(";", 2)[0].strip().equals(type))
        .mapToDouble(ApiCall::quality)
        .max()
        .orElse(0);
  }

  private static double quality(String range) {
    Matcher quality = QUALITY.matcher(range);
    return quality.find() ? Double.parseDouble(quality.group(1)) : 1;
  }

  /**
   * A number of lines from the query.
   *
   * @throws ApiException if it is not a number from 1 to 1000
   */
  int lines(String name, int otherwise) {
    String value = only(name);
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
   * The body as a record; all components are null if there is no body.
   *
   * @throws ApiException if it is anything but a JSON object with only these fields
   */
  <T> T body(Class<T> type) {
    requireJson();
    String body = exchange.getMessage().getBody(String.class);
    try {
      JsonNode read = Json.CALLS.readTree(body == null || body.isBlank() ? "{}" : body);
      if (read.isObject()) {
        refuseNulls(read);
        return Json.CALLS.treeToValue(read, type);
      }
    } catch (UnrecognizedPropertyException e) {
      throw new ApiException(400, unknownField(type));
    } catch (JsonMappingException e) {
      throw new ApiException(400, wrong(e));
    } catch (JsonProcessingException | ArithmeticException | NumberFormatException e) {
      // reported below: the caller need not tell these apart
    }
    throw new ApiException(400, NO_OBJECT);
  }

  /** A record cannot tell a null from a field that is missing. */
  private static void refuseNulls(JsonNode object) {
    object
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isNull()) {
                throw new ApiException(400, field.getKey() + " must not be null");
              }
            });
  }

  private static String unknownField(Class<?> type) {
    List<String> fields =
        Arrays.stream(type.getRecordComponents())
            .map(
                field ->
                    PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(field.getName()))
            .toList();
    return fields.isEmpty()
        ? "the body has a field, and this call takes none"
        : "the body has an unknown field; expected " + String.join(", ", fields);
  }

  /** A message for a wrong value names its field; anything else is not an object. */
  private static String wrong(JsonMappingException e) {
    String field = e.getPath().isEmpty() ? null : e.getPath().get(0).getFieldName();
    if (field == null) {
      return NO_OBJECT;
    }
    if (!(e instanceof MismatchedInputException mismatch)) {
      return field + " is too large";
    }
    boolean inList = e.getPath().size() > 1;
    return field + " must be " + (inList ? LIST : words(mismatch.getTargetType()));
  }

  private static String words(Class<?> type) {
    if (type == Integer.class) {
      return "a whole number";
    }
    if (List.class.isAssignableFrom(type)) {
      return LIST;
    }
    if (type == Boolean.class) {
      return "true or false";
    }
    return type == String.class ? "a text" : "a number";
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

  private static String orElse(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }
}
