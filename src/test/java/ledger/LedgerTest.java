package ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final String SHA = "ab".repeat(32);

  @TempDir Path folder;
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = Ledger.open(folder.resolve("ledger.db"));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void reopen() {
    ledger.close();
    open();
  }

  @Test
  void aDocumentIsClaimedByOneAtATime() {
    assertThat(ledger.claim("a.pdf")).isTrue();
    assertThat(ledger.claim("a.pdf")).isFalse();
    ledger.release("a.pdf");
    assertThat(ledger.claim("a.pdf")).isTrue();
  }

  @Test
  void whatWasStoredIsNeverClaimedAgainAlsoInAnotherProcess() {
    ledger.claim("a.pdf");
    ledger.stored("a.pdf", 7, 123, SHA);
    reopen();

    assertThat(ledger.claim("a.pdf")).isFalse();
    DocumentRecord record = ledger.find("a.pdf").orElseThrow();
    assertThat(record.size()).isEqualTo(123);
    assertThat(record.sha256()).isEqualTo(SHA);
    assertThat(ledger.tally(1, 10)).isEqualTo(new Tally(0, 1, 123, 0));
  }

  @Test
  void aClaimThatACrashInterruptedIsForgotten() {
    ledger.claim("a.pdf");
    reopen();

    assertThat(ledger.claim("a.pdf")).isTrue();
  }

  @Test
  void attemptsAreCountedUntilTheDocumentIsGivenUp() {
    ledger.failed("a.pdf", 1, DocumentState.QUEUED, "timeout");
    assertThat(ledger.claim("a.pdf")).isTrue();
    ledger.release("a.pdf");
    ledger.failed("a.pdf", 1, DocumentState.FAILED, "http_500");
    reopen();

    assertThat(ledger.claim("a.pdf")).isFalse();
    assertThat(ledger.find("a.pdf").orElseThrow().attempts()).isEqualTo(2);
    assertThat(ledger.tally(1, 1).failed()).isEqualTo(1);
  }

  @Test
  void theNextPageIsTheFirstThatIsNotComplete() {
    ledger.closePage(1, List.of());
    ledger.closePage(3, List.of());
    reopen();

    assertThat(ledger.nextOpenPage(1)).isEqualTo(2);
    assertThat(ledger.nextOpenPage(3)).isEqualTo(4);
    assertThat(ledger.tally(1, 3).completedPages()).isEqualTo(2);
  }

  @Test
  void queueingAgainOpensEveryPageThatListsTheDocument() {
    ledger.failed("a.pdf", 1, DocumentState.FAILED, "http_500");
    ledger.failed("b.pdf", 1, DocumentState.REJECTED, "too_large");
    ledger.closePage(1, List.of(row(1, 1, "a.pdf"), rejected(1, 2, "b.pdf")));
    ledger.closePage(2, List.of(row(2, 5, "a.pdf")));
    ledger.closePage(3, List.of());

    assertThat(ledger.requeueFailed()).isEqualTo(1);

    assertThat(ledger.tally(1, 3)).isEqualTo(new Tally(1, 0, 0, 0));
    assertThat(ledger.isRetry(1)).isTrue();
    assertThat(ledger.isRetry(2)).isTrue();
    assertThat(ledger.claim("a.pdf")).isTrue();
    assertThat(ledger.claim("b.pdf")).isFalse();
    assertThat(ledger.requeueFailed()).isZero();
  }

  @Test
  void aPageThatIsClosedWhileItsDocumentWasQueuedAgainStaysToBeRetried() {
    ledger.failed("a.pdf", 1, DocumentState.FAILED, "http_500");
    ledger.requeueFailed();
    ledger.closePage(1, List.of(row(1, 1, "a.pdf")));

    assertThat(ledger.isRetry(1)).isTrue();
    assertThat(ledger.nextOpenPage(1)).isEqualTo(1);
  }

  @Test
  void aFailedDocumentThatComesAfterAllCountsAsStoredOnce() {
    ledger.failed("a.pdf", 4, DocumentState.FAILED, "http_500");
    ledger.claim("a.pdf");
    ledger.stored("a.pdf", 9, 10, SHA);

    assertThat(ledger.tally(4, 4)).isEqualTo(new Tally(0, 1, 10, 0));
    assertThat(ledger.tally(9, 9)).isEqualTo(new Tally(0, 0, 0, 0));
  }

  @Test
  void failuresAreListedWithTheirAttempts() {
    ledger.failed("a.pdf", 2, DocumentState.QUEUED, "reset");
    ledger.failed("a.pdf", 2, DocumentState.FAILED, "reset");
    ledger.closePage(2, List.of(row(2, 1, "a.pdf")));

    List<UnstoredRow> rows = ledger.unstoredRows(1, 5, 10);
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).attempts()).isEqualTo(2);
    assertThat(rows.get(0).lastAttempt()).isNotNull();
    assertThat(ledger.unstoredRows(3, 5, 10)).isEmpty();
  }

  @Test
  void scriptsThatRanAreRemembered() {
    ledger.setRunning(List.of(3, 5), true);
    ledger.setRunning(List.of(3), false);
    reopen();

    assertThat(ledger.runningScripts()).containsExactly(5);
  }

  @Test
  void aSweepOpensThePagesAgainAndKeepsWhatIsStored() {
    ledger.claim("a.pdf");
    ledger.stored("a.pdf", 2, 10, SHA);
    for (int page = 1; page <= 4; page++) {
      ledger.closePage(page, List.of());
    }
    ledger.sweep(7, 2, 3);
    reopen();

    assertThat(ledger.nextOpenPage(1)).isEqualTo(2);
    assertThat(ledger.tally(1, 4)).isEqualTo(new Tally(2, 1, 10, 0));
    assertThat(ledger.claim("a.pdf")).isFalse();
    assertThat(ledger.sweptTo(7)).hasValue(3);
    assertThat(ledger.sweptTo(8)).isEmpty();
  }

  @Test
  void aSweepThatGrewIsRemembered() {
    ledger.sweep(7, 2, 3);
    ledger.extendSweep(7, 5);
    reopen();

    assertThat(ledger.sweptTo(7)).hasValue(5);
  }

  @Test
  void errorsAreCountedOverRestarts() {
    ledger.countError("http");
    ledger.countError("http");
    ledger.countError("script");
    reopen();
    ledger.countError("script");

    assertThat(ledger.errors()).containsOnly(Map.entry("http", 2L), Map.entry("script", 2L));
  }

  @Test
  void manyThreadsConfirmAtOnceAndNothingIsLost() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Future<?>> done = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      String id = i + ".pdf";
      int page = 1 + i / 100;
      done.add(
          threads.submit(
              () -> {
                assertThat(ledger.claim(id)).isTrue();
                ledger.stored(id, page, 10, SHA);
              }));
    }
    for (Future<?> each : done) {
      each.get();
    }
    threads.shutdown();
    reopen();

    assertThat(ledger.tally(1, 20)).isEqualTo(new Tally(0, 2_000, 20_000, 0));
  }

  @Test
  void aClosedLedgerRefusesInsteadOfLosing() {
    ledger.close();

    assertThatThrownBy(() -> ledger.closePage(1, List.of())).isInstanceOf(LedgerException.class);
    open();
  }

  @Test
  void aFolderIsHeldByOneProcessAtATime() throws Exception {
    try (DataFolder held = DataFolder.take(folder)) {
      assertThat(held.spool()).isEqualTo(folder.resolve("spool"));
      assertThatThrownBy(() -> DataFolder.take(folder))
          .isInstanceOf(DataFolder.HeldException.class);
    }
    DataFolder.take(folder).close();
  }

  private static UnstoredRow row(int page, int row, String id) {
    return new UnstoredRow(
        page, row, id, "http://portal/" + id, "A v. B", DocumentState.FAILED, "http_500", 0, null);
  }

  private static UnstoredRow rejected(int page, int row, String id) {
    return new UnstoredRow(
        page, row, id, "http://portal/" + id, null, DocumentState.REJECTED, "too_large", 0, null);
  }
}
