package scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import ledger.Ledger;
import ledger.UnstoredRow;
import model.DocumentState;
import model.PageRange;
import model.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageCursorTest {
  @TempDir Path folder;
  private Ledger ledger;
  private PageCursor cursor;

  @BeforeEach
  void open() {
    ledger = Ledger.open(folder.resolve("ledger.db"));
    cursor = cursor(true);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private PageCursor cursor(boolean last) {
    return new PageCursor(new Script(2, 1, new PageRange(4, 6)), last, ledger);
  }

  private void read(int... pages) {
    for (int page : pages) {
      assertThat(cursor.take()).hasValue(page);
      ledger.pages().close(page, List.of(), 30L);
      cursor.done();
    }
  }

  @Test
  void pagesAreTakenInTheirOrderUntilNoneIsLeft() {
    assertThat(cursor.currentPage()).isEqualTo(4);
    read(4, 5, 6);

    assertThat(cursor.take()).isEmpty();
    assertThat(cursor.currentPage()).isEqualTo(6);
    assertThat(cursor.isInWork()).isFalse();
  }

  @Test
  void aPageThatWasLeftIsTakenAgain() {
    assertThat(cursor.take()).hasValue(4);
    assertThat(cursor.isInWork()).isTrue();
    cursor.left();

    assertThat(cursor.isInWork()).isFalse();
    assertThat(cursor.take()).hasValue(4);
  }

  /** Closes the page with a document that is gone. */
  private void closeWithout(int page, String id) {
    ledger.documents().failed(id, page, DocumentState.FAILED, "gone", OptionalInt.empty());
    ledger
        .pages()
        .close(
            page,
            List.of(
                new UnstoredRow(
                    page, 1, id, null, null, DocumentState.FAILED, "gone", 0, null, null)),
            30L);
  }

  @Test
  void goneDocumentsAreTriedOnceMoreAtTheEndOfThePages() {
    cursor.take();
    closeWithout(4, "a");
    assertThat(cursor.done()).as("not the end").isZero();
    read(5);
    cursor.take();
    ledger.pages().close(6, List.of(), 30L);
    assertThat(cursor.done()).isEqualTo(1);

    assertThat(cursor(true).take()).as("after a restart").hasValue(4);
    assertThat(cursor.take()).hasValue(4);
    closeWithout(4, "a");
    assertThat(cursor.done()).as("it is gone for good").isZero();
    assertThat(cursor.take()).isEmpty();
  }

  @Test
  void aCrashAfterTheLastPageDoesNotSkipTheLastAttempt() {
    read(4, 5);
    cursor.take();
    closeWithout(6, "a");
    assertThat(cursor(true).take()).as("a script that nobody wants to run").isEmpty();
    ledger.instance().setRunning(List.of(2), true);

    assertThat(cursor(true).take()).hasValue(6);
  }

  @Test
  void aScriptWithoutPagesHasNoneToTake() {
    PageCursor empty = new PageCursor(new Script(3, 1, null), false, ledger);

    assertThat(empty.take()).isEmpty();
    assertThat(empty.currentPage()).isZero();
    assertThat(empty.tally().completedPages()).isZero();
  }

  @Test
  void aSweepTakesEveryPageAgainIncludingTheOneInProgress() {
    read(4);
    cursor.take();
    cursor.sweep();
    assertThat(cursor.currentPage()).as("the page in work").isEqualTo(5);
    ledger.pages().close(5, List.of(), 30L);
    cursor.done();

    read(4, 5, 6);
    assertThat(cursor.take()).isEmpty();
  }

  @Test
  void aSweepOfASourceThatNeverChangesOpensOnlyPagesWithFailedDocuments() {
    cursor.fix();
    read(4);
    cursor.take();
    closeWithout(5, "a");
    cursor.done();
    read(6);
    cursor.take();
    closeWithout(5, "a"); // the look at the end
    cursor.done();
    assertThat(cursor.take()).isEmpty();

    cursor.sweep();

    assertThat(cursor.take()).hasValue(5);
    ledger.pages().close(5, List.of(), 30L);
    cursor.done();
    assertThat(cursor.take()).isEmpty();
  }

  @Test
  void theLastScriptOfASourceThatNeverChangesTakesNewPages() {
    cursor.fix();
    read(4, 5, 6);
    cursor.sweep();
    assertThat(cursor.end().isGrowthDue()).isTrue();
    cursor.end().grown(8);

    assertThat(cursor.end().isGrowthDue()).isFalse();
    read(7, 8);
    assertThat(cursor.take()).isEmpty();
    cursor = cursor(false);
    cursor.fix();
    cursor.sweep();
    assertThat(cursor.end().isGrowthDue()).as("not the last script").isFalse();
  }

  @Test
  void theLastScriptFollowsAGrowingPortalWhenItSweepsEvenAfterARestart() {
    read(4, 5, 6);
    cursor.end().listed(8);
    assertThat(cursor.lastPage()).as("no sweep").isEqualTo(6);
    cursor.sweep();
    cursor.end().listed(8);
    cursor.end().listed(7);

    assertThat(cursor.lastPage()).isEqualTo(8);
    read(4, 5, 6, 7, 8);
    assertThat(cursor(true).lastPage()).isEqualTo(8);
    assertThat(cursor(false).lastPage()).as("another script's").isEqualTo(6);
  }

  @Test
  void anAbsurdTotalDoesNotOverflow() {
    cursor.sweep();
    cursor.end().listed(Long.MAX_VALUE);

    assertThat(cursor.lastPage()).isEqualTo(Integer.MAX_VALUE - 1);
  }

  @Test
  void aSweepIsReportedOnceAndARetryIsNot() {
    read(4, 5, 6);
    cursor.report();
    cursor.sweep();
    read(4, 5, 6);

    assertThat(cursor.report()).hasValueSatisfying(words -> assertThat(words).contains("4-6"));
    assertThat(cursor.report()).isEmpty();
  }
}
