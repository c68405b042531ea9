package pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import ledger.UnstoredRow;
import model.FailureReason;
import org.junit.jupiter.api.Test;
import portal.PortalException;
import testing.LedgerRows;

/** What takes two looks even where the operator allows one try. */
class SecondLookTest extends PipelineTestSupport {
  private static final PortalException GONE = new PortalException(FailureReason.GONE, "404");

  @Override
  int maxAttempts() {
    return 1;
  }

  private List<String> unstored() {
    assertThat(manifest.getReceivedCounter()).as("the page is closed").isEqualTo(1);
    return LedgerRows.unstored(ledger, 1, 1).stream().map(UnstoredRow::reason).toList();
  }

  @Test
  void aRefusalDoesNotCountIfTheStoreAcceptsTheDocumentAMomentLater() {
    portal.lists(2);
    documents.whenExchangeReceived(
        1,
        put -> {
          throw refused(); // and it takes others by the time it is asked
        });

    work();

    assertThat(unstored()).isEmpty();
  }

  @Test
  void aGoneDocumentIsTriedTwiceARetryWaitApart() {
    portal.lists(2).onFetch(1, ScriptedPortal.fails(GONE));
    portal.onFetch(2, 2, ScriptedPortal.fails(GONE));

    work();

    assertThat(unstored()).containsExactly("gone");
    assertThat(portal.fetched())
        .containsExactly("doc/1.pdf", "doc/2.pdf", "doc/1.pdf", "doc/2.pdf");
    assertThat(ticker.waits()).containsExactly(Duration.ofSeconds(1));
  }
}
