package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import model.DocumentState;
import model.Validators;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger says while several threads change it. */
class LedgerOrderTest {
  private static final String SHA = "ab".repeat(32);

  @TempDir private Path folder;
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = Ledger.open(folder.resolve("ledger.db"));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void stored(String id, int page) {
    ledger.documents().stored(id, page, 10, SHA, null, Validators.NONE);
  }

  private static UnstoredRow failed(int page, int row) {
    return new UnstoredRow(
        page, row, "x" + row, null, null, DocumentState.FAILED, "gone", 0, null, null);
  }

  @Test
  void aStoredDocumentIsVisibleAtOnceThoughOthersAreCountingRows() {
    ledger
        .pages()
        .close(7, IntStream.rangeClosed(1, 2000).mapToObj(row -> failed(7, row)).toList(), null);
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> counts =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                ledger.pages().unstored(1, 9);
                ledger.instance().portalTotal();
              }
            });
    try {
      for (int i = 0; i < 300; i++) {
        stored("doc" + i, 1);
        assertThat(ledger.documents().isStored("doc" + i)).as("document " + i).isTrue();
      }
    } finally {
      over.set(true);
      counts.join();
    }
  }

  @Test
  void aPageReopenedWhileInProgressIsNotCompleteWhenItIsClosed() {
    ledger.pages().begin(1);
    ledger.sweeps().reopen(1);
    ledger.pages().close(1, List.of(), null);
    assertThat(ledger.pages().isOpen(1)).isTrue();
    assertThat(ledger.pages().isRetry(1)).as("it is listed again").isFalse();

    ledger.pages().begin(1);
    ledger.pages().close(1, List.of(), null);
    assertThat(ledger.pages().isOpen(1)).isFalse();
  }

  @Test
  void aPageReopenedAtTheMomentItBeginsOrIsClosedIsNotForgotten() {
    for (int round = 0; round < 200; round++) {
      ledger.pages().begin(1);
      CompletableFuture<Void> reopened =
          CompletableFuture.runAsync(() -> ledger.sweeps().reopen(1));
      ledger.pages().close(1, List.of(), null);
      reopened.join();
      assertThat(ledger.pages().isOpen(1)).as("round " + round).isTrue();
    }
  }

  @Test
  void aStoredDocumentQueuedAgainWhileItsPageClosesMakesThePageRetried() {
    stored("a", 1);
    ledger.pages().begin(1);
    ledger.retries().fetchAgain(Map.of("a", Set.of(1)));
    ledger.pages().close(1, List.of(), null); // its manifest was made before

    assertThat(ledger.pages().isRetry(1)).isTrue();
    assertThat(ledger.pages().nextOpen(1)).isEqualTo(1);
  }

  @Test
  void storedDocumentsAreRequestedAgainThoughTheirPageClosesAtThatMoment() {
    ledger.pages().close(1, List.of(), null);
    ledger.sweeps().sweep(1, 1, 1);
    ledger.sweeps().refresh(1, 1);
    ledger.pages().begin(1);
    ledger.sweeps().sweep(1, 1, 1);
    ledger.sweeps().refresh(1, 1);
    ledger.pages().close(1, List.of(), null);
    assertThat(ledger.sweeps().isRefresh(1)).isTrue();

    ledger.pages().begin(1);
    ledger.pages().close(1, List.of(), null);
    assertThat(ledger.sweeps().isRefresh(1)).isFalse();
  }

  private boolean fails(String id, DocumentState state) {
    return ledger.documents().failed(id, 2, state, "timeout", OptionalInt.empty());
  }

  @Test
  void aFailureOnOnePageDoesNotUndoWhatAnotherPageHasFinished() {
    stored("a", 1);
    assertThat(fails("a", DocumentState.FAILED)).isFalse();
    assertThat(fails("a", DocumentState.QUEUED)).isFalse();
    assertThat(ledger.documents().isStored("a")).isTrue();

    assertThat(fails("b", DocumentState.FAILED)).isTrue();
    assertThat(fails("b", DocumentState.QUEUED)).isFalse();
    assertThat(ledger.documents().isClosed("b")).isTrue();
    assertThat(ledger.pages().tally(1, 2)).isEqualTo(new PageCounts(0, 1, 10, 1, 0));
  }

  @Test
  void aClaimIsHeldUntilItsHolderReleasesIt() {
    assertThat(ledger.documents().claim("a")).isTrue();
    stored("a", 1);
    ledger.retries().fetchAgain(Map.of("a", Set.of(1)));

    assertThat(ledger.documents().claim("a")).as("the first holder will release it").isFalse();
    ledger.documents().release("a");
    assertThat(ledger.documents().claim("a")).isTrue();
  }
}
