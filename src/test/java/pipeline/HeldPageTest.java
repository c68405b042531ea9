package pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import ledger.DocumentRecord;
import ledger.FailureFilter;
import ledger.UnstoredRow;
import model.Acceptance;
import model.DocumentState;
import model.FailureReason;
import model.Validators;
import org.junit.jupiter.api.Test;
import portal.ForeignHostException;
import portal.PortalException;
import scripts.WaitingReason;
import testing.LedgerRows;

/** A page of which nothing came is not closed. */
class HeldPageTest extends PipelineTestSupport {
  private static final int ALWAYS = 50;

  private void refuse(int first, int last, FailureReason reason) {
    for (int number = first; number <= last; number++) {
      portal.onFetch(number, ALWAYS, ScriptedPortal.fails(new PortalException(reason, "no")));
    }
  }

  /** Works on the page, and tells the orchestrator as a script's route does. */
  private NothingCameException held() {
    Exception failure = work().getException();
    assertThat(failure).isInstanceOf(NothingCameException.class);
    NothingCameException held = (NothingCameException) failure;
    orchestrator.reports().pageHeld(SCRIPT, held.reason(), String.valueOf(held.getMessage()));
    assertThat(manifest.getReceivedCounter()).isZero();
    assertThat(ledger.pages().nextOpen(1)).as("the page stays open").isEqualTo(1);
    return held;
  }

  private Map<String, DocumentRecord> records() {
    return ledger.documents().find(portal.list(1).rows().stream().map(row -> row.id()).toList());
  }

  private List<String> unstored() {
    assertThat(manifest.getReceivedCounter()).as("the page is closed").isEqualTo(1);
    return LedgerRows.unstored(ledger, 1, 1).stream().map(UnstoredRow::reason).toList();
  }

  @Test
  void theScriptWaitsAndSummarisesTheFailuresInOneLine() {
    portal.lists(4);
    refuse(1, 3, FailureReason.http(403));
    refuse(4, 4, FailureReason.GONE);

    NothingCameException held = held();

    assertThat(held).hasMessage("page 1: none of its 4 documents could be had: 3 http_403, 1 gone");
    assertThat(held.reason()).isEqualTo(WaitingReason.PORTAL);
    assertThat(records().values())
        .allSatisfy(record -> assertThat(record.state()).isEqualTo(DocumentState.QUEUED));
    assertThat(ledger.pages().tally(1, 1).failed()).isZero();
  }

  @Test
  void eachRetryTriesAFewOtherDocumentsUntilOneSucceeds() {
    portal.lists(8);
    refuse(1, 3, FailureReason.http(403));
    for (int number = 4; number <= 8; number++) {
      portal.onFetch(
          number,
          MAX_ATTEMPTS,
          ScriptedPortal.fails(new PortalException(FailureReason.http(403), "no")));
    }
    held();
    int before = portal.fetched().size();

    held();

    assertThat(portal.fetched().subList(before, portal.fetched().size()))
        .containsExactly("doc/1.pdf", "doc/2.pdf", "doc/3.pdf");

    assertThat(work().getException()).isNull();

    assertThat(portal.fetched().subList(before + 3, portal.fetched().size()))
        .startsWith("doc/4.pdf")
        .contains("doc/1.pdf", "doc/8.pdf");
    assertThat(unstored()).containsExactly("http_403", "http_403", "http_403");
  }

  @Test
  void anAcceptedPageIsClosedAsItIsWithoutFurtherAttempts() {
    portal.lists(3);
    refuse(1, 2, FailureReason.http(403));
    refuse(3, 3, FailureReason.TOO_LARGE);
    held();
    int before = portal.fetched().size();

    assertThat(orchestrator.accept(SCRIPT)).hasValue(1);
    assertThat(work().getException()).isNull();

    assertThat(portal.fetched()).hasSize(before);
    assertThat(unstored()).containsExactly("http_403", "http_403", "too_large");
    assertThat(ledger.pages().tally(1, 1).failed()).isEqualTo(2);
    assertThat(ledger.documents().find("doc/3.pdf").orElseThrow().state())
        .isEqualTo(DocumentState.REJECTED);
  }

