package store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import model.Acceptance;
import model.DocumentState;
import model.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestFormatTest {
  private static final String SHA256 = "ab".repeat(32);
  private static final String STORED =
      """
      {"id":"a.pdf","row":1,"url":"http://h/a.pdf","key":"judgments/a.pdf","state":"stored","size":7,"sha256":"%s","stored_at":"2026-01-02T03:04:05Z"}"""
          .formatted(SHA256);

  private final ManifestFormat format = new ManifestFormat("judgments/");

  private List<ManifestRow> read(String text) throws BadManifestException {
    return format.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void fieldsAreInTheDocumentedOrderAndAbsentOnesAreLeftOut() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("title", "A वि. B");
    facts.put("cnr", null);
    facts.put("decision_date", "2017-06-29");
    ManifestRow row =
        new ManifestRow(
            "a.pdf",
            1,
            "http://h/a.pdf",
            "judgments/a.pdf",
            DocumentState.STORED,
            null,
            "no_eof",
            7L,
            SHA256,
            facts,
            Instant.parse("2026-01-02T03:04:05Z"),
            1_205L,
            Instant.parse("2026-01-02T03:04:00.123Z"));

    assertThat(new String(format.write(List.of(row)), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"id":"a.pdf","row":1,"url":"http://h/a.pdf","key":"judgments/a.pdf","state":"stored",\
            "defect":"no_eof","size":7,"sha256":"%s","title":"A वि. B","decision_date":"2017-06-29",\
            "stored_at":"2026-01-02T03:04:05Z","total":1205,\
            "listed_at":"2026-01-02T03:04:00.123Z"}
            """
                .formatted(SHA256));
  }

  @Test
  void whatWasWrittenIsReadBack() throws Exception {
    List<ManifestRow> rows =
        List.of(
            new ManifestRow(
                "a b%3Fx+y.pdf",
                1,
                "http://h/a?x",
                "judgments/a b%3Fx+y.pdf",
                DocumentState.STORED,
                null,
                "no_eof",
                7L,
                SHA256,
                Map.of("judge", "line\nbreak \"quoted\""),
                Instant.parse("2026-01-02T03:04:05Z"),
                16_886_658L,
                Instant.parse("2026-01-02T03:04:00.123Z")),
            new ManifestRow(
                "b.pdf",
                2,
                "http://h/b",
                "judgments/b.pdf",
                DocumentState.FAILED,
                FailureReason.http(503),
                null,
                null,
                null,
                Map.of(),
                null,
                0L,
                null,
                OptionalInt.of(503),
                new Acceptance(Instant.parse("2026-01-03T00:00:00Z"), "broken for ever")),
            new ManifestRow(
                "words",
                3,
                null,
                null,
                DocumentState.REJECTED,
                FailureReason.UNREADABLE,
                null,
                null,
                null,
                Map.of("raw", "<tr>"),
                null,
                null,
                null));

    assertThat(format.read(format.write(rows))).isEqualTo(rows);
  }

  @Test
  void theHttpStatusIsANumber() {
    ManifestRow row =
        new ManifestRow(
            "b.pdf",
            1,
            "http://h/b",
            "judgments/b.pdf",
            DocumentState.FAILED,
            FailureReason.GONE,
            null,
            null,
            null,
            Map.of(),
            null,
            null,
            null);

    assertThat(new String(format.write(List.of(row.answered(OptionalInt.of(410)))), UTF_8))
        .contains("\"http_status\":410");
    assertThat(new String(format.write(List.of(row)), UTF_8)).doesNotContain("http_status");
  }

  @Test
  void aRowFromBeforeTotalsWereRecordedHasNone() throws Exception {
    assertThat(read(STORED).get(0).total()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1205\"", "12.5", "null", "9223372036854775808"})
  void anInvalidNumberOfDocumentsIsNoTotal(String total) throws Exception {
    ManifestRow row = read(STORED.replace("\"row\":1", "\"row\":1,\"total\":" + total)).get(0);

    assertThat(row.total()).isNull();
    assertThat(row.facts()).isEmpty();
  }

  @Test
  void aManifestWithoutRowsIsEmptyAndReadAsSuch() throws Exception {
    assertThat(format.write(List.of())).isEmpty();
    assertThat(read("")).isEmpty();
  }

  @Test
  void theLastLineNeedsNoLineBreak() throws Exception {
    assertThat(read(STORED)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gone",
        "not_pdf",
        "truncated",
        "empty",
        "timeout",
        "connect",
        "reset",
        "http_500",
        "store"
      })
  void everyDocumentedReasonIsKnown(String reason) throws Exception {
    assertThat(read("{\"id\":\"a\",\"row\":1,\"state\":\"failed\",\"reason\":\"" + reason + "\"}"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nonsense | line 1 is not JSON",
        "[1] | line 1 is not a JSON object",
        "{\"id\":\"a\",\"row\":1,\"state\":\"lost\"} | has no known state",
        "{\"id\":\"a\",\"row\":1} | has no known state",
        "{\"id\":\"a\",\"row\":2,\"state\":\"failed\",\"reason\":\"gone\"} | has row 2, expected 1",
        "{\"id\":\"a\",\"row\":\"1\",\"state\":\"failed\",\"reason\":\"gone\"} | row",
        "{\"row\":1,\"state\":\"failed\",\"reason\":\"gone\"} | has no id",
        "{\"id\":\"a\",\"row\":1,\"state\":\"failed\"} | has no known reason",
        "{\"id\":\"a\",\"row\":1,\"state\":\"failed\",\"reason\":\"withheld\"} | no known reason",
        "{\"id\":\"a\",\"row\":1,\"state\":\"rejected\",\"reason\":\"gone\"} | no known reason",
        "{\"id\":\"a\",\"row\":1,\"state\":\"failed\",\"reason\":\"G?\"} | no known reason",
        "{\"id\":\"a\",\"row\":1,\"state\":\"stored\",\"size\":1} | stored and has no key",
        "{\"id\":\"a\",\"row\":1,\"state\":\"failed\",\"reason\":\"gone\",\"key\":\"other/a\"} |"
            + " not the prefix",
        "{\"id\":\"a\",\"row\":1,\"state\":\"failed\",\"reason\":\"gone\"}{\"id\":\"b\"} | not JSON",
        "{\"id\":\"a\",\"row\":1,\"state\":\"failed\",\"reason\":\"gone\",\"row\":1} | not JSON",
        "{\"id\":\"a\",\"row\":1,\"state\":\"failed\",\"reason\":\"gone\",\"listed_at\":"
            + "\"+999999999-12-31T23:59:59Z\"} | listed_at that is not a time"
      })
  void whatTheFormatDoesNotAllowIsNamed(String line, String problem) {
    assertThatThrownBy(() -> read(line + "\n"))
        .isInstanceOf(BadManifestException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource({"failed, true", "rejected, false"})
  void aReasonOfALaterVersionIsReadAndWrittenUnchanged(String state, boolean isRetryable)
      throws Exception {
    String line =
        "{\"id\":\"a\",\"row\":1,\"state\":\"%s\",\"reason\":\"lost_2030\"}\n".formatted(state);

    List<ManifestRow> rows = read(line);

    assertThat(rows.get(0).isRetryable()).isEqualTo(isRetryable);
    assertThat(rows.get(0).isRejected()).isNotEqualTo(isRetryable);
    assertThat(new String(format.write(rows), UTF_8)).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource({"size,has no size", "sha256,has no sha256", "key,has no key"})
  void aStoredRowNeedsKeySizeAndHash(String field, String problem) {
    assertThatThrownBy(() -> read(STORED.replace("\"" + field + "\"", "\"other\"") + "\n"))
        .isInstanceOf(BadManifestException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "%s\n\n", "\n%s\n"})
  void anEmptyLineIsNotARow(String text) {
    assertThatThrownBy(() -> read(text.formatted(STORED))).isInstanceOf(BadManifestException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "36893488147419103233", "5.0", "\"5\"", "-1"})
  void anInvalidNumberOfBytesIsNoSize(String size) {
    assertThatThrownBy(() -> read(STORED.replaceFirst("\"size\":\\d+", "\"size\":" + size)))
        .isInstanceOf(BadManifestException.class)
        .hasMessageContaining("stored and has no size");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../a.pdf", "a/../b.pdf"})
  void anImpossibleKeyIsNamed(String id) {
    String line =
        "{\"id\":\"%1$s\",\"row\":1,\"key\":\"judgments/%1$s\",\"state\":\"failed\",\"reason\":\"gone\"}";
    assertThatThrownBy(() -> read(line.formatted(id)))
        .isInstanceOf(BadManifestException.class)
        .hasMessageContaining("is not valid for a document");
  }

  @Test
  void invalidUtf8IsNotReplaced() {
    byte[] text = STORED.getBytes(StandardCharsets.UTF_8);
    text[STORED.indexOf(".pdf")] = (byte) 0xff;
    assertThatThrownBy(() -> format.read(text))
        .isInstanceOf(BadManifestException.class)
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void aTruncatedLineIsNotJson() {
    assertThatThrownBy(() -> read(STORED.substring(0, STORED.length() - 5)))
        .isInstanceOf(BadManifestException.class)
        .hasMessageContaining("line 1 is not JSON");
  }
}
