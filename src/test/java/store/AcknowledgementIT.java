package store;

import static org.assertj.core.api.Assertions.assertThat;
import static testing.FaultyStore.http;

import config.UploadSettings;
import config.UploadSettings.Checksum;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import model.Digests;
import model.ObjectKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import store.StoreException.Kind;
import testing.FaultyStore;

/**
 * Only status 200 with an ETag, and without a different checksum, proves that the store has an
 * object.
 */
class AcknowledgementIT {
  private static final byte[] BYTES = "%PDF-1.4 %%EOF".getBytes(StandardCharsets.US_ASCII);
  private static final String ETAG = "ETag: \"1\"";

  @TempDir private Path folder;
  private FaultyStore gate;
  private Store store;

  @BeforeEach
  void open() throws IOException {
    FaultyStore.feedCredentialsChain();
    gate = new FaultyStore(folder);
    open(UploadSettings.DEFAULT);
    store.bucket().ensure();
  }

  private void open(UploadSettings uploads) {
    store = Store.open(StoreFixture.settings(gate.endpoint(), true, uploads), 2);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    gate.close();
  }

  static Stream<Arguments> answersThatAcknowledgeNothing() {
    String page = "<html><body>Please log in</body></html>";
    String error = "<Error><Code>InternalError</Code><Message>try again</Message></Error>";
    String other = StoreHeaders.base64("00".repeat(32));
    return Stream.of(
        Arguments.of("a login page", http(200, page, "Content-Type: text/html"), "web page"),
        Arguments.of("a page with an ETag", http(200, page, ETAG), "web page"),
        Arguments.of("no words but html", http(200, "", "Content-Type: text/html"), "no ETag"),
        Arguments.of("words", http(200, "log in", "Content-Type: text/html", ETAG), "web page"),
        Arguments.of("an error", http(200, error, "Content-Type: application/xml"), "try again"),
        Arguments.of("an error with an ETag", http(200, error, ETAG), "try again"),
        Arguments.of("no ETag", http(200, ""), "no ETag"),
        Arguments.of("an empty ETag", http(200, "", "ETag: "), "no ETag"),
        Arguments.of("an empty ETag in quotes", http(200, "", "ETag: \"\""), "no ETag"),
        Arguments.of("an ETag that is cut off", http(200, "", "ETag: \"1"), "no ETag"),
        Arguments.of("another status", http(202, "", ETAG), "no acknowledgement"),
        Arguments.of("a page without end", http(200, page.repeat(1000), ETAG), "web page"),
        Arguments.of(
            "another checksum",
            http(200, "", ETAG, "x-amz-checksum-sha256: " + other),
            "checksum"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answersThatAcknowledgeNothing")
  void aResponseThatIsNotAnAcknowledgementIsAFailureOfTheStore(
      String name, String answer, String words) throws IOException {
    gate.answer(request -> request.startsWith("PUT") ? answer : null);

    for (int i = 0; i < 3; i++) { // more than there are connections
      StoreException document = put(document());
      assertThat(document.kind()).isEqualTo(Kind.REFUSED);
      assertThat(document.status() / 100).isEqualTo(2);
      assertThat(document).hasMessageContaining(words);
      assertThat(put(manifest())).hasMessageContaining(words);
    }
    gate.heal();
    assertThat(put(document())).isNull();
  }

  @Test
  void aResponseThatBreaksOffAcknowledgesNothingAndTheUploadIsRepeated() throws IOException {
    AtomicInteger left = new AtomicInteger(1);
    String half = "HTTP/1.1 200 x\r\nETag: \"1\"\r\nContent-Length: 9\r\n\r\nhalf";
    gate.answer(request -> request.startsWith("PUT") && left.getAndDecrement() > 0 ? half : null);
    assertThat(put(document())).isNull();
    assertThat(left.get()).isNegative();

    left.set(100);
    assertThat(put(manifest()).kind()).isEqualTo(Kind.AWAY);
  }

  @ParameterizedTest
  @CsvSource({
    "sha256, Rlf63MQd+LWS5/MfqC2lg1E6HId0usXu0x9QH+ILXL0=",
    "sha1, 9mZCM1qabHfR72GAVLZQfrP61zo=",
    "crc32, qDmo/g==",
    "crc32c, 5KdGhw=="
  })
  void onlyTheSameChecksumIsAnAcknowledgementWhicheverWasSent(String name, String own)
      throws IOException {
    String header = ETAG + "\r\nx-amz-checksum-" + name + ": ";
    for (Checksum sent : Checksum.values()) {
      store.close();
      open(new UploadSettings(sent, null, null, null));
      gate.answer(request -> http(200, "", header + own));
      assertThat(put(document())).isNull();
      assertThat(put(manifest())).isNull();

      gate.answer(request -> http(200, "", header + own.replaceFirst(".", "A")));
      assertThat(put(document())).hasMessageContaining("checksum");
      assertThat(put(manifest())).hasMessageContaining("checksum");
    }
  }

  @Test
  void anEmptyBodyIsAnAcknowledgementWhateverItsContentType() throws IOException {
    gate.answer(request -> http(200, "", "Content-Type: text/html; charset=UTF-8", ETAG)); // Swift

    assertThat(put(document())).isNull();
    assertThat(put(manifest())).isNull();
  }

  @Test
  void anETagOtherThanTheMd5IsAnAcknowledgementAsForEncryptedObjects() throws IOException {
    gate.answer(request -> http(200, "", "ETag: \"" + "0123456789abcdef".repeat(2) + "\""));
    store.close();
    open(new UploadSettings(Checksum.MD5, null, null, null));

    assertThat(put(document())).isNull();
  }

  private static Map<String, Object> document() {
    return StoreHeaders.document(
        new ObjectKey("judgments/", "a.pdf"), BYTES.length, Digests.sha256(BYTES), Map.of());
  }

  private static Map<String, Object> manifest() {
    return StoreHeaders.manifest(
        new ObjectKey("manifests/", "page-000001.jsonl"), Digests.sha256(BYTES));
  }

  private StoreException put(Map<String, Object> headers) throws IOException {
    return CamelUpload.of(store, headers, BYTES).orElse(null);
  }
}
