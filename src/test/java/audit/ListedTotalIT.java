package audit;

import static org.assertj.core.api.Assertions.assertThat;

import audit.Finding.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import model.Distribution;
import model.PageRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import store.ManifestRow;
import store.StoreFixture;

/** The pages of all instances, compared with the total that the portal named last. */
class ListedTotalIT {
  @TempDir private Path folder;
  private StoreFixture store;

  @BeforeEach
  void start() throws Exception {
    store = StoreFixture.withBucket(folder);
  }

  @AfterEach
  void stop() throws Exception {
    store.close();
  }

  private static final class Recorded implements Repairs {
    private final Set<Integer> listed = new TreeSet<>();
    private final List<PageRange> walked = new ArrayList<>();
    private final List<String> strangers = new ArrayList<>();
    private long unreadable;

    @Override
    public void fetchAgain(String key, Collection<Integer> pages) {}

    @Override
    public void listAgain(int page) {
      listed.add(page);
    }

    @Override
    public void walk(PageRange beyond) {
      walked.add(beyond);
    }

    @Override
    public void unreadablePages(long pages) {
      unreadable = pages;
    }

    @Override
    public void stranger(String key) {
      strangers.add(key);
    }
  }

  /** A page with this many stored documents; no total if it is null. */
  private void page(int page, int rows, Long total) {
    List<ManifestRow> all = new ArrayList<>();
    for (int row = 1; row <= rows; row++) {
      String id = "p%dr%d.pdf".formatted(page, row);
      store.document(id, 1);
      all.add(store.stored(row, id, 1).listed(null, total));
    }
    store.manifest(page, all.toArray(ManifestRow[]::new));
  }

  private static void assertOnly(AuditReport report, Map<Kind, Long> expected) {
    assertThat(report.findings().entrySet())
        .filteredOn(found -> found.getValue() > 0)
        .containsExactlyInAnyOrderElementsOf(expected.entrySet());
    assertThat(report.isClean()).isEqualTo(expected.isEmpty());
  }

  private static List<Integer> pages(AuditReport report, Kind kind) {
    return report.examples().stream()
        .filter(example -> example.finding() == kind)
        .map(Finding::page)
        .toList();
  }

  @Test
  void rowsThatTheTotalIncludesButNoManifestHasAreMissing() throws Exception {
    page(1, 3, 10L);
    page(2, 3, 10L);

    AuditReport report = store.auditAll(2, 3);

    assertOnly(report, Map.of(Kind.ROWS_MISSING, 4L));
    assertThat(report.gaps()).isEqualTo(Map.of("rows_missing", 4L));
    assertThat(report.isComplete()).isFalse();
    assertThat(report.examples())
        .singleElement()
        .extracting(Finding::detail)
        .asString()
        .contains("named 10", "end at 2 of 4", "harvest.total-results");
  }

  @Test
  void theTotalOfOneInstancesPagesIsNotCompared() throws Exception {
    page(1, 3, 10L);
    page(2, 3, 10L);

    assertOnly(
        new Audit(store.store, AuditOptions.PLAIN)
            .audit(new Scope(new PageRange(1, 2), Distribution.of(2, 2, 12, 3))),
        Map.of());
  }

  @Test
  void pagesBeyondThePlanAreAudited() throws Exception {
    page(1, 3, 11L);
    page(2, 3, 11L);
    page(3, 3, 11L);
    page(4, 2, 11L);
    store.delete("judgments/p4r2.pdf");

    AuditReport report = store.auditAll(2, 3);

    assertOnly(report, Map.of(Kind.MISSING, 1L));
    assertThat(report.pages()).isEqualTo(4);
    assertThat(report.rows()).isEqualTo(11);
  }

  @Test
  void aPageBeyondThePlanWithoutAManifestIsFoundIfLaterOnesHaveOne() throws Exception {
    page(1, 3, 12L);
    page(4, 3, 12L);

    AuditReport report = store.auditAll(2, 3);

    assertThat(pages(report, Kind.NO_MANIFEST)).containsExactly(2, 3);
    assertThat(report.gaps()).isEqualTo(Map.of("rows_missing", 6L));
  }

  @Test
  void aManifestFarBeyondTheListHasNoMissingNeighbours() throws Exception {
    page(1, 3, 3L);
    page(999_999_999, 1, 3L);

    assertOnly(store.auditAll(1, 3), Map.of());
  }

  @Test
  void withoutATotalAPageThatIsNotFullIsShortUnlessItIsTheLast() throws Exception {
    page(1, 3, null);
    page(2, 2, null);
    page(3, 1, null);

    AuditReport report = store.auditAll(3, 3);

    assertOnly(report, Map.of(Kind.SHORT_PAGE, 1L));
    assertThat(pages(report, Kind.SHORT_PAGE)).containsExactly(2);
    assertThat(report.examples().get(0).detail()).contains("2 rows, 3 expected");
  }

