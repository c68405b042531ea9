package monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import model.DocumentState;
import org.junit.jupiter.api.Test;
import store.ManifestRow;

class RowsOfPagesTest {
  private static ManifestRow row(int page) {
    return new ManifestRow(
        "doc/" + page + ".pdf",
        1,
        null,
        null,
        DocumentState.STORED,
        null,
        null,
        null,
        null,
        Map.of(),
        null,
        null,
        null);
  }

  @Test
  void morePagesThanAreReadAtOnceAreReadOneAfterAnother() {
    CountDownLatch allAreAskedFor = new CountDownLatch(1);
    List<Integer> pages =
        new AbstractList<>() {
          @Override
          public Integer get(int index) {
            if (index == size() - 1) {
              allAreAskedFor.countDown();
            }
            return index + 1;
          }

          @Override
          public int size() {
            return 20;
          }
        };
    RowsOfPages manifests =
        new RowsOfPages(
            page -> {
              awaitThat(allAreAskedFor);
              return Optional.of(List.of(row(page)));
            });

    assertThat(manifests.rows(pages, true)).extracting(DocumentRow::page).isEqualTo(pages);
  }

  private static void awaitThat(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
