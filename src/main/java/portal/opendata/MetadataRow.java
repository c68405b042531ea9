package portal.opendata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import model.FailureReason;
import org.jspecify.annotations.Nullable;
import portal.Row;
import portal.ecourts.ArchivedRows;

/**
 * A document according to its metadata: its identity, address and facts, or that it is withheld.
 *
 * @param url null if the row has none
 * @param rejection null if it is fetched
 */
record MetadataRow(
    String id, @Nullable String url, @Nullable FailureReason rejection, Map<String, String> facts) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads the publisher's JSON; empty if it says nothing of use. */
  static Optional<MetadataRow> read(byte[] json, ArchivedRows rows) {
    JsonNode fields;
    try {
      fields = JSON.readTree(json);
    } catch (IOException | StackOverflowError e) {
      return Optional.empty();
    }
    return rows.read(text(fields, "pdf_link"), text(fields, "raw_html"))
        .map(row -> of(row, text(fields, "court_name")));
  }

  private static String text(JsonNode fields, String name) {
    return fields.path(name).isTextual() ? fields.path(name).asText() : "";
  }

  private static MetadataRow of(Row row, String court) {
    Map<String, String> facts = new LinkedHashMap<>(row.facts());
    if (!court.isBlank()) {
      facts.putIfAbsent("court", court.strip());
    }
    return new MetadataRow(row.id(), row.url(), row.rejection(), facts);
  }

  /** As it is kept. */
  String write() {
    ObjectNode fields = JSON.createObjectNode().put("id", id);
    if (url != null) {
      fields.put("url", url);
    }
    if (rejection != null) {
      fields.put("rejection", rejection.word());
    }
    ObjectNode own = fields.putObject("facts");
    facts.forEach(own::put);
    return fields.toString();
  }

  static MetadataRow parse(String text) {
    try {
      JsonNode fields = JSON.readTree(text);
      Map<String, String> facts = new LinkedHashMap<>();
      fields
          .path("facts")
          .properties()
          .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
      return new MetadataRow(
          fields.path("id").asText(),
          fields.path("url").isTextual() ? fields.path("url").asText() : null,
          FailureReason.of(fields.path("rejection").asText()).orElse(null),
          facts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
