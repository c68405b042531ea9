package portal.opendata.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a plan, and where its names stand. */
final class PlanReader {
  private final JsonParser json;
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();
  private final Map<Integer, Long> pagesOfNames = new HashMap<>();

  PlanReader(JsonParser json) {
    this.json = json;
  }

  PlanHeader header() throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("its first line is not a JSON object");
    }
    Map<String, String> values = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      values.put(key, json.getText());
    }
    PlanHeader header = new PlanHeader(values);
    if (!values.getOrDefault(PlanHeader.PAGE_SIZE, "").matches("[1-9]\\d{0,8}")) {
      throw new IOException("its first line has no " + PlanHeader.PAGE_SIZE);
    }
    return header;
  }

  /** Reads on; false at the end. */
  boolean line(int pageSize) throws IOException {
    numbers.clear();
    texts.clear();
    pagesOfNames.clear();
    JsonToken first = json.nextToken();
    if (first == null) {
      return false;
    }
    if (first != JsonToken.START_OBJECT) {
      throw new IOException("a line is not a JSON object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      switch (json.nextToken()) {
        case VALUE_NUMBER_INT -> numbers.put(field, json.getLongValue());
        case VALUE_STRING -> texts.put(field, json.getText());
        case START_ARRAY -> names(field.equals(SourcePlan.NAMES) ? pageSize : 0);
        default -> json.skipChildren();
      }
    }
    return true;
  }

  private void names(int pageSize) throws IOException {
    int page = number("first_page");
    for (long i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
      if (pageSize > 0 && i % pageSize == 0) {
        pagesOfNames.put(page++, json.currentTokenLocation().getByteOffset());
      }
    }
  }

  private int number(String field) {
    return Math.toIntExact(numbers.getOrDefault(field, 0L));
  }

  PlanLine read() throws IOException {
    String partition = texts.get("partition");
    if (partition == null || number("first_page") < 1) {
      throw new IOException("a line has no partition, or no first_page");
    }
    return new PlanLine(
        partition,
        text("part"),
        text("etag"),
        numbers.getOrDefault("size", 0L),
        numbers.getOrDefault("files", 0L),
        number("first_page"),
        number("pages"),
        number("growth"));
  }

  private @Nullable String text(String field) {
    return texts.get(field);
  }

  /** Where in the file the names of each page begin, if they stand in the line. */
  Map<Integer, Long> pagesOfNames() {
    return pagesOfNames;
  }
}