  @Test
  void acceptedDocumentsDoNotHoldThePageOpenAndAreNotRetried() {
    portal.lists(3);
    List<String> ids = List.of("doc/1.pdf", "doc/2.pdf", "doc/3.pdf");
    ids.forEach(
        id ->
            ledger
                .documents()
                .failed(
                    id,
                    7,
                    DocumentState.FAILED,
                    "http_403",
                    OptionalInt.empty())); // it lists them, too
    ledger.retries().accept(new FailureFilter(null, null, ids), new Acceptance(Instant.EPOCH, "n"));

    assertThat(work().getException()).isNull();

    assertThat(portal.fetched()).isEmpty();
    assertThat(unstored()).containsExactly("http_403", "http_403", "http_403");
  }

  @Test
  void acceptHasNoEffectIfNoPageIsHeld() {
    assertThat(orchestrator.accept(SCRIPT)).isEmpty();
  }

  @Test
  void rejectedRowsCountAndTheirHostsAreNamed() {
    portal.listsForeignHost().listsForeignHost().listsForeignHost();

    assertThat(held())
        .hasMessage(
            "page 1: none of its 3 documents could be had: 3 foreign_host;"
                + " portal.allowed-hosts lacks else");
  }

  @Test
  void hostsOfRedirectsAreNamedWithTheOthersAtEachRetry() {
    portal.lists(8).listsForeignHost();
    for (int number = 1; number <= 8; number++) {
      URI to = URI.create(number == 8 ? "https://b.test:8443/8.pdf" : "https://a.test/1.pdf");
      portal.onFetch(
          number,
          ALWAYS,
          ScriptedPortal.fails(new ForeignHostException(URI.create("http://portal/"), to)));
    }
    String words =
        "page 1: none of its 9 documents could be had: 9 foreign_host;"
            + " portal.allowed-hosts lacks a.test, b.test:8443, else";

    assertThat(held()).hasMessage(words);
    assertThat(held()).as("although only some are asked again").hasMessage(words);
  }

  @Test
  void aPageWhoseDocumentsTheStoreRefusesWaitsForTheStoreAndQuotesIt() {
    portal.lists(4);
    fail(documents, refused());

    NothingCameException held = held();

    assertThat(held.reason()).isEqualTo(WaitingReason.STORE);
    assertThat(held)
        .hasMessage("page 1: none of its 4 documents could be had: 4 store; access denied");
  }

  @Test
  void fewerThanThreeRowsSayNothingAboutThePortal() {
    portal.lists(1).listsForeignHost().listsWithheld();
    refuse(1, 1, FailureReason.http(403));

    assertThat(work().getException()).isNull();

    assertThat(unstored()).containsExactly("http_403", "foreign_host", "withheld");
  }

  @Test
  void documentsThatAFinalSourceLacksDoNotHoldThePageOpen() {
    portal.listsOfFinalSource(4);
    refuse(1, 1, FailureReason.GONE);
    refuse(2, 2, FailureReason.NOT_PDF);
    refuse(3, 3, FailureReason.TRUNCATED);
    refuse(4, 4, FailureReason.EMPTY);

    assertThat(work().getException()).isNull();

    assertThat(unstored()).containsExactly("gone", "not_pdf", "truncated", "empty");
  }

  @Test
  void aFinalSourceThatRefusesItsDocumentsHoldsThePageOpen() {
    portal.listsOfFinalSource(4);
    refuse(1, 1, FailureReason.NOT_PDF);
    refuse(2, 4, FailureReason.http(400));

    assertThat(held()).hasMessage("page 1: none of its 3 documents could be had: 3 http_400");
  }

  @Test
  void aDocumentThatWasStoredEarlierCountsAsStored() {
    portal.lists(3);
    ledger.documents().stored("doc/2.pdf", 1, 1, ScriptedPortal.SHA256, null, Validators.NONE);
    refuse(1, 1, FailureReason.http(403));
    refuse(3, 3, FailureReason.http(403));

    assertThat(work().getException()).isNull();

    assertThat(unstored()).containsExactly("http_403", "http_403");
  }
}
