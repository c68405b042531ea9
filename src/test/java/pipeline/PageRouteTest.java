package pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import ledger.FailureFilter;
import ledger.LedgerException;
import ledger.UnstoredRow;
import model.DocumentState;
import model.FailureReason;
import model.Validators;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import portal.CaptchaException;
import portal.Listing;
import portal.PortalException;
import store.ManifestRow;
import store.StoreException;
import testing.LedgerRows;

/** {@code direct:page}: a page number and its script in, a manifest out, whatever happens. */
class PageRouteTest extends PipelineTestSupport {
  private static final PortalException TIMEOUT =
      new PortalException(FailureReason.TIMEOUT, "too slow");
  private static final PortalException GONE = new PortalException(FailureReason.GONE, "404");
  private static final PortalException NOT_PDF = new PortalException(FailureReason.NOT_PDF, "HTML");

  private void expectDone(Exchange page) {
    assertThat(page.getException()).isNull();
    assertThat(manifest.getReceivedCounter()).isEqualTo(1);
    assertThat(ledger.pages().nextOpen(1)).isEqualTo(2);
  }

  private void expectLeft(Exchange page, Class<? extends Exception> cause) {
    assertThat(page.getException()).isInstanceOf(cause);
    assertThat(manifest.getReceivedCounter()).isZero();
    assertThat(ledger.pages().nextOpen(1)).as("the page stays open").isEqualTo(1);
  }

  private int attempts(int number) {
    return ledger.documents().find(ScriptedPortal.row(number).id()).orElseThrow().attempts();
  }

  private DocumentState state(int number) {
    return ledger.documents().find(ScriptedPortal.row(number).id()).orElseThrow().state();
  }

  private List<String> unstored() {
    return LedgerRows.unstored(ledger, 1, 1).stream().map(UnstoredRow::reason).toList();
  }

  private void fetchFails(int number, int tries, PortalException failure) {
    portal.onFetch(number, tries, ScriptedPortal.fails(failure));
  }

  @Test
  void everyDocumentOfThePageIsStoredThenThePageIsClosed() {
    portal.lists(3).listsForeignHost();

    Exchange page = work();

    expectDone(page);
    assertThat(portal.fetched()).containsExactly("doc/1.pdf", "doc/2.pdf", "doc/3.pdf");
    assertThat(unstored()).containsExactly("foreign_host");
  }

  @Test
  void aFileThatIsNotAPdfIsRetriedAndThenGivenUp() {
    portal.lists(2);
    fetchFails(1, MAX_ATTEMPTS, NOT_PDF);

    Exchange page = work();

    expectDone(page);
    assertThat(state(1)).isEqualTo(DocumentState.FAILED);
    assertThat(unstored()).containsExactly("not_pdf");
    assertThat(ticker.waits()).hasSize(MAX_ATTEMPTS - 1);
    assertThat(ticker.waits().get(1)).isGreaterThan(ticker.waits().get(0));
    assertThat(portal.listed()).as("the portal was never in doubt").isEqualTo(1);
  }

  @Test
  void retryAfterIsLeftToTheGovernorAndNotWaitedForTwice() {
    portal.lists(1);
    fetchFails(
        1, 1, new PortalException(FailureReason.http(503), "busy", Duration.ofMinutes(7), null));

    expectDone(work());

    assertThat(ticker.waits()).hasSize(1).allMatch(wait -> wait.toSeconds() < 2);
  }

  @Test
  void aSilenceCountsIfThePortalStillAnswersForItsListing() {
    portal.lists(1);
    fetchFails(1, MAX_ATTEMPTS, TIMEOUT);

    expectDone(work());

    assertThat(attempts(1)).isEqualTo(MAX_ATTEMPTS);
    assertThat(portal.listed()).as("asked after each silent round").isEqualTo(1 + MAX_ATTEMPTS);
    assertThat(unstored()).containsExactly("timeout");
  }

