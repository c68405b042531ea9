package scripts;

import static org.assertj.core.api.Assertions.assertThat;

import config.DataSettings;
import config.HarvestSettings;
import config.StartSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import ledger.FailureFilter;
import ledger.Ledger;
import ledger.UnstoredRow;
import model.Distribution;
import model.DocumentState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineScriptsTest {
  @TempDir private Path folder;
  private Ledger ledger;
  private OfflineScripts scripts;

  @BeforeEach
  void open() {
    ledger = Ledger.open(folder.resolve("ledger.db"));
    scripts =
        new OfflineScripts(
            new HarvestSettings(
                1,
                Distribution.of(1, 3, 60, 10),
                StartSettings.NONE,
                Duration.ZERO,
                folder,
                new DataSettings(1, Duration.ZERO, 1)),
            ledger);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void failed(int page) {
    String id = "doc/" + page;
    ledger.documents().failed(id, page, DocumentState.FAILED, "timeout", OptionalInt.empty());
    ledger
        .pages()
        .close(
            page,
            List.of(
                new UnstoredRow(
                    page, 1, id, null, null, DocumentState.FAILED, "timeout", 0, null, null)),
            null);
  }

  @Test
  void onlyScriptsThatWereCompletedAndHaveWorkAgainStartWithTheInstance() {
    failed(1); // script 1: completed
    ledger.pages().close(2, List.of(), null);
    failed(3); // script 2: stopped, page 4 is open
    ledger.pages().close(5, List.of(), null); // script 3: completed, nothing failed
    ledger.pages().close(6, List.of(), null);

    assertThat(scripts.retryFailed(FailureFilter.ALL)).isEqualTo(2);

    assertThat(ledger.instance().runningScripts()).containsExactly(1);
  }

  @Test
  void theLastScriptsRangeExtendsAsFarAsASweepHasFollowedThePortal() {
    ledger.sweeps().extendSweep(3, 9);
    ledger.sweeps().extendSweep(1, 9);

    assertThat(scripts.pages(3)).hasValueSatisfying(pages -> assertThat(pages.last()).isEqualTo(9));
    assertThat(scripts.pages(1)).hasValueSatisfying(pages -> assertThat(pages.last()).isEqualTo(2));
    assertThat(scripts.pages(4)).isEmpty();
  }
}
