package pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A page that an audit has found damaged: its objects may be lost, whatever the ledger says. */
class RepairedPageTest extends PipelineTestSupport {
  @BeforeEach
  void complete() {
    portal.lists(3);
    work();
    lostObjects.add("judgments/doc/2.pdf");
  }

  @Test
  void anObjectThatIsLostIsStoredAgainAndNoOther() {
    ledger.sweeps().repair(List.of(1));

    work();

    assertThat(portal.fetched())
        .containsExactly("doc/1.pdf", "doc/2.pdf", "doc/3.pdf", "doc/2.pdf");
    assertThat(ledger.pages().isOpen(1)).isFalse();
    assertThat(ledger.pages().tally(1, 1).stored()).isEqualTo(3);
    assertThat(manifest.getReceivedCounter()).isEqualTo(2);
  }

  @Test
  void theObjectsAreLookedAtOnce() {
    ledger.sweeps().repair(List.of(1));
    work();
    ledger.sweeps().reopen(1);

    work();

    assertThat(portal.fetched()).hasSize(4);
  }

  @Test
  void aPageThatIsInWorkDuringTheRepairIsListedOnceMore() {
    ledger.sweeps().reopen(1);
    ledger.pages().begin(1);
    portal.onList(() -> ledger.sweeps().repair(List.of(1)));

    work();
    assertThat(ledger.pages().isOpen(1)).isTrue();
    work();

    assertThat(portal.fetched()).hasSize(4);
    assertThat(ledger.pages().isOpen(1)).isFalse();
  }
}
