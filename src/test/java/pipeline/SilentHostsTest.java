package pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import ledger.DocumentRecord;
import model.DocumentState;
import model.FailureReason;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import portal.PortalException;
import store.StoreException;

/** A failure is held against a document only when its own host answers at all. */
class SilentHostsTest extends PipelineTestSupport {
  private static final String ROBOTS = "http://files:81/robots.txt";

  private static PortalException silence() {
    return new PortalException(FailureReason.TIMEOUT, "too slow");
  }

  private void silent(int number, int tries) {
    portal.onFetch(number, tries, ScriptedPortal.fails(silence()));
  }

  private void filesAreAway() {
    onProbe =
        address -> {
          if (address.equals(ROBOTS)) {
            throw new PortalException(FailureReason.CONNECT, address + ": refused");
          }
        };
  }

  private DocumentRecord document(int number) {
    return ledger.documents().find(ScriptedPortal.row(number).id()).orElseThrow();
  }

  private void expectWait(Exchange page, int documents) {
    assertThat(page.getException())
        .isInstanceOf(PortalException.class)
        .hasMessage(
            "page 1: %d documents wait for files:81, which does not answer: %s: refused",
            documents, ROBOTS);
    assertThat(manifest.getReceivedCounter()).isZero();
    assertThat(ledger.pages().nextOpen(1)).as("the page stays open").isEqualTo(1);
  }

  @Test
  void aHostThatIsDownCostsNoDocumentAndTheOthersGoOn() {
    filesAreAway();
    portal.lists(1).listsOn("files:81").listsOn("files:81").listsOn("other");
    silent(2, 9);
    silent(3, 9);
    portal.onFetch(4, ScriptedPortal.fails(silence())); // and its host answers

    expectWait(work(), 2);

    assertThat(document(1).state()).isEqualTo(DocumentState.STORED);
    assertThat(document(4).state()).isEqualTo(DocumentState.STORED);
    assertThat(ledger.documents().find("doc/2.pdf")).as("no try").isEmpty();
    assertThat(ledger.documents().find("doc/3.pdf")).as("no try").isEmpty();
    assertThat(probed).containsExactlyInAnyOrder(ROBOTS, "http://other/robots.txt");
    assertThat(portal.fetched()).as("asked once").containsOnlyOnce("doc/2.pdf", "doc/3.pdf");
  }

  @Test
  void whenTheHostIsBackItsDocumentsAreStoredAndThePageIsClosed() {
    filesAreAway();
    portal.lists(1).listsOn("files:81");
    silent(2, 1);
    expectWait(work(), 1);

    assertThat(work().getException()).isNull();

    assertThat(document(2).state()).isEqualTo(DocumentState.STORED);
    assertThat(document(2).attempts()).isZero();
    assertThat(manifest.getReceivedCounter()).isEqualTo(1);
  }

  @Test
  void aDocumentThatHangsWhileItsHostAnswersIsGivenUp() {
    portal.lists(1).listsOn("files:81");
    silent(2, MAX_ATTEMPTS);

    assertThat(work().getException()).isNull();

    assertThat(document(2).state()).isEqualTo(DocumentState.FAILED);
    assertThat(document(2).reason()).isEqualTo("timeout");
    assertThat(probed).hasSize(MAX_ATTEMPTS).containsOnly(ROBOTS);
  }

  @Test
  void aHostThatHasAnsweredSinceIsNotProbed() {
    portal.listsOn("files:81").listsOn("files:81");
    silent(1, 1);

    assertThat(work().getException()).isNull();

    assertThat(document(1).state()).isEqualTo(DocumentState.STORED);
    assertThat(probed).isEmpty();
  }

  @Test
  void silenceOfARedirectsTargetCountsForThatHost() {
    filesAreAway();
    PortalException there = silence();
    there.asked(URI.create("http://files:81/8.pdf"));
    portal.lists(2).onFetch(1, 9, ScriptedPortal.fails(there));

    expectWait(work(), 1);

    assertThat(ledger.documents().find("doc/1.pdf")).as("no try").isEmpty();
    assertThat(document(2).state()).isEqualTo(DocumentState.STORED);
  }

  @Test
  void aStoreThatRefusesEveryReachableDocumentIsWaitedFor() {
    filesAreAway();
    portal.lists(1).listsOn("files:81");
    silent(2, 9);
    storeTakes = () -> false;
    fail(documents, refused());

    assertThat(work().getException()).isInstanceOf(StoreException.class);

    assertThat(ledger.documents().find(ScriptedPortal.row(1).id())).isEmpty();
    assertThat(ledger.documents().find(ScriptedPortal.row(2).id())).isEmpty();
  }
}