  @Test
  void silenceDoesNotCountAgainstDocumentsIfThePortalIsDown() {
    portal.lists(2).onList(() -> {}).onList(ScriptedPortal.fails(TIMEOUT));
    fetchFails(1, 1, TIMEOUT);
    fetchFails(2, 1, TIMEOUT);

    expectLeft(work(), PortalException.class);

    assertThat(ledger.documents().find("doc/1.pdf")).isEmpty();
    assertThat(ledger.documents().find("doc/2.pdf")).isEmpty();
  }

  @Test
  void aPortalThatHasAnsweredSinceIsNotProbed() {
    portal.lists(2);
    fetchFails(1, 1, TIMEOUT);

    expectDone(work());

    assertThat(portal.listed()).isEqualTo(1);
  }

  @Test
  void aStoreThatIsDownCountsAgainstNoDocumentAndGetsNoFurtherUploads() {
    portal.lists(3);
    fail(documents, away());

    expectLeft(work(), StoreException.class);

    assertThat(portal.fetched()).containsExactly("doc/1.pdf");
    assertThat(ledger.documents().find("doc/1.pdf")).isEmpty();
  }

  @Test
  void aDocumentThatTheStoreRefusesWhileItAcceptsOthersIsGivenUp() {
    portal.lists(1);
    AtomicInteger asked = new AtomicInteger();
    storeTakes = () -> asked.incrementAndGet() > 0;
    fail(documents, refused());

    expectDone(work());

    assertThat(unstored()).containsExactly("store");
    assertThat(asked.get()).isEqualTo(MAX_ATTEMPTS);
  }

  @Test
  void a404AfterAnotherFailureIsConfirmedByOneMoreAttempt() {
    portal.lists(1);
    fetchFails(1, 1, NOT_PDF);
    fetchFails(1, 1, GONE);

    expectDone(work());

    assertThat(unstored()).isEmpty();
  }

  @Test
  void aStoreThatAcceptsNothingCountsAgainstNoDocument() {
    portal.lists(1);
    storeTakes =
        () -> {
          throw refused();
        };
    fail(documents, refused());

    expectLeft(work(), StoreException.class);

    assertThat(ledger.documents().find("doc/1.pdf")).isEmpty();
  }

  @Test
  void aStoreThatHasAcceptedNothingYetIsTestedWithTheOtherDocumentsFirst() {
    portal.lists(3);
    storeTakes = () -> false; // an empty bucket
    documents.whenExchangeReceived(
        1,
        put -> {
          throw refused();
        });

    expectDone(work());

    assertThat(unstored()).isEmpty();
    assertThat(portal.fetched()).hasSize(4);
  }

  @Test
  void aStoreThatRefusesEveryDocumentOfAnEmptyBucketMakesThePageWait() {
    portal.lists(3);
    storeTakes = () -> false;
    fail(documents, refused());

    expectLeft(work(), StoreException.class);

    assertThat(portal.fetched()).containsExactly("doc/1.pdf", "doc/2.pdf", "doc/3.pdf");
    assertThat(ledger.documents().find("doc/1.pdf")).isEmpty();
  }

  @Test
  void aCaptchaHoldsThePageUntilAPersonHasAnswered() {
    portal.lists(2);
    portal.onFetch(1, ScriptedPortal.fails(new CaptchaException("asked", "data:image")));

    CompletableFuture<Exchange> page =
        template.asyncSend("direct:page", PipelineTestSupport::pageOne);
    Awaitility.await().until(() -> !captchas.waiting().isEmpty());
    assertThat(portal.fetched()).as("nothing more is begun meanwhile").hasSize(1);
    captchas.answer(captchas.waiting().get(0).id(), "x7k2");

    expectDone(page.join());
    assertThat(portal.answers()).containsExactly("x7k2");
    assertThat(portal.fetched()).containsExactly("doc/1.pdf", "doc/1.pdf", "doc/2.pdf");
    assertThat(attempts(1)).as("a captcha is no try").isZero();
  }

