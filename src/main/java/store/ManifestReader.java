package store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import model.Acceptance;
import model.DocumentState;
import model.FailureReason;
import org.jspecify.annotations.Nullable;

/** Reads the text of a manifest, and checks every row. */
final class ManifestReader {
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "row",
          "url",
          "key",
          "state",
          "reason",
          "defect",
          "size",
          "sha256",
          "stored_at",
          "http_status",
          "total",
          "accepted_at",
          "note",
          "listed_at");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Map<String, DocumentState> STATES =
      Stream.of(DocumentState.STORED, DocumentState.FAILED, DocumentState.REJECTED)
          .collect(Collectors.toMap(DocumentState::word, Function.identity()));
  private static final Pattern REASON = Pattern.compile("[a-z][a-z0-9_]*");

  private final ObjectMapper json =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // rejects two rows on one line
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private final String prefix;

  /**
   * @param prefix the prefix of every document's key
   */
  ManifestReader(String prefix) {
    this.prefix = prefix;
  }

  List<ManifestRow> read(byte[] text) throws BadManifestException {
    List<ManifestRow> rows = new ArrayList<>();
    String lines = decode(text);
    String withoutLastEnd = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    if (!lines.isEmpty()) {
      for (String line : withoutLastEnd.split("\n", -1)) {
        rows.add(row(line, rows.size() + 1));
      }
    }
    return rows;
  }

  /** Malformed characters are an error. Replacing them could make two different keys equal. */
  private static String decode(byte[] text) throws BadManifestException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      throw new BadManifestException("the manifest is not UTF-8");
    }
  }

  private ManifestRow row(String line, int number) throws BadManifestException {
    JsonNode fields = parse(line, number);
    Instant storedAt = instant(fields, "stored_at", number);
    Instant listedAt = instant(fields, "listed_at", number);
    int position = fields.path("row").isInt() ? fields.path("row").intValue() : 0;
    require(position == number, number, "has row " + position + ", expected " + number);
    String id = text(fields, "id");
    if (id == null) {
      throw bad(number, "has no id");
    }
    DocumentState state = STATES.get(fields.path("state").asText());
    if (state == null) {
      throw bad(number, "has no known state");
    }
    ManifestRow row =
        new ManifestRow(
            id,
            position,
            text(fields, "url"),
            text(fields, "key"),
            state,
            reason(fields, state),
            text(fields, "defect"),
            number(fields, "size"),
            text(fields, "sha256"),
            facts(fields),
            storedAt,
            number(fields, "total"),
            listedAt,
            httpStatus(fields),
            acceptance(fields, number));
    check(row, number);
    return row;
  }

  /** A later version may have added a reason; the state still tells a rejection from a failure. */
  private static @Nullable FailureReason reason(JsonNode fields, DocumentState state) {
    String word = text(fields, "reason");
    return word == null || !REASON.matcher(word).matches()
        ? null
        : FailureReason.read(word, state == DocumentState.REJECTED);
  }

  private JsonNode parse(String line, int number) throws BadManifestException {
    try {
      JsonNode fields = json.readTree(line);
      require(fields.isObject(), number, "is not a JSON object");
      return fields;
    } catch (JsonProcessingException e) {
      throw new BadManifestException("line " + number + " is not JSON");
    }
  }

  private static @Nullable String text(JsonNode fields, String name) {
    return fields.path(name).isTextual() ? fields.path(name).asText() : null;
  }

  /** A number too large for a long is an error, because truncation would change it. */
  private static @Nullable Long number(JsonNode fields, String name) {
    JsonNode number = fields.path(name);
    return number.isIntegralNumber() && number.canConvertToLong() ? number.longValue() : null;
  }

  private static OptionalInt httpStatus(JsonNode fields) {
    JsonNode status = fields.path("http_status");
    return status.isInt() ? OptionalInt.of(status.intValue()) : OptionalInt.empty();
  }

  private static Map<String, String> facts(JsonNode fields) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        facts.put(field.getKey(), field.getValue().asText());
      }
    }
    return facts;
  }

  private static @Nullable Instant instant(JsonNode fields, String name, int number)
      throws BadManifestException {
    String text = text(fields, name);
    try {
      Instant time = text == null ? null : Instant.parse(text);
      if (time != null) {
        time.toEpochMilli(); // thousands of centuries from now are no time
      }
      return time;
    } catch (DateTimeException | ArithmeticException e) {
      throw new BadManifestException("line " + number + " has a " + name + " that is not a time");
    }
  }

  private static @Nullable Acceptance acceptance(JsonNode fields, int number)
      throws BadManifestException {
    Instant at = instant(fields, "accepted_at", number);
    String note = text(fields, "note");
    return at == null ? null : new Acceptance(at, note == null ? "" : note);
  }

  private void check(ManifestRow row, int number) throws BadManifestException {
    if (row.isStored()) {
      require(row.key() != null, number, "is stored and has no key");
      require(row.size() != null && row.size() >= 0, number, "is stored and has no size");
      require(
          row.sha256() != null && SHA256.matcher(row.sha256()).matches(),
          number,
          "is stored and has no sha256");
    } else {
      require(
          row.reason() != null && row.reason().isRejection() == row.isRejected(),
          number,
          "is " + row.state().word() + " and has no known reason");
    }
    require(
        row.key() == null || row.key().equals(prefix + row.id()),
        number,
        "has a key that is not the prefix with its id");
    require(
        row.key() == null || !row.id().isEmpty() && !row.key().contains(".."),
        number,
        "has a key that is not valid for a document");
  }

  private static void require(boolean holds, int number, String otherwise)
      throws BadManifestException {
    if (!holds) {
      throw bad(number, otherwise);
    }
  }

  private static BadManifestException bad(int number, String what) {
    return new BadManifestException("line " + number + " " + what);
  }
}
