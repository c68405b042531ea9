package ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import model.DocumentState;
import model.Validators;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.LedgerRows;

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
    assertThat(ledger.documents().claim("a.pdf")).isTrue();
    assertThat(ledger.documents().claim("a.pdf")).isFalse();
    ledger.documents().release("a.pdf");
    assertThat(ledger.documents().claim("a.pdf")).isTrue();
  }

  @Test
  void aStoredDocumentIsNeverClaimedAgainEvenInAnotherProcess() {
    ledger.documents().claim("a.pdf");
    ledger.documents().stored("a.pdf", 7, 123, SHA, null, Validators.NONE);
    reopen();

    assertThat(ledger.documents().claim("a.pdf")).isFalse();
    DocumentRecord record = ledger.documents().find("a.pdf").orElseThrow();
    assertThat(record.size()).isEqualTo(123);
    assertThat(record.sha256()).isEqualTo(SHA);
    assertThat(ledger.pages().tally(1, 10)).isEqualTo(new PageCounts(0, 1, 123, 0, 0));
  }

  @Test
  void aPdfWithoutItsEndIsRecognisedAgainEvenInAnotherProcess() {
    assertThat(ledger.documents().unended("a.pdf", SHA)).isFalse();
    reopen();
    assertThat(ledger.documents().unended("b.pdf", SHA)).isFalse();
    assertThat(ledger.documents().unended("a.pdf", SHA)).isTrue();
    assertThat(ledger.documents().unended("a.pdf", "ef".repeat(32))).isFalse();
    assertThat(ledger.documents().unended("a.pdf", SHA)).as("another one came between").isFalse();
  }

  @Test
  void theDefectOfAStoredDocumentIsKept() {
    ledger.documents().stored("a.pdf", 7, 123, SHA, "no_eof", Validators.NONE);
    reopen();
    assertThat(ledger.documents().find("a.pdf").orElseThrow().defect()).isEqualTo("no_eof");
    ledger.documents().stored("a.pdf", 7, 123, SHA, null, Validators.NONE);
    assertThat(ledger.documents().find("a.pdf").orElseThrow().defect()).isNull();
  }

  @Test
  void aClaimThatACrashInterruptedIsForgotten() {
    ledger.documents().claim("a.pdf");
    reopen();

    assertThat(ledger.documents().claim("a.pdf")).isTrue();
  }

  @Test
  void attemptsAreCountedUntilTheDocumentIsGivenUp() {
    ledger.documents().failed("a.pdf", 1, DocumentState.QUEUED, "timeout", OptionalInt.empty());
    assertThat(ledger.documents().claim("a.pdf")).isTrue();
    ledger.documents().release("a.pdf");
    ledger.documents().failed("a.pdf", 1, DocumentState.FAILED, "http_500", OptionalInt.empty());
    reopen();

    assertThat(ledger.documents().claim("a.pdf")).isFalse();
    assertThat(ledger.documents().find("a.pdf").orElseThrow().attempts()).isEqualTo(2);
    assertThat(ledger.pages().tally(1, 1).failed()).isEqualTo(1);
  }

  @Test
  void theNextPageIsTheFirstThatIsNotComplete() {
    ledger.pages().close(1, List.of(), null);
    ledger.pages().close(3, List.of(), null);
    reopen();

    assertThat(ledger.pages().nextOpen(1)).isEqualTo(2);
    assertThat(ledger.pages().nextOpen(3)).isEqualTo(4);
    assertThat(ledger.pages().tally(1, 3).completedPages()).isEqualTo(2);
  }

  @Test
  void queueingAgainOpensEveryPageThatListsTheDocument() {
    ledger.documents().failed("a.pdf", 1, DocumentState.FAILED, "http_500", OptionalInt.empty());
    ledger.documents().failed("b.pdf", 1, DocumentState.REJECTED, "too_large", OptionalInt.empty());
    ledger.pages().close(1, List.of(row(1, 1, "a.pdf"), rejected(1, 2, "b.pdf")), null);
    ledger.pages().close(2, List.of(row(2, 5, "a.pdf")), null);
    ledger.pages().close(3, List.of(), null);

    assertThat(ledger.retries().requeueFailed(FailureFilter.ALL)).isEqualTo(1);

    assertThat(ledger.pages().tally(1, 3)).isEqualTo(new PageCounts(3, 0, 0, 0, 1));
    assertThat(ledger.pages().isRetry(1)).isTrue();
    assertThat(ledger.pages().isRetry(2)).isTrue();
    assertThat(ledger.documents().claim("a.pdf")).isTrue();
    assertThat(ledger.documents().claim("b.pdf")).isFalse();
    assertThat(ledger.retries().requeueFailed(FailureFilter.ALL)).isZero();
  }

  @Test
  void rejectedRowsAreThoseOfClosedPagesWhenTheyWereLastClosed() {
    ledger.documents().failed("b.pdf", 1, DocumentState.REJECTED, "too_large", OptionalInt.empty());
    ledger.pages().close(1, List.of(row(1, 1, "a.pdf"), rejected(1, 2, "b.pdf")), null);
    ledger.pages().close(2, List.of(rejected(2, 1, "c.pdf"), rejected(2, 2, "d.pdf")), null);
    ledger.pages().close(3, List.of(rejected(3, 1, "e.pdf")), null);
    ledger.pages().close(2, List.of(rejected(2, 1, "c.pdf")), null);
    String reason = rejected(1, 2, "b.pdf").reason();

    assertThat(ledger.pages().rejected(1, 2)).isEqualTo(Map.of(reason, 2L));
    reopen();
    assertThat(ledger.pages().rejected(1, 2)).isEqualTo(Map.of(reason, 2L));
    assertThat(ledger.pages().rejected(1, 0)).as("a script without pages").isEmpty();
    ledger.sweeps().sweep(1, 1, 3);
    assertThat(ledger.pages().rejected(1, 3))
        .as("until it is closed again")
        .isEqualTo(Map.of(reason, 3L));
    ledger.pages().close(1, List.of(), null);
    assertThat(ledger.pages().rejected(1, 1)).isEmpty();
  }

  private void gone(String id, int... pages) {
    ledger.documents().failed(id, pages[0], DocumentState.QUEUED, "gone", OptionalInt.empty());
    ledger.documents().failed(id, pages[0], DocumentState.FAILED, "gone", OptionalInt.empty());
    for (int page : pages) {
      ledger.pages().close(page, List.of(row(page, 1, id)), null);
    }
  }

  @Test
  void aGoneDocumentIsQueuedOnceMoreWithItsAttemptsOnEveryPageThatListsIt() {
    gone("a.pdf", 1, 7);
    gone("other-script.pdf", 8);
    ledger.documents().failed("b.pdf", 2, DocumentState.FAILED, "timeout", OptionalInt.empty());
    ledger.pages().close(2, List.of(row(2, 1, "b.pdf")), null);

    assertThat(ledger.retries().requeueGone(1, 5)).isEqualTo(1);

    assertThat(ledger.pages().isRetry(1)).isTrue();
    assertThat(ledger.pages().isRetry(7)).isTrue();
    assertThat(ledger.pages().isRetry(2)).isFalse();
    assertThat(ledger.pages().tally(1, 8)).isEqualTo(new PageCounts(4, 0, 0, 2, 1));
    DocumentRecord queued = ledger.documents().find("a.pdf").orElseThrow();
    assertThat(queued.state()).isEqualTo(DocumentState.QUEUED);
    assertThat(queued.attempts()).isEqualTo(2);
    reopen();
    ledger.documents().failed("a.pdf", 1, DocumentState.FAILED, "gone", OptionalInt.empty());
    assertThat(ledger.retries().requeueGone(1, 5)).as("once").isZero();
  }

  @Test
  void aGoneDocumentIsRequestedOnceMoreAfterASweepOrARetry() {
    gone("a.pdf", 1);
    ledger.retries().requeueGone(1, 1);
    gone("a.pdf", 1);
    ledger.sweeps().sweep(1, 1, 1);
    assertThat(ledger.retries().requeueGone(1, 1)).isEqualTo(1);

    gone("a.pdf", 1);
    ledger.retries().requeueFailed(FailureFilter.ALL);
    gone("a.pdf", 1);
    assertThat(ledger.retries().requeueGone(1, 1)).isEqualTo(1);
  }

  @Test
  void aPageThatAPersonHasAcceptedIsNotRetriedOnceMore() {
    gone("a.pdf", 1);
    ledger.pages().accept(1);

    assertThat(ledger.retries().requeueGone(1, 1)).isZero();
  }

  @Test
  void aPageThatClosesWhileItsDocumentIsQueuedAgainIsStillRetried() {
    ledger.documents().failed("a.pdf", 1, DocumentState.FAILED, "http_500", OptionalInt.empty());
    ledger.retries().requeueFailed(FailureFilter.ALL);
    ledger.pages().close(1, List.of(row(1, 1, "a.pdf")), null);

    assertThat(ledger.pages().isRetry(1)).isTrue();
    assertThat(ledger.pages().nextOpen(1)).isEqualTo(1);
  }

  @Test
  void aFailedDocumentThatArrivesAfterAllCountsAsStoredOnce() {
    ledger.documents().failed("a.pdf", 4, DocumentState.FAILED, "http_500", OptionalInt.empty());
    ledger.documents().claim("a.pdf");
    ledger.documents().stored("a.pdf", 9, 10, SHA, null, Validators.NONE);

    assertThat(ledger.pages().tally(4, 4)).isEqualTo(new PageCounts(0, 1, 10, 0, 0));
    assertThat(ledger.pages().tally(9, 9)).isEqualTo(new PageCounts(0, 0, 0, 0, 0));
  }

  @Test
  void failuresAreListedWithTheirAttempts() {
    ledger.documents().failed("a.pdf", 2, DocumentState.QUEUED, "reset", OptionalInt.empty());
    ledger.documents().failed("a.pdf", 2, DocumentState.FAILED, "reset", OptionalInt.empty());
    ledger.pages().close(2, List.of(row(2, 1, "a.pdf")), null);

    List<UnstoredRow> rows = LedgerRows.unstored(ledger, 1, 5);
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).attempts()).isEqualTo(2);
    assertThat(rows.get(0).lastAttempt()).isNotNull();
    assertThat(LedgerRows.unstored(ledger, 3, 5)).isEmpty();
  }

  @Test
  void scriptsThatRanAreRemembered() {
    ledger.instance().setRunning(List.of(3, 5), true);
    ledger.instance().setRunning(List.of(3), false);
    reopen();

    assertThat(ledger.instance().runningScripts()).containsExactly(5);
  }

  @Test
  void aSweepOpensThePagesAgainAndKeepsWhatIsStored() {
    ledger.documents().claim("a.pdf");
    ledger.documents().stored("a.pdf", 2, 10, SHA, null, Validators.NONE);
    for (int page = 1; page <= 4; page++) {
      ledger.pages().close(page, List.of(), null);
    }
    ledger.sweeps().sweep(7, 2, 3);
    reopen();

    assertThat(ledger.pages().nextOpen(1)).isEqualTo(2);
    assertThat(ledger.pages().tally(1, 4)).isEqualTo(new PageCounts(2, 1, 10, 0, 0));
    assertThat(ledger.documents().claim("a.pdf")).isFalse();
    assertThat(ledger.sweeps().sweptTo(7)).hasValue(3);
    assertThat(ledger.sweeps().sweptTo(8)).isEmpty();
  }

  @Test
  void aSweepThatGrewIsRemembered() {
    ledger.sweeps().sweep(7, 2, 3);
    ledger.sweeps().extendSweep(7, 5);
    reopen();

    assertThat(ledger.sweeps().sweptTo(7)).hasValue(5);
  }

  @Test
  void newDocumentsAreFoundAndCountedAcrossRestarts() {
    ledger.documents().failed("a.pdf", 1, DocumentState.QUEUED, "timeout", OptionalInt.empty());
    ledger.documents().stored("a.pdf", 1, 10, SHA, null, Validators.NONE);
    ledger.documents().stored("b.pdf", 2, 10, SHA, null, Validators.NONE);
    ledger.documents().stored("b.pdf", 3, 10, SHA, null, Validators.NONE);
    reopen();
    ledger.documents().failed("c.pdf", 3, DocumentState.REJECTED, "too_large", OptionalInt.empty());

    assertThat(ledger.sweeps().walk(1, 3).found()).isEqualTo(3);
    assertThat(ledger.sweeps().walk(3, 3).found()).isEqualTo(1);
  }

  @Test
  void aSweepStartsItsCountOfNewDocumentsAtZero() {
    ledger.documents().stored("a.pdf", 1, 10, SHA, null, Validators.NONE);
    ledger.documents().failed("b.pdf", 1, DocumentState.FAILED, "http_500", OptionalInt.empty());
    ledger.documents().stored("other.pdf", 4, 10, SHA, null, Validators.NONE);
    ledger.sweeps().sweep(7, 1, 3);
    ledger.documents().stored("a.pdf", 2, 10, SHA, null, Validators.NONE);
    ledger.documents().stored("b.pdf", 2, 10, SHA, null, Validators.NONE);
    assertThat(ledger.sweeps().walk(1, 3).found()).isZero();

    ledger.documents().stored("c.pdf", 2, 10, SHA, null, Validators.NONE);
    ledger.sweeps().reopen(2); // it was in progress when the sweep was requested
    reopen();

    assertThat(ledger.sweeps().walk(1, 3).found()).isEqualTo(1);
    assertThat(ledger.sweeps().walk(4, 4).found()).isEqualTo(1);
  }

  @Test
  void thePortalsTotalIsKeptWithThePageThatNamedIt() {
    ledger.pages().close(1, List.of(), 40L);
    ledger.pages().close(2, List.of(), 40L);
    ledger.pages().close(3, List.of(), null);
    reopen();

    assertThat(ledger.pages().total(1)).hasValue(40);
    assertThat(ledger.pages().total(3)).isEmpty();
    assertThat(ledger.pages().total(4)).isEmpty();
    assertThat(ledger.sweeps().walk(1, 2).sawAnotherTotal()).isFalse();
    assertThat(ledger.sweeps().walk(3, 3).sawAnotherTotal()).isFalse();
    assertThat(ledger.sweeps().walk(1, 3).sawAnotherTotal()).isTrue();
    ledger.pages().close(2, List.of(), 45L);
    assertThat(ledger.sweeps().walk(1, 2).sawAnotherTotal()).isTrue();
    ledger.pages().close(1, List.of(), 45L);
    assertThat(ledger.sweeps().walk(1, 2).sawAnotherTotal()).isFalse();
  }

  @Test
  void aLedgerFromBeforeTotalsAndFindsWereKeptIsMigrated() throws Exception {
    Path older = folder.resolve("older.db");
    String url = "jdbc:sqlite:" + older;
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("classpath:db/migration")
        .target("2")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO pages (page, state, stored, bytes, updated_at) VALUES (1, 'complete', 1, 9, 1)");
      statement.executeUpdate(
          "INSERT INTO documents (id, page, state, attempts, updated_at) VALUES ('a', 1, 'stored', 0, 1)");
      statement.executeUpdate("INSERT INTO sweeps (script, last_page) VALUES (7, 2)");
    }

    try (Ledger upgraded = Ledger.open(older)) {
      assertThat(upgraded.pages().tally(1, 2)).isEqualTo(new PageCounts(1, 1, 9, 0, 0));
      assertThat(upgraded.sweeps().sweptTo(7)).hasValue(2);
      assertThat(upgraded.pages().total(1)).isEmpty();
      upgraded.documents().stored("a", 2, 9, SHA, null, Validators.NONE);
      upgraded.documents().stored("b", 2, 9, SHA, null, Validators.NONE);
      upgraded.pages().close(2, List.of(), 40L);
      assertThat(upgraded.sweeps().walk(1, 2)).isEqualTo(new Walk(1, 2, Map.of()));
    }
  }

  @Test
  void errorsAreCountedAcrossRestarts() {
    ledger.instance().countError("http");
    ledger.instance().countError("http");
    ledger.instance().countError("script");
    reopen();
    ledger.instance().countError("script");

    assertThat(ledger.instance().errors())
        .containsOnly(Map.entry("http", 2L), Map.entry("script", 2L));
  }

  @Test
  void manyThreadsConfirmConcurrentlyAndNothingIsLost() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Future<?>> done = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      String id = i + ".pdf";
      int page = 1 + i / 100;
      done.add(
          threads.submit(
              () -> {
                assertThat(ledger.documents().claim(id)).isTrue();
                ledger.documents().stored(id, page, 10, SHA, null, Validators.NONE);
              }));
    }
    for (Future<?> each : done) {
      each.get();
    }
    threads.shutdown();
    reopen();

    assertThat(ledger.pages().tally(1, 20)).isEqualTo(new PageCounts(0, 2_000, 20_000, 0, 0));
  }

  @Test
  void aClosedLedgerRefusesInsteadOfLosing() {
    ledger.close();

    assertThatThrownBy(() -> ledger.pages().close(1, List.of(), null))
        .isInstanceOf(LedgerException.class);
    open();
  }

  private static UnstoredRow row(int page, int row, String id) {
    return new UnstoredRow(
        page,
        row,
        id,
        "http://portal/" + id,
        "A v. B",
        DocumentState.FAILED,
        "http_500",
        0,
        null,
        null);
  }

  private static UnstoredRow rejected(int page, int row, String id) {
    return new UnstoredRow(
        page,
        row,
        id,
        "http://portal/" + id,
        null,
        DocumentState.REJECTED,
        "too_large",
        0,
        null,
        null);
  }

  @Test
  void aDocumentStoredInAnotherVersionCountsOnceAsReplacedEvenInAnotherProcess() {
    ledger.documents().stored("a.pdf", 7, 10, SHA, null, Validators.NONE);
    ledger.documents().stored("b.pdf", 7, 10, SHA, null, Validators.NONE);
    ledger.documents().stored("b.pdf", 7, 10, SHA, null, Validators.NONE);
    assertThat(ledger.sweeps().replaced(1, 9)).as("the same version again").isZero();

    ledger.documents().stored("a.pdf", 8, 10, "cd".repeat(32), null, Validators.NONE);
    ledger.documents().stored("a.pdf", 8, 10, "ef".repeat(32), null, Validators.NONE);
    assertThat(ledger.sweeps().replaced(1, 9)).isEqualTo(1);
    assertThat(ledger.sweeps().replaced(7, 7)).as("of the page that brought it").isEqualTo(1);
    assertThat(ledger.sweeps().replaced(8, 9)).isZero();

    reopen();

    assertThat(ledger.sweeps().replaced(7, 7)).isEqualTo(1);
    assertThat(ledger.sweeps().replaced(8, 9)).isZero();
  }
}