  @Test
  void aCaptchaBeforeTheListingHoldsThePage() {
    portal.lists(1).onList(ScriptedPortal.fails(new CaptchaException("asked", "data:image")));

    CompletableFuture<Exchange> page =
        template.asyncSend("direct:page", PipelineTestSupport::pageOne);
    Awaitility.await().until(() -> !captchas.waiting().isEmpty());
    captchas.answer(captchas.waiting().get(0).id(), "x7k2");

    expectDone(page.join());
  }

  @Test
  void aStopLeavesThePageBetweenTwoDocuments() {
    portal.lists(3).onFetch(1, stop::fire);

    expectLeft(work(), CancellationException.class);

    assertThat(portal.fetched()).containsExactly("doc/1.pdf");
    assertThat(state(1)).as("what was begun is ended").isEqualTo(DocumentState.STORED);
  }

  @Test
  void aStopEndsTheWaitForAPerson() {
    portal.lists(1).onFetch(1, ScriptedPortal.fails(new CaptchaException("asked", "data:image")));

    CompletableFuture<Exchange> page =
        template.asyncSend("direct:page", PipelineTestSupport::pageOne);
    Awaitility.await().until(() -> !captchas.waiting().isEmpty());
    stop.fire();

    expectLeft(page.join(), CancellationException.class);
  }

  @Test
  void aLedgerThatCannotBeWrittenBreaksThePage() {
    portal.lists(3).onFetch(1, () -> ledger.close());

    Exchange page = work();

    assertThat(page.getException()).isInstanceOf(LedgerException.class);
    assertThat(portal.fetched()).as("nothing more is begun").containsExactly("doc/1.pdf");
    assertThat(manifest.getReceivedCounter()).isZero();
  }

  @Test
  void aPageWaitsForADocumentThatAnotherPageIsWorkingOn() {
    portal.lists(2);
    ledger.documents().claim("doc/1.pdf");
    portal.onFetch(
        2,
        () -> {
          ledger
              .documents()
              .stored("doc/1.pdf", 9, 11, ScriptedPortal.SHA256, null, Validators.NONE);
          ledger.documents().release("doc/1.pdf");
        });

    expectDone(work());

    assertThat(portal.fetched()).containsExactly("doc/2.pdf");
    assertThat(unstored()).isEmpty();
  }

  @Test
  void aDocumentThatAnotherPageReleasedIsTakenUp() {
    portal.lists(2);
    ledger.documents().claim("doc/1.pdf");
    portal.onFetch(2, () -> ledger.documents().release("doc/1.pdf"));

    expectDone(work());

    assertThat(portal.fetched()).containsExactly("doc/2.pdf", "doc/1.pdf");
  }

  @Test
  void aRetryTakesItsRowsFromTheManifest() {
    portal.lists(2);
    fetchFails(1, MAX_ATTEMPTS, NOT_PDF);
    work();
    ledger.retries().requeueFailed(FailureFilter.ALL);
    earlierManifests.put(1, rowsOfTheManifest());
    manifest.reset();

    expectDone(work());

    assertThat(portal.listed()).as("once, by the first walk").isEqualTo(1);
    assertThat(portal.fetched()).endsWith("doc/1.pdf").hasSize(MAX_ATTEMPTS + 2);
    assertThat(unstored()).isEmpty();
  }

  @Test
  void aRetryWhoseManifestIsLostListsThePageAgain() {
    portal.lists(1);
    fetchFails(1, MAX_ATTEMPTS, NOT_PDF);
    work();
    ledger.retries().requeueFailed(FailureFilter.ALL);
    manifest.reset();

    expectDone(work());

    assertThat(portal.listed()).isEqualTo(2);
    assertThat(unstored()).isEmpty();
  }

  private List<ManifestRow> rowsOfTheManifest() {
    PageManifest written =
        PageManifest.of(listedBefore(), ledger.documents().find(List.of("doc/2.pdf")), manifests);
    return written.rows();
  }

  private Page listedBefore() {
    Page page = new Page(1, SCRIPT, portal, false, stop);
    page.listed(
        new Listing(1, List.of(ScriptedPortal.row(1), ScriptedPortal.row(2)), OptionalLong.of(2)),
        NOW,
        row -> ledger.documents().isClosed(row.id()));
    return page;
  }
}
