package store;

import static org.assertj.core.api.Assertions.assertThat;
import static testing.FaultyStore.http;

import config.StoreSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import model.Digests;
import model.ObjectKey;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import store.StoreException.Kind;
import testing.FaultyStore;

/** Only status 200 with an ETag, and with no other checksum, says that the store has an object. */
class AcknowledgementTest {
  private static final byte[] BYTES = "%PDF-1.4 %%EOF".getBytes(StandardCharsets.US_ASCII);
  private static final String ETAG = "ETag: \"1\"";

  @TempDir private Path folder;
  private FaultyStore gate;
  private Store store;

  @BeforeEach
  void open() throws IOException {
    FaultyStore.feedCredentialsChain();
    gate = new FaultyStore(folder);
    StoreSettings settings = StoreFixture.settings(gate.endpoint(), true);
    store = Store.open(settings, 2);
    store.bucket().ensure();
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
        Arguments.of("no words but html", http(200, "", "Content-Type: text/html", ETAG), "page"),
        Arguments.of("an error", http(200, error, "Content-Type: application/xml"), "try again"),
        Arguments.of("an error with an ETag", http(200, error, ETAG), "try again"),
        Arguments.of("no ETag", http(200, ""), "no ETag"),
        Arguments.of("an empty ETag", http(200, "", "ETag: "), "no ETag"),
        Arguments.of("another status", http(202, "", ETAG), "no acknowledgement"),
        Arguments.of("a page without end", http(200, page.repeat(1000), ETAG), "web page"),
        Arguments.of(
            "another checksum",
            http(200, "", ETAG, "x-amz-checksum-sha256: " + other),
            "checksum"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answersThatAcknowledgeNothing")
  void anAnswerThatIsNoAcknowledgementIsAFailureOfTheStore(String name, String answer, String words)
      throws IOException {
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
  void anAnswerWithTheSameChecksumIsAnAcknowledgement() throws IOException {
    String same = "x-amz-checksum-sha256: " + StoreHeaders.base64(Digests.sha256(BYTES));
    gate.answer(request -> request.startsWith("PUT") ? http(200, "", ETAG, same) : null);

    assertThat(put(document())).isNull();
    assertThat(put(manifest())).isNull();
  }

  private static Map<String, Object> document() {
    return StoreHeaders.document(
        new ObjectKey("judgments/", "a.pdf"), BYTES.length, Digests.sha256(BYTES));
  }

  private static Map<String, Object> manifest() {
    return StoreHeaders.manifest(
        new ObjectKey("manifests/", "page-000001.jsonl"), Digests.sha256(BYTES));
  }

  /** Puts an object like a route does, and returns the exception of the exchange. */
  private StoreException put(Map<String, Object> headers) throws IOException {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.getRegistry().bind("s3", store.camelClient());
      camel.start();
      Exchange exchange =
          camel
              .createProducerTemplate()
              .send(
                  "aws2-s3:judgments-test?amazonS3Client=#s3&fileName=unused",
                  put -> {
                    put.getMessage().setBody(BYTES);
                    headers.forEach(put.getMessage()::setHeader);
                  });
      return exchange.getException(StoreException.class);
    }
  }
}
