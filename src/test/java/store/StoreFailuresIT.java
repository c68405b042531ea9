package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static testing.FaultyStore.http;

import config.StoreSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import model.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import store.StoreException.Kind;
import testing.FaultyStore;

/** What a person reads when the store fails. */
class StoreFailuresIT {
  @TempDir private Path folder;
  private FaultyStore gate;
  private Store store;

  @BeforeEach
  void open() throws IOException {
    FaultyStore.feedCredentialsChain();
    gate = new FaultyStore(folder);
    store = store(gate.endpoint());
  }

  private static Store store(URI endpoint) {
    StoreSettings settings = StoreFixture.settings(endpoint, false);
    return Store.open(settings, 1);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    gate.close();
  }

  /** What the store says to everything but a HEAD, whose answer has no body. */
  private StoreException told(int status, String code, String more, String... headers) {
    String error = "<Error><Code>%s</Code><Message>Own words. %s</Message></Error>";
    gate.answer(
        request ->
            request.startsWith("HEAD")
                ? "HTTP/1.1 %d x\r\nConnection: close\r\n\r\n".formatted(status)
                : http(status, error.formatted(code, more), headers));
    return catchThrowableOfType(StoreException.class, () -> store.bucket().require());
  }

  @ParameterizedTest
  @CsvSource({
    "400, ExpiredToken,         AWAY,    AWS_SESSION_TOKEN has expired",
    "403, RequestTimeTooSkewed, AWAY,    clock",
    "403, AccessDenied,         REFUSED, expected credentials",
    "403, QuotaExceeded,        REFUSED, Own words.",
    "400, RequestTimeout,       AWAY,    Own words.",
    "503, SlowDown,             AWAY,    Own words.",
    "500, InternalError,        AWAY,    Own words.",
  })
  void codeAndMessageAreTheStoresAndAdviceDependsOnTheCode(
      int status, String code, Kind kind, String advice) {
    StoreException told = told(status, code, "");

    assertThat(told.kind()).isEqualTo(kind);
    assertThat(told).hasMessageContainingAll("" + status, code, "Own words.", advice);
    assertThat(told).message().doesNotContain("s3.region").doesNotContain("\n");
  }

  @Test
  void theRegionOfTheBucketIsNamed() {
    assertThat(told(301, "PermanentRedirect", "", "x-amz-bucket-region: eu-west-3"))
        .hasMessageContaining("expected s3.region to be eu-west-3");
    assertThat(told(400, "AuthorizationHeaderMalformed", "expecting 'eu-west-1'"))
        .hasMessageContaining("expected s3.region to be eu-west-1");
  }

  @Test
  void aWrongClockIsReportedWithTheDifference() {
    ZonedDateTime theirs = ZonedDateTime.now(ZoneOffset.UTC).plus(Duration.ofMinutes(61));
    String date = "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(theirs);

    assertThat(told(403, "RequestTimeTooSkewed", "", date))
        .message()
        .containsPattern("(60|61) min behind the store's");
  }

  @Test
  void anUnknownHostIsNamed() {
    try (Store unknown = store(URI.create("http://store.invalid:9000"))) {
      assertThat(catchThrowableOfType(StoreException.class, () -> unknown.bucket().require()))
          .hasMessageContaining("the host \"store.invalid\" is unknown");
    }
  }

  @Test
  void failuresThatConcernNoObjectAreHeldAgainstNone() {
    Failure slow = new StoreException(Kind.AWAY, 503, "SlowDown", "slow down", null).failure();
    Failure refused = new StoreException(Kind.REFUSED, 500, "InternalError", "no", null).failure();

    assertThat(slow.kind()).isEqualTo(Failure.Kind.STORE_AWAY);
    assertThat(slow.reason()).isEmpty();
    assertThat(refused.reason()).isPresent();
  }
}
