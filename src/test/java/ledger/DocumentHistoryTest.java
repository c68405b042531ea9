package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import model.DocumentState;
import model.ListedName;
import model.Validators;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger keeps about the attempts at a document, and where names are listed. */
class DocumentHistoryTest {
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

  private void failed(String reason, int status) {
    OptionalInt answered = status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    ledger.documents().failed("a.pdf", 1, DocumentState.QUEUED, reason, answered);
  }

  private void stored() {
    ledger.documents().stored("a.pdf", 1, 3, SHA, null, Validators.NONE);
  }

  private List<String> tries() {
    return ledger.history().tries(ledger.documents().find("a.pdf").orElseThrow()).stream()
        .map(one -> one.reason() == null ? "stored" : one.reason())
        .toList();
  }

  @Test
  void everyFailedAttemptIsKeptWithItsStatusAndTheSuccessAfterThem() {
    failed("timeout", 0);
    failed("http_500", 500);
    stored();
    assertThat(tries()).containsExactly("timeout", "http_500", "stored");
    DocumentRecord known = ledger.documents().find("a.pdf").orElseThrow();
    List<DocumentTry> tries = ledger.history().tries(known);
    assertThat(tries.get(0).httpStatus()).isEmpty();
    assertThat(tries.get(1).httpStatus()).hasValue(500);
    assertThat(tries.get(2).at()).isEqualTo(known.updatedAt());
  }

  @Test
  void aSuccessThatIsUndoneStaysBetweenTheFailures() {
    failed("timeout", 0);
    stored();
    ledger.retries().fetchAgain(Map.of("a.pdf", Set.of(1)));
    assertThat(tries()).as("queued again, not tried yet").containsExactly("timeout", "stored");
    failed("gone", 404);
    failed("gone", 404);
    assertThat(tries()).containsExactly("timeout", "stored", "gone", "gone");
  }

  @Test
  void onlyTheLatestAttemptsAreKept() {
    failed("timeout", 0);
    for (int i = 0; i < TryWrites.KEPT; i++) {
      failed("reset", 0);
    }
    assertThat(tries()).hasSize(TryWrites.KEPT).containsOnly("reset");
  }

  @Test
  void aSuccessIsRememberedHoweverManyAttemptsFailAfterIt() {
    assertThat(ledger.documents().wasStored("a.pdf")).isFalse();
    failed("timeout", 0);
    assertThat(ledger.documents().wasStored("a.pdf")).isFalse();
    stored();
    assertThat(ledger.documents().wasStored("a.pdf")).isTrue();
    ledger.retries().fetchAgain(Map.of("a.pdf", Set.of(1)));
    for (int i = 0; i <= TryWrites.KEPT; i++) {
      failed("reset", 0);
      assertThat(ledger.documents().wasStored("a.pdf")).isTrue();
    }
  }

  @Test
  void theNamesOfAPageAreFoundWhenItIsClosed() {
    long name = ListedName.ofCnr("HBHC01-026220-2017");
    ledger.pages().close(7, List.of(), null, List.of(name, 5L));
    ledger.pages().close(9, List.of(), null, List.of(name));
    ledger.pages().close(7, List.of(), null, List.of(name));
    assertThat(ledger.history().pages(ListedName.ofCnr("hbhc010262202017 "), 9))
        .containsExactly(7, 9);
    assertThat(ledger.history().pages(6, 9)).isEmpty();
  }
}
