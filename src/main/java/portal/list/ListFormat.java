package portal.list;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How the records of a list are written: in lines of JSON, or as CSV with these columns.
 *
 * @param columns lower case; none for JSON
 */
record ListFormat(List<String> columns) {
  /** A JSON object a line. */
  static final ListFormat JSON_LINES = new ListFormat(List.of());

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // else the rest would be lost
          .build();

  ListFormat {
    columns = List.copyOf(columns);
  }

  /** CSV with this header. */
  static ListFormat csv(String header) {
    return new ListFormat(
        csvFields(header).stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList());
  }

  boolean isCsv() {
    return !columns.isEmpty();
  }

  /** Reads a record, which may be anything. */
  ListRecord read(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (isCsv()) {
      List<String> values = csvFields(text);
      for (int i = 0; i < Math.min(columns.size(), values.size()); i++) {
        put(fields, columns.get(i), values.get(i));
      }
    } else {
      jsonFields(text, fields);
    }
    return new ListRecord(fields, text);
  }

  private static void jsonFields(String text, Map<String, String> fields) {
    JsonNode object;
    try {
      object = JSON.readTree(withoutComma(text.strip()));
    } catch (JsonProcessingException e) {
      return;
    }
    if (object.isObject()) {
      object
          .properties()
          .forEach(
              field -> {
                if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                  put(fields, field.getKey().toLowerCase(Locale.ROOT), field.getValue().asText());
                }
              });
    }
  }

  /** A line of an array that was written with a line for each object ends with one. */
  private static String withoutComma(String line) {
    return line.endsWith(",") ? line.substring(0, line.length() - 1) : line;
  }

  private static void put(Map<String, String> fields, String name, String value) {
    if (!value.isBlank()) {
      fields.putIfAbsent(name, value.strip());
    }
  }

  /** The fields of one CSV record, as RFC 4180 has them: quotes are doubled within quotes. */
  private static List<String> csvFields(String record) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    boolean begins = true;
    for (int i = 0; i < record.length(); i++) {
      char c = record.charAt(i);
      if (quoted) {
        if (c != '"') {
          field.append(c);
        } else if (i + 1 < record.length() && record.charAt(i + 1) == '"') {
          field.append(c);
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"' && begins) {
        quoted = true;
        begins = false;
      } else if (c == ',') {
        fields.add(field.toString());
        field.setLength(0);
        begins = true;
      } else {
        field.append(c);
        begins = false;
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
