package harvest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The program's OpenAPI description, to validate its responses against. */
final class Description {
  /**
   * @param method upper case
   * @param path with {@code {id}} in it
   */
  record Call(String method, String path) {
    boolean changesSomething() {
      return !method.equals("GET");
    }

    /** The path with this script's number, if the call has one. */
    String pathOf(int script) {
      return path.replace("{id}", String.valueOf(script)).replace("{captcha}", "none");
    }

    /** The same, with the query that the call cannot do without. */
    String queryOf(int script) {
      return pathOf(script) + (path.equals("/api/documents") ? "?id=doc/3.pdf" : "");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE = "http://described/openapi.json";

  private final JsonNode whole;
  private final JsonSchemaFactory schemas;
  private final SchemaValidatorsConfig strict =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  Description(String text) throws JsonProcessingException {
    this.whole = JSON.readTree(text);
    this.schemas =
        JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            factory -> factory.schemaLoaders(loaders -> loaders.schemas(Map.of(BASE, text))));
  }

  /** Every call, in the order of the description. */
  List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    whole
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          if (operation.getValue().has("responses")) {
                            calls.add(
                                new Call(
                                    operation.getKey().toUpperCase(Locale.ROOT), path.getKey()));
                          }
                        }));
    return calls;
  }

  /** The possible statuses of the response. */
  Set<Integer> statuses(Call call) {
    Set<Integer> statuses = new TreeSet<>();
    whole.at(responses(call)).fieldNames().forEachRemaining(s -> statuses.add(Integer.valueOf(s)));
    return statuses;
  }

  /** Whether a call needs the key, if one is set. */
  boolean needsKey(Call call) {
    JsonNode own = whole.at(operation(call) + "/security");
    return own.isMissingNode() ? !whole.path("security").isEmpty() : !own.isEmpty();
  }

  /**
   * Validates a response against the description.
   *
   * @throws AssertionError if its status is not listed, or its body is not as described
   */
  void check(Call call, int status, String contentType, String body) {
    String response = responses(call) + "/" + status;
    if (whole.at(response).isMissingNode()) {
      throw new AssertionError("%s answered %d, undescribed: %s".formatted(call, status, body));
    }
    JsonNode shared = whole.at(response + "/$ref");
    if (shared.isTextual()) {
      response = shared.asText().substring(1);
    }
    if (!whole.at(response + "/content").has(contentType)) {
      throw new AssertionError(
          "%s answered %d as %s, undescribed: %s".formatted(call, status, contentType, body));
    }
    String schema = response + "/content/" + contentType.replace("/", "~1") + "/schema";
    Set<ValidationMessage> wrong = schema(schema).validate(body, InputFormat.JSON);
    if (!wrong.isEmpty()) {
      throw new AssertionError("%s answered %d: %s in %s".formatted(call, status, wrong, body));
    }
  }

  private JsonSchema schema(String pointer) {
    if (!whole.at(pointer).isObject()) {
      throw new AssertionError("no schema at " + pointer);
    }
    return schemas.getSchema(SchemaLocation.of(BASE + "#" + pointer), strict);
  }

  private static String operation(Call call) {
    return "/paths/%s/%s"
        .formatted(call.path().replace("/", "~1"), call.method().toLowerCase(Locale.ROOT));
  }

  private static String responses(Call call) {
    return operation(call) + "/responses";
  }
}
