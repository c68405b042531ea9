package pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import ledger.LedgerException;
import model.Failure;
import model.Failure.Kind;
import model.FailureClassifier;
import model.FailureReason;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import portal.CaptchaException;
import portal.PortalException;
import portal.RobotsException;
import portal.SessionException;
import portal.SpoolException;
import store.StoreException;

/** What the exceptions of all packages mean for the pipeline. */
class FailureKindsTest {
  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(new CancellationException("stops"), Kind.STOPPED),
        Arguments.of(new StoreException(StoreException.Kind.ABORTED, "stops"), Kind.STOPPED),
        Arguments.of(new CaptchaException("asks", "data:"), Kind.CAPTCHA),
        Arguments.of(new PortalException(FailureReason.GONE, "gone"), Kind.PORTAL),
        Arguments.of(new SessionException("over"), Kind.SESSION),
        Arguments.of(new RobotsException("forbidden"), Kind.ROBOTS),
        Arguments.of(new StoreException(StoreException.Kind.REFUSED, "no"), Kind.STORE_REFUSED),
        Arguments.of(new StoreException(StoreException.Kind.AWAY, "away"), Kind.STORE_AWAY),
        Arguments.of(new SpoolException(new IOException("a broken disk")), Kind.BROKEN),
        Arguments.of(new SpoolException(new IOException("No space left on device")), Kind.DISK),
        Arguments.of(
            new LedgerException("[SQLITE_FULL] disk is full", new IOException()), Kind.DISK),
        Arguments.of(new IllegalStateException("a bug"), Kind.BROKEN));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachFailureIsRecognisedWithItsMessageEvenIfWrapped(Exception thrown, Kind kind) {
    Failure failure = FailureClassifier.classify(thrown);
    Failure wrapped =
        FailureClassifier.classify(new RuntimeCamelException(new ExecutionException(thrown)));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.words()).isEqualTo(thrown.getMessage());
    assertThat(wrapped.kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/data/spool/1.pdf: Too many open files",
        "/data/spool/1.pdf: Read-only file system",
        "[SQLITE_BUSY] The database file is locked (database is locked)",
        "[SQLITE_CANTOPEN] Unable to open the database file (unable to open database file)",
        "[SQLITE_READONLY] Attempt to write a readonly database"
      })
  void temporaryFileSystemFaultsMakeTheScriptWaitLikeAFullDisk(String words) {
    Exception cause = new IOException(words);
    assertThat(classified(new SpoolException(new IOException("1.pdf", cause))).kind())
        .isEqualTo(Kind.DISK);
    assertThat(classified(new LedgerException("the ledger could not be read", cause)).kind())
        .isEqualTo(Kind.DISK);
  }

  @Test
  void aPortalFailureKeepsItsReasonAndRequestedWait() {
    PortalException busy =
        new PortalException(
            FailureReason.http(429), "busy", Duration.ofSeconds(7), new IOException());
    Failure failure = FailureClassifier.classify(busy);

    assertThat(busy.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(failure.reason()).contains(FailureReason.http(429));
    assertThat(failure.isSilence()).isTrue();
    assertThat(failure.isFinal()).isFalse();
  }

  @Test
  void aGoneDocumentIsFinalUnlessItMayBeMissingOnlyForAMoment() {
    assertThat(classified(new PortalException(FailureReason.GONE, "404")).isFinal()).isTrue();
    assertThat(classified(PortalException.passing(FailureReason.GONE, "404")).isFinal()).isFalse();
  }

  @Test
  void aRefusalByTheStoreIsRecordedAsSuchAndNotAsSilenceOfThePortal() {
    Failure refused = classified(new StoreException(StoreException.Kind.REFUSED, "no"));

    assertThat(refused.reason()).contains(FailureReason.STORE);
    assertThat(refused.isStore()).isTrue();
    assertThat(refused.isSilence()).isFalse();
  }

  private static Failure classified(Exception thrown) {
    return FailureClassifier.classify(thrown);
  }
}
