package portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class RowFactsTest {
  private static final String PAGE =
      """
      <table><tr><th>No.</th><th>Coram</th></tr>
      <tr><td>1</td><td>A. Judge</td><td><a href="/1.pdf">A v. B</a></td></tr></table>""";

  /** Reads a page, without keeping a reference to it. */
  private static WeakReference<Document> read() {
    Document page = Jsoup.parse(PAGE);
    assertThat(new RowFacts().of(page.selectFirst("a")))
        .isEqualTo(Map.of("title", "A v. B", "judge", "A. Judge"));
    return new WeakReference<>(page);
  }

  @Test
  void noPartOfAPageIsKeptInMemoryOnceItIsRead() {
    WeakReference<Document> page = read();

    Awaitility.await()
        .until(
            () -> {
              System.gc();
              return page.get() == null;
            });
  }
}
