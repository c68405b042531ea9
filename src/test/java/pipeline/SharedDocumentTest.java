package pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import ledger.Ledger;
import model.DocumentState;
import model.FailureReason;
import model.Validators;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import portal.PortalException;
import testing.LedgerRows;

/** Two pages list the same document, and work on it at once. */
class SharedDocumentTest extends PipelineTestSupport {
  private static final PortalException NOT_PDF = new PortalException(FailureReason.NOT_PDF, "html");
  private static final String SHARED = ScriptedPortal.row(1).id();

  @Override
  int maxAttempts() {
    return 1;
  }

  /** As another page stores it. */
  private static void store(Ledger ledger) {
    ledger
        .documents()
        .stored(SHARED, 2, ScriptedPortal.SIZE, ScriptedPortal.SHA256, null, Validators.NONE);
    ledger.documents().release(SHARED);
  }

  private void assertStoredOnce() {
    assertThat(ledger.documents().find(SHARED).orElseThrow().state())
        .isEqualTo(DocumentState.STORED);
    assertThat(ledger.pages().tally(1, 2).stored()).isEqualTo(2);
    assertThat(ledger.pages().tally(1, 2).failed()).isZero();
    assertThat(manifest.getReceivedCounter()).as("the page is closed").isEqualTo(1);
    assertThat(LedgerRows.unstored(ledger, 1, 1)).isEmpty();
  }

  @Test
  void aFailureDoesNotCountWhenAnotherPageHasStoredTheDocumentBeforeTheRoundEnds() {
    portal.lists(2).onFetch(1, ScriptedPortal.fails(NOT_PDF));
    portal.onFetch(
        2,
        () -> {
          assertThat(ledger.documents().claim(SHARED)).isTrue();
          store(ledger);
        });

    work();

    assertStoredOnce();
  }

  @Test
  void aPageThatGivesUpADocumentWaitsForAnotherThatIsStillTryingIt() {
    portal.lists(2).onFetch(1, ScriptedPortal.fails(NOT_PDF));
    portal.onFetch(2, () -> assertThat(ledger.documents().claim(SHARED)).isTrue());
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> {
              Awaitility.await().until(() -> ledger.documents().isClosed(SHARED));
              store(ledger);
            });

    work();

    other.join();
    assertStoredOnce();
  }
}
