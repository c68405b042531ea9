package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ledger.FailureList.Position;
import model.DocumentState;
import model.PageRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureListTest {
  @TempDir private Path folder;
  private Ledger ledger;

  /** Pages 1 to 6 of three rows each: timeout, gone, foreign_host. */
  @BeforeEach
  void open() {
    ledger = Ledger.open(folder.resolve("ledger.db"));
    for (int page = 1; page <= 6; page++) {
      ledger
          .pages()
          .close(
              page,
              List.of(row(page, 2, "timeout"), row(page, 5, "gone"), row(page, 7, "foreign_host")),
              null);
    }
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private static UnstoredRow row(int page, int row, String reason) {
    DocumentState state =
        reason.equals("foreign_host") ? DocumentState.REJECTED : DocumentState.FAILED;
    return new UnstoredRow(page, row, page + "/" + row, null, null, state, reason, 0, null, null);
  }

  /** All rows, read in parts of this size. */
  private List<String> inParts(FailureFilter filter, int size) {
    List<String> ids = new ArrayList<>();
    List<UnstoredRow> part = ledger.failures().rows(filter, Position.START, size);
    while (!part.isEmpty()) {
      part.forEach(row -> ids.add(row.id()));
      UnstoredRow last = part.get(part.size() - 1);
      part = ledger.failures().rows(filter, new Position(last.page(), last.row()), size);
    }
    return ids;
  }

  @Test
  void partsTogetherContainEveryRowOnceAndInOrderWhateverTheirSize() {
    List<String> all = inParts(FailureFilter.ALL, 1000);

    assertThat(all).hasSize(18).startsWith("1/2", "1/5", "1/7", "2/2").doesNotHaveDuplicates();
    for (int size = 1; size <= 19; size++) {
      assertThat(inParts(FailureFilter.ALL, size)).isEqualTo(all);
    }
  }

  @Test
  void aReasonAndPagesNarrowTheListAndItsCounts() {
    FailureFilter gone = new FailureFilter("gone", null, null);
    FailureFilter some = new FailureFilter(null, new PageRange(2, 3), null);
    FailureFilter both = new FailureFilter("gone", new PageRange(2, 3), null);

    for (int size = 1; size <= 7; size++) {
      assertThat(inParts(gone, size)).containsExactly("1/5", "2/5", "3/5", "4/5", "5/5", "6/5");
      assertThat(inParts(some, size)).containsExactly("2/2", "2/5", "2/7", "3/2", "3/5", "3/7");
      assertThat(inParts(both, size)).containsExactly("2/5", "3/5");
    }
    assertThat(ledger.failures().reasons(FailureFilter.ALL))
        .containsEntry("timeout", 6L)
        .containsEntry("gone", 6L)
        .containsEntry("foreign_host", 6L);
    assertThat(ledger.failures().reasons(both)).isEqualTo(Map.of("gone", 2L));
  }
}