  @Test
  void unevenPagesWhoseRowsAddUpToTheTotalAreClean() throws Exception {
    page(1, 2, 5L);
    page(2, 1, 5L);
    page(3, 2, 5L);

    assertOnly(store.auditAll(3, 3), Map.of());
  }

  @Test
  void unevenPagesWhoseRowsFallShortOfTheTotalAreShort() throws Exception {
    page(1, 2, 6L);
    page(2, 3, 6L);

    assertOnly(store.auditAll(2, 3), Map.of(Kind.SHORT_PAGE, 1L, Kind.ROWS_MISSING, 1L));
  }

  @Test
  void whatListingAgainWouldFixIsReported() throws Exception {
    page(1, 2, 10L);
    store.put("manifests/page-000002.jsonl", "nonsense");
    Recorded repairs = new Recorded();

    store.auditAll(3, 3, AuditOptions.PLAIN.with(repairs));

    assertThat(repairs.listed).containsExactly(1, 2, 3);
    assertThat(repairs.walked).containsExactly(new PageRange(4, 4));
    assertThat(repairs.unreadable).isEqualTo(2);
  }

  @Test
  void forRowsOfAPageWithoutAManifestNoOtherPageIsListedAgain() throws Exception {
    page(1, 3, 10L);
    page(4, 1, 10L);
    store.put("manifests/page-000003.jsonl", "nonsense");
    Recorded repairs = new Recorded();

    AuditReport report = store.auditAll(4, 3, AuditOptions.PLAIN.with(repairs));

    assertOnly(report, Map.of(Kind.NO_MANIFEST, 1L, Kind.BAD_MANIFEST, 1L, Kind.ROWS_MISSING, 6L));
    assertThat(repairs.listed).containsExactly(2, 3);
    assertThat(repairs.walked).isEmpty();
  }

  @Test
  void forRowsBeyondThoseOfPagesWithoutAManifestTheLastPageIsListedAgain() throws Exception {
    page(1, 3, 11L);
    page(3, 3, 11L);
    page(4, 1, 11L);
    Recorded repairs = new Recorded();

    store.auditAll(4, 3, AuditOptions.PLAIN.with(repairs));

    assertThat(repairs.listed).containsExactly(2, 4);
  }

  @Test
  void anAcceptedFailureIsAGapAndNotRetryable() throws Exception {
    store.put(
        "manifests/page-000001.jsonl",
        """
        {"id":"a.pdf","row":1,"key":"judgments/a.pdf","state":"failed","reason":"not_pdf",\
        "accepted_at":"2026-01-02T03:04:05Z","note":"broken for ever"}
        """);

    AuditReport report = store.auditAll(1, 1);

    assertOnly(report, Map.of());
    assertThat(report.gaps()).isEqualTo(Map.of("not_pdf", 1L));
  }

  @Test
  void theHarvestsOwnDescriptionIsNotExtra() throws Exception {
    page(1, 1, 1L);
    store.put("manifests/harvest.json", "{}");
    store.put("manifests/harvest.json.bak", "{}");

    assertOnly(store.auditAll(1, 1), Map.of(Kind.EXTRA, 1L));
  }

  @Test
  void documentsOfAPageInProgressAreNotExtra() throws Exception {
    page(1, 1, null);
    page(2, 1, null);
    store.document("in-work.pdf", 1);
    store.document("lost.pdf", 1);
    store.document("stranger.pdf", 1);
    Ledgers ledgers =
        keys ->
            Map.of(
                "judgments/in-work.pdf", new Ledgers.Known(3, true),
                "judgments/lost.pdf", new Ledgers.Known(2, false));
    Recorded repairs = new Recorded();

    AuditReport report = store.auditAll(2, 1, AuditOptions.PLAIN.with(ledgers).with(repairs));

    assertOnly(report, Map.of(Kind.EXTRA, 2L));
    assertThat(repairs.strangers).containsExactly("judgments/stranger.pdf");
  }

  @Test
  void aDocumentWhosePageWasJustCompletedIsNotExtra() throws Exception {
    page(1, 1, null);
    store.document("new.pdf", 1);
    Ledgers ledgers =
        keys -> {
          store.manifest(2, store.stored(1, "new.pdf", 1));
          return Map.of("judgments/new.pdf", new Ledgers.Known(2, false));
        };

    assertThat(store.auditAll(1, 1, AuditOptions.PLAIN.with(ledgers)).findings().get(Kind.EXTRA))
        .isZero();
  }

  @Test
  void aDocumentThatItsLedgerKnowsAMomentLaterIsNotExtra() throws Exception {
    store.manifest(1, store.stored(1, "a.pdf", 1));
    store.document("new.pdf", 1);
    AtomicBoolean asked = new AtomicBoolean();
    Ledgers ledgers =
        keys ->
            asked.getAndSet(true)
                ? Map.of("judgments/new.pdf", new Ledgers.Known(2, true))
                : Map.of();

    assertThat(store.auditAll(1, 1, AuditOptions.PLAIN.with(ledgers)).findings().get(Kind.EXTRA))
        .isZero();
  }
}
