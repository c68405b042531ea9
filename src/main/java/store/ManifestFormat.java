package store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import model.Acceptance;
import org.jspecify.annotations.Nullable;

/** The text format of a manifest: one JSON object per row, without absent fields. */
final class ManifestFormat {
  private static final String OFFSET = "source_offset";

  private final JsonMapper json = JsonMapper.builder().build();
  private final ManifestReader reader;

  /**
   * @param prefix the prefix of every document's key
   */
  ManifestFormat(String prefix) {
    this.reader = new ManifestReader(prefix);
  }

  byte[] write(List<ManifestRow> rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (ManifestRow row : rows) {
      out.writeBytes(line(row).getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    }
    return out.toByteArray();
  }

  private String line(ManifestRow row) {
    ObjectNode line = json.createObjectNode();
    line.put("id", row.id());
    line.put("row", row.row());
    put(line, "url", row.url());
    put(line, "key", row.key());
    line.put("state", row.state().word());
    put(line, "reason", row.reason() == null ? null : row.reason().word());
    put(line, "defect", row.defect());
    put(line, "size", row.size());
    put(line, "sha256", row.sha256());
    row.facts().forEach((field, value) -> fact(line, field, value));
    put(line, "stored_at", row.storedAt() == null ? null : row.storedAt().toString());
    row.httpStatus().ifPresent(status -> line.put("http_status", status));
    Acceptance accepted = row.acceptance();
    put(line, "accepted_at", accepted == null ? null : accepted.at().toString());
    put(line, "note", accepted == null ? null : accepted.note());
    put(line, "total", row.total());
    put(line, "listed_at", row.listedAt() == null ? null : row.listedAt().toString());
    try {
      return json.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Offsets in a file are numbers, all other facts are strings. */
  private static void fact(ObjectNode line, String field, String value) {
    if (field.equals(OFFSET) && value.matches("\\d{1,18}")) {
      line.put(field, Long.parseLong(value));
    } else {
      put(line, field, value);
    }
  }

  private static void put(ObjectNode line, String field, @Nullable String value) {
    if (value != null) {
      line.put(field, value);
    }
  }

  private static void put(ObjectNode line, String field, @Nullable Long value) {
    if (value != null) {
      line.put(field, value);
    }
  }

  List<ManifestRow> read(byte[] text) throws BadManifestException {
    return reader.read(text);
  }
}
