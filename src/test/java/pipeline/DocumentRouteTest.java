package pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import ledger.LedgerException;
import model.DocumentState;
import model.FailureReason;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.junit.jupiter.api.Test;
import portal.CaptchaException;
import portal.Download;
import portal.PortalException;
import portal.Row;
import portal.UnendedException;

/** {@code direct:document}: a document in, its outcome out. */
class DocumentRouteTest extends PipelineTestSupport {
  private static final String ID = ScriptedPortal.row(1).id();

  private DocumentTask task() {
    portal.lists(1);
    return new Round(listedPage(), List.of(ScriptedPortal.row(1))).tasks().get(0);
  }

  @Override
  int workerCount() {
    return 4;
  }

  /** The outcome; the document itself when it was not taken up. */
  private Object send(DocumentTask task) {
    return template.requestBody("direct:document", task);
  }

  private void expectFreeClaimAndEmptySpool() throws IOException {
    assertThat(ledger.documents().claim(ID)).as("the claim is free again").isTrue();
    assertThat(spooled()).isZero();
  }

  @Test
  void aDocumentIsUploadedThenRecordedThenDeletedFromTheSpool() throws Exception {
    documents.expectedMessageCount(1);
    documents.expectedHeaderReceived(AWS2S3Constants.KEY, "judgments/doc/1.pdf");
    documents.expectedHeaderReceived(AWS2S3Constants.CONTENT_TYPE, "application/pdf");
    documents.expectedHeaderReceived(
        AWS2S3Constants.METADATA, Map.of("sha256", ScriptedPortal.SHA256));

    Object outcome = send(task());

    documents.assertIsSatisfied();
    assertThat(outcome).isInstanceOf(Outcome.Stored.class);
    assertThat(ledger.documents().find(ID).orElseThrow().state()).isEqualTo(DocumentState.STORED);
    assertThat(spooled()).isZero();
  }

  @Test
  void aDocumentCarriesThePortalsFactsAsMetadataAlsoWhenItIsRetried() throws Exception {
    Map<String, String> facts =
        Map.of(
            "title", "A v. B", "cnr", "X1", "court", "High Court", "decision_date", "2024-01-02");
    Row row = new Row(1, ID, "http://portal/" + ID, null, facts);
    portal.lists(1);
    DocumentTask task = new Round(listedPage(), List.of(row)).tasks().get(0);
    fail(documents, away());
    send(task);
    documents.reset();
    documents.expectedMessageCount(1);
    documents.expectedHeaderReceived(
        AWS2S3Constants.METADATA,
        Map.of(
            "sha256", ScriptedPortal.SHA256,
            "cnr", "X1",
            "court", "High%20Court",
            "decision-date", "2024-01-02"));

    send(task);

    documents.assertIsSatisfied();
  }

  @Test
  void aStoredDocumentIsNotFetchedAgain() {
    DocumentTask task = task();
    send(task);

    assertThat(send(task)).isSameAs(task);
    assertThat(portal.fetched()).hasSize(1);
  }

  @Test
  void aDocumentClaimedByAnotherPageIsLeftToThatPage() {
    DocumentTask task = task();
    ledger.documents().claim(ID);

    assertThat(send(task)).isSameAs(task);
    assertThat(portal.fetched()).isEmpty();
    assertThat(ledger.documents().claim(ID)).as("the other page's claim stands").isFalse();
  }

  @Test
  void aFailedUploadRecordsNothingAndLeavesNothingBehind() throws Exception {
    fail(documents, away());

    assertThat(send(task())).isInstanceOf(Outcome.Failed.class);
    assertThat(ledger.documents().find(ID)).isEmpty();
    expectFreeClaimAndEmptySpool();
  }

  @Test
  void aFailedDownloadIsNotUploaded() throws Exception {
    documents.expectedMessageCount(0);
    portal.onFetch(1, ScriptedPortal.fails(new PortalException(FailureReason.TIMEOUT, "too slow")));

    Object outcome = send(task());

    documents.assertIsSatisfied();
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.failure().isSilence()).isTrue());
    expectFreeClaimAndEmptySpool();
  }

  @Test
  void aPdfThatArrivesTwiceWithoutItsEndIsStoredWithThatDefect() {
    comesWithoutEnd("aa", "bb", "bb");
    DocumentTask task = task();

    assertThat(send(task)).isInstanceOf(Outcome.Failed.class);
    assertThat(send(task)).as("another file").isInstanceOf(Outcome.Failed.class);
    assertThat(send(task)).isInstanceOf(Outcome.Stored.class);
    assertThat(ledger.documents().find(ID).orElseThrow().defect()).isEqualTo("no_eof");
    assertThat(ledger.documents().find(ID).orElseThrow().sha256()).isEqualTo("bb".repeat(32));
  }

  private void comesWithoutEnd(String... digests) {
    for (String digest : digests) {
      Download download = new Download(folder.resolve("x"), 7, digest.repeat(32));
      portal.onFetch(1, ScriptedPortal.fails(new UnendedException("no end", download)));
    }
  }

  @Test
  void aCaptchaIsNotAFailure() throws Exception {
    portal.onFetch(1, ScriptedPortal.fails(new CaptchaException("asked", "data:image")));

    assertThat(send(task())).isInstanceOf(Outcome.Captcha.class);
    assertThat(ledger.documents().find(ID)).isEmpty();
    expectFreeClaimAndEmptySpool();
  }

  @Test
  void aDocumentInterruptedByAStopCountsAsNeverStarted() throws Exception {
    portal.onFetch(1, ScriptedPortal.fails(new CancellationException("the script stops")));

    assertThat(send(task())).isInstanceOf(Outcome.Skipped.class);
    assertThat(ledger.documents().find(ID)).isEmpty();
    expectFreeClaimAndEmptySpool();
  }

  @Test
  void noDocumentIsStartedForAStoppingScript() {
    DocumentTask task = task();
    stop.fire();

    assertThat(send(task)).isSameAs(task);
    assertThat(portal.fetched()).isEmpty();
  }

  @Test
  void aFullDiskDoesNotCountAgainstTheDocument() throws Exception {
    portal.onFetch(
        1,
        ScriptedPortal.fails(new UncheckedIOException(new IOException("No space left on device"))));

    assertThat(send(task())).isInstanceOf(Outcome.Broken.class);
    assertThat(ledger.documents().find(ID)).isEmpty();
    expectFreeClaimAndEmptySpool();
  }

  @Test
  void aDocumentIsNotConfirmedIfTheLedgerCannotBeWritten() throws Exception {
    portal.onFetch(1, () -> ledger.close());

    assertThat(send(task()))
        .isInstanceOfSatisfying(
            Outcome.Broken.class,
            broken -> assertThat(broken.cause()).isInstanceOf(LedgerException.class));
    assertThat(spooled()).isZero();
  }

  @Test
  void aSequentialSessionGetsOneDocumentAtATime() {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger mostAtOnce = new AtomicInteger();
    documents.whenAnyExchangeReceived(
        exchange -> {
          mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          Thread.onSpinWait();
          atOnce.decrementAndGet();
        });
    List<Row> rows = IntStream.rangeClosed(1, 20).mapToObj(ScriptedPortal::row).toList();

    new Round(listedPage(), rows)
        .tasks().stream()
            .map(task -> template.asyncRequestBody("direct:document", task, Outcome.class))
            .toList()
            .forEach(CompletableFuture::join);

    assertThat(portal.fetched()).hasSize(20);
    assertThat(mostAtOnce.get()).isEqualTo(1);
  }
}
