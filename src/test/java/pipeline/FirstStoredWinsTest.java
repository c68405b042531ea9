package pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import model.DocumentState;
import model.FailureReason;
import org.junit.jupiter.api.Test;
import portal.PortalException;
import store.KeptDocument;
import store.StoreException;
import store.StoreException.Kind;

/** Several instances put the same document, each with other bytes. */
class FirstStoredWinsTest extends PipelineTestSupport {
  private static final String ID = ScriptedPortal.row(1).id();
  private static final StoreException TAKEN =
      new StoreException(Kind.REFUSED, 412, "PreconditionFailed", "there is one", null);

  @Override
  boolean firstStoredWins() {
    return true;
  }

  @Override
  int maxAttempts() {
    return 2;
  }

  @Test
  void aDocumentPutByAnotherInstanceCountsWithThatObjectsHash() {
    portal.lists(1);
    KeptDocument first = new KeptDocument(77, "ab".repeat(32), true);
    documents.whenAnyExchangeReceived(
        exchange -> {
          inBucket.put("judgments/" + ID, first);
          throw TAKEN;
        });

    work();

    assertThat(ledger.documents().find(ID).orElseThrow())
        .satisfies(
            document -> {
              assertThat(document.state()).isEqualTo(DocumentState.STORED);
              assertThat(document.size()).isEqualTo(77);
              assertThat(document.sha256()).isEqualTo("ab".repeat(32));
            });
    assertThat(documents.getReceivedCounter()).isEqualTo(1);
    assertThat(manifest.getReceivedCounter()).isEqualTo(1);
  }

  @Test
  void aDamagedObjectIsReplacedEvenIfTheFirstAttemptFails() {
    portal.lists(1);
    work();
    inBucket.put("judgments/" + ID, new KeptDocument(77, "ab".repeat(32), true));
    ledger.retries().fetchAgain(Map.of(ID, List.of(1)));
    portal.onFetch(1, ScriptedPortal.fails(new PortalException(FailureReason.TRUNCATED, "cut")));
    documents.whenAnyExchangeReceived(
        exchange -> {
          if (exchange.getMessage().getHeaders().toString().contains("only-first")) {
            throw TAKEN;
          }
        });

    work();

    assertThat(portal.fetched()).containsExactly(ID, ID, ID);
    assertThat(ledger.documents().find(ID).orElseThrow().sha256()).isEqualTo(ScriptedPortal.SHA256);
  }

  @Test
  void anObjectThatThisProgramDidNotPutIsReplacedAtTheNextAttempt() {
    portal.lists(1);
    documents.whenExchangeReceived(
        1,
        exchange -> {
          throw TAKEN;
        });

    work();

    assertThat(ledger.documents().find(ID).orElseThrow().sha256()).isEqualTo(ScriptedPortal.SHA256);
    assertThat(documents.getReceivedCounter()).isEqualTo(2);
  }
}
