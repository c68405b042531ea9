package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import model.Acceptance;
import model.DocumentState;
import model.PageRange;
import model.Validators;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.LedgerRows;

/** Which documents are queued again, and how they are counted meanwhile. */
class RetriesTest {
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

  private void reopen() {
    ledger.close();
    open();
  }

  /** A page whose documents failed for this reason. */
  private void failed(int page, String reason, String... ids) {
    Arrays.stream(ids)
        .forEach(
            id ->
                ledger
                    .documents()
                    .failed(id, page, DocumentState.FAILED, reason, OptionalInt.empty()));
    list(page, reason, ids);
  }

  private void list(int page, String reason, String... ids) {
    ledger
        .pages()
        .close(
            page,
            IntStream.range(0, ids.length)
                .mapToObj(
                    i ->
                        new UnstoredRow(
                            page,
                            i + 1,
                            ids[i],
                            null,
                            null,
                            DocumentState.FAILED,
                            reason,
                            0,
                            null,
                            null))
                .toList(),
            null);
  }

  private int retry(FailureFilter filter) {
    return ledger.retries().requeueFailed(filter);
  }

  private DocumentState state(String id) {
    return ledger.documents().find(id).orElseThrow().state();
  }

  @Test
  void aPageStaysCompleteWhileItsDocumentsAreRetriedAndTheyAreCountedMeanwhile() {
    failed(1, "timeout", "a", "b", "c");
    ledger.pages().close(2, List.of(), null);

    assertThat(retry(FailureFilter.ALL)).isEqualTo(3);
    assertThat(ledger.pages().tally(1, 2)).isEqualTo(new PageCounts(2, 0, 0, 0, 3));
    assertThat(ledger.pages().nextOpen(1)).as("it is still to be worked on").isEqualTo(1);
    reopen();
    assertThat(ledger.pages().tally(1, 2)).isEqualTo(new PageCounts(2, 0, 0, 0, 3));

    ledger.documents().stored("a", 1, 10, SHA, null, Validators.NONE);
    ledger.documents().failed("b", 1, DocumentState.QUEUED, "timeout", OptionalInt.empty());
    assertThat(ledger.pages().tally(1, 2)).isEqualTo(new PageCounts(2, 1, 10, 0, 2));
    ledger.documents().failed("b", 1, DocumentState.FAILED, "timeout", OptionalInt.empty());
    ledger.retries().giveUp(Map.of("c", DocumentState.FAILED));
    assertThat(ledger.pages().tally(1, 2)).isEqualTo(new PageCounts(2, 1, 10, 2, 0));
    reopen();
    assertThat(ledger.pages().tally(1, 2)).isEqualTo(new PageCounts(2, 1, 10, 2, 0));
  }

  @Test
  void aDocumentQueuedAgainWhileItsPageClosesKeepsThePageOpen() {
    failed(1, "timeout", "a");
    for (int round = 0; round < 200; round++) {
      CompletableFuture<Integer> queued =
          CompletableFuture.supplyAsync(() -> retry(FailureFilter.ALL));
      list(1, "timeout", "a");
      int documents = queued.join();

      assertThat(ledger.pages().isOpen(1)).as("round " + round).isEqualTo(documents == 1);
      ledger.retries().giveUp(Map.of("a", DocumentState.FAILED));
      list(1, "timeout", "a");
    }
  }

  @Test
  void aFirstAttemptIsNotARetry() {
    ledger.documents().failed("a", 1, DocumentState.QUEUED, "timeout", OptionalInt.empty());

    assertThat(ledger.pages().tally(1, 1).retrying()).isZero();
    assertThat(retry(FailureFilter.ALL)).isZero();
  }

  @Test
  void aReasonSelectsTheDocumentsThatFailedForIt() {
    failed(1, "timeout", "a");
    failed(2, "not_pdf", "b");

    assertThat(retry(new FailureFilter("not_pdf", null, null))).isEqualTo(1);

    assertThat(state("a")).isEqualTo(DocumentState.FAILED);
    assertThat(state("b")).isEqualTo(DocumentState.QUEUED);
    assertThat(ledger.pages().isRetry(1)).isFalse();
  }

