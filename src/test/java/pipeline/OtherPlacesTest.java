package pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import ledger.FailureFilter;
import ledger.UnstoredRow;
import model.Acceptance;
import model.DocumentState;
import model.FailureReason;
import org.junit.jupiter.api.Test;
import portal.PortalException;

/** Two pages of open data list the same document, each at a place of its own. */
class OtherPlacesTest extends PipelineTestSupport {
  private static final int OTHER = 2;
  private static final String SHARED = ScriptedPortal.row(1).id();
  private static final PortalException GONE =
      PortalException.settled(FailureReason.GONE, "404", null);

  @Override
  int maxAttempts() {
    return 1;
  }

  /** As another page does, whose place lacks it. */
  private void giveUp() {
    ledger
        .documents()
        .failed(
            SHARED, OTHER, DocumentState.FAILED, FailureReason.GONE.word(), OptionalInt.empty());
  }

  private void closeOther() {
    UnstoredRow row =
        new UnstoredRow(OTHER, 1, SHARED, null, null, DocumentState.FAILED, "gone", 0, null, null);
    ledger.pages().close(OTHER, List.of(row), null);
  }

  private void giveUpAndClose() {
    giveUp();
    closeOther();
  }

  private DocumentState state() {
    return ledger.documents().find(SHARED).orElseThrow().state();
  }

  @Test
  void aDocumentMissingAtOneLocationIsReadFromTheOther() {
    portal.listsOfFinalSource(1);
    giveUpAndClose();

    work();

    assertThat(state()).isEqualTo(DocumentState.STORED);
    assertThat(manifest.getReceivedCounter()).as("the page is closed").isEqualTo(1);
    assertThat(ledger.pages().isRetry(OTHER)).as("the other page gets a new manifest").isTrue();
    assertThat(ledger.pages().tally(1, OTHER).failed()).isZero();
  }

  @Test
  void aDocumentMissingAtOneLocationIsReadFromTheOtherWhileBothPagesAreInProgress() {
    portal.listsOfFinalSource(2);
    assertThat(ledger.documents().claim(SHARED)).isTrue();
    portal.onFetch(
        2,
        () -> {
          giveUp();
          ledger.documents().release(SHARED);
        });

    work();

    assertThat(state()).isEqualTo(DocumentState.STORED);
    assertThat(manifest.getReceivedCounter()).as("the page is closed").isEqualTo(1);
  }

  @Test
  void aPageClosedWhileAnotherStoredItsDocumentGetsANewManifest() {
    portal.listsOfFinalSource(1);
    giveUp();

    work();
    closeOther(); // with a manifest that was made before the document came

    assertThat(ledger.pages().isRetry(OTHER)).isTrue();
  }

  @Test
  void aDocumentMissingEverywhereIsGivenUpAfterOneAttemptAtEachLocation() {
    portal.listsOfFinalSource(1).onFetch(1, 2, ScriptedPortal.fails(GONE));
    giveUpAndClose();

    work();

    assertThat(state()).isEqualTo(DocumentState.FAILED);
    assertThat(portal.fetched()).containsExactly(SHARED);
    assertThat(manifest.getReceivedCounter()).as("the page is closed").isEqualTo(1);
    assertThat(ledger.pages().isRetry(OTHER)).as("nothing has changed for it").isFalse();
    assertThat(ledger.pages().tally(1, OTHER).failed()).isEqualTo(1);
  }

  @Test
  void aDocumentThatAPersonHasAcceptedIsLeftAlone() {
    portal.listsOfFinalSource(1);
    giveUpAndClose();
    ledger
        .retries()
        .accept(
            new FailureFilter(null, null, List.of(SHARED)),
            new Acceptance(Instant.parse("2026-01-01T00:00:00Z"), "broken for ever"));

    work();

    assertThat(portal.fetched()).isEmpty();
    assertThat(state()).isEqualTo(DocumentState.FAILED);
  }

  @Test
  void aDocumentOfAPortalHasOneAddressWhicheverPageListsIt() {
    portal.lists(1);
    giveUpAndClose();

    work();

    assertThat(portal.fetched()).isEmpty();
    assertThat(state()).isEqualTo(DocumentState.FAILED);
  }
}