  @Test
  void pagesSelectTheDocumentsThatTheyListWhereverElseTheseAreListed() {
    failed(1, "timeout", "a", "b");
    list(7, "timeout", "b");
    ledger
        .documents()
        .failed(
            "c",
            8,
            DocumentState.FAILED,
            "timeout",
            OptionalInt.empty()); // its page is not closed yet

    assertThat(retry(new FailureFilter(null, new PageRange(7, 8), null))).isEqualTo(2);

    assertThat(state("a")).isEqualTo(DocumentState.FAILED);
    assertThat(ledger.pages().isRetry(1)).as("it lists b, too").isTrue();
    assertThat(ledger.pages().isRetry(7)).isTrue();
  }

  @Test
  void idsSelectDocumentsThatAlsoMatchTheOtherCriteria() {
    failed(1, "timeout", "a", "b");
    failed(2, "not_pdf", "c");

    assertThat(retry(new FailureFilter("timeout", null, List.of("b", "c", "unknown"))))
        .isEqualTo(1);
    assertThat(state("b")).isEqualTo(DocumentState.QUEUED);
    assertThat(retry(new FailureFilter(null, null, List.of("c", "c")))).isEqualTo(1);
    assertThat(retry(FailureFilter.NONE)).isZero();
  }

  @Test
  void anIdIsAcceptedAsItIsShownWithoutItsSecret() {
    failed(1, "timeout", "doc_1.pdf%3Ftoken=s3cret", "docx1.pdf%3Ftoken=s3cret", "doc_1.pdf");

    assertThat(retry(new FailureFilter(null, null, List.of("doc_1.pdf%3Ftoken=***")))).isEqualTo(1);

    assertThat(state("doc_1.pdf%3Ftoken=s3cret")).isEqualTo(DocumentState.QUEUED);
  }

  private static final Acceptance ACCEPTED =
      new Acceptance(Instant.parse("2026-11-24T13:04:03.123Z"), "broken for ever");

  private int accept(String... ids) {
    return ledger.retries().accept(new FailureFilter(null, null, List.of(ids)), ACCEPTED);
  }

  @Test
  void anAcceptedDocumentKeepsItsStateAndReasonAndOpensItsPagesForNewManifests() {
    failed(1, "not_pdf", "a", "b");
    list(7, "not_pdf", "a");
    failed(2, "timeout", "c");

    assertThat(accept("a", "unknown")).isEqualTo(1);

    reopen();
    DocumentRecord record = ledger.documents().find("a").orElseThrow();
    assertThat(record.acceptance()).isEqualTo(ACCEPTED);
    assertThat(record.state()).isEqualTo(DocumentState.FAILED);
    assertThat(record.reason()).isEqualTo("not_pdf");
    assertThat(ledger.documents().find("b").orElseThrow().acceptance()).isNull();
    assertThat(ledger.pages().isRetry(1)).isTrue();
    assertThat(ledger.pages().isRetry(7)).isTrue();
    assertThat(ledger.pages().isRetry(2)).isFalse();
    assertThat(ledger.pages().tally(1, 7)).isEqualTo(new PageCounts(3, 0, 0, 3, 0));
    assertThat(LedgerRows.unstored(ledger, 1, 1).get(0).acceptance()).isEqualTo(ACCEPTED);
    assertThat(accept("a")).as("once").isZero();
  }

  @Test
  void anAcceptedDocumentIsRetriedOnlyByItsId() {
    failed(1, "gone", "a");
    accept("a");

    assertThat(retry(FailureFilter.ALL)).isZero();
    assertThat(retry(new FailureFilter("gone", new PageRange(1, 1), null))).isZero();
    assertThat(ledger.retries().requeueGone(1, 1)).isZero();
    ledger.retries().tryAgain(List.of("a"));
    assertThat(state("a")).isEqualTo(DocumentState.FAILED);

    assertThat(retry(new FailureFilter(null, null, List.of("a")))).isEqualTo(1);
    assertThat(ledger.documents().find("a").orElseThrow().acceptance()).isNull();
  }

  @Test
  void aPageThatIsClosedWhileADocumentIsAcceptedGetsAnotherManifest() {
    failed(1, "not_pdf", "a");
    accept("a");

    list(1, "not_pdf", "a"); // its manifest was made before
    assertThat(ledger.pages().isRetry(1)).isTrue();
    ledger
        .pages()
        .close(
            1,
            List.of(
                new UnstoredRow(
                    1, 1, "a", null, null, DocumentState.FAILED, "not_pdf", 0, null, ACCEPTED)),
            null);
    assertThat(ledger.pages().nextOpen(1)).isEqualTo(2);
  }
}
