package audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import model.Distribution;
import model.FailureReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import store.ManifestRow;
import store.Store;
import store.StoreException;
import store.StoreFixture;

/** Two harvests into one bucket: what one lacks, the other may have. */
class SeveralHarvestsIT {
  private static final String OTHER = "manifests-gap/";
  private static final String PORTAL = "https://portal.example/pdfsearch/";

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

  private ManifestRow failed(int row, String id, String reason, Map<String, String> facts) {
    return store
        .store
        .manifests()
        .failed(row, id, PORTAL + id, FailureReason.read(reason, false), facts);
  }

  private void otherHarvest(int page, ManifestRow... rows) {
    store.put(
        OTHER + "page-%06d.jsonl".formatted(page),
        new String(store.store.manifests().write(List.of(rows)), StandardCharsets.UTF_8));
  }

  private AuditReport audit(Store read) throws Exception {
    return new Audit(read, AuditOptions.PLAIN).audit(Scope.all(Distribution.of(1, 1, 2, 2)));
  }

  private List<String> gaps(Store read, List<String> unreadable) throws Exception {
    List<String> found = new ArrayList<>();
    assertThat(new GapList(read, unreadable::add).find(found::add)).isEqualTo(found.size());
    return found;
  }

  @Test
  void aFailedRowWithoutAKeyIsAGapByItsId() throws Exception {
    store.put(
        "manifests/page-000001.jsonl",
        "{\"id\":\"a.pdf\",\"row\":1,\"url\":\"%1$sa.pdf\",\"state\":\"failed\",\"reason\":\"gone\"}\n"
            .formatted(PORTAL));
    assertThat(gaps(store.store, new ArrayList<>())).singleElement().asString().contains("a.pdf");
  }

  @Test
  void whatAnotherHarvestHasStoredIsNeitherAGapNorExtra() throws Exception {
    store.document("a.pdf", 7);
    store.document("b.pdf", 7);
    store.document("c.pdf", 7);
    store.manifest(1, store.stored(1, "a.pdf", 7), failed(2, "b.pdf", "not_pdf", Map.of()));
    otherHarvest(9, store.stored(1, "b.pdf", 7), store.stored(2, "c.pdf", 7));

    assertThat(audit(store.store).isClean()).isFalse();
    AuditReport both = audit(store.withFurther(OTHER));
    assertThat(both.isClean()).isTrue();
    assertThat(both.isComplete()).isTrue();
    assertThat(both.pages()).isEqualTo(1);
    assertThat(both.rows()).isEqualTo(4);
    assertThat(both.stored()).isEqualTo(3);
    assertThat(gaps(store.store, new ArrayList<>())).hasSize(1);
    assertThat(gaps(store.withFurther(OTHER), new ArrayList<>())).isEmpty();
  }

  @Test
  void aDocumentThatIsGoneAlthoughAnotherHarvestHadItIsAGap() throws Exception {
    store.document("a.pdf", 7);
    store.manifest(1, store.stored(1, "a.pdf", 7), failed(2, "b.pdf", "not_pdf", Map.of()));
    otherHarvest(1, store.stored(1, "b.pdf", 7));

    assertThat(audit(store.withFurther(OTHER)).isClean()).isFalse();
  }

  @Test
  void anAuditOfAllPagesComparesTheRowsOfAllHarvestsWithTheBucket() throws Exception {
    store.document("a.pdf", 7);
    store.document("b.pdf", 7);
    store.document("d.pdf", 6);
    store.manifest(1, store.stored(1, "a.pdf", 7), store.stored(2, "b.pdf", 7));
    otherHarvest(
        5,
        store.stored(1, "c.pdf", 7),
        store.stored(2, "d.pdf", 7),
        failed(3, "e.pdf", "timeout", Map.of()),
        store.rejected(4, "some words", "withheld"));
    Distribution two = Distribution.of(2, 2, 2, 1);

    AuditReport all = new Audit(store.withFurther(OTHER), AuditOptions.PLAIN).audit(Scope.all(two));
    assertThat(all.examples())
        .extracting(Finding::finding, Finding::page, Finding::key)
        .contains(
            tuple(Finding.Kind.MISSING, null, "judgments/c.pdf"),
            tuple(Finding.Kind.WRONG_SIZE, null, "judgments/d.pdf"),
            tuple(Finding.Kind.RETRYABLE, null, "judgments/e.pdf"));
    assertThat(all.gaps()).containsKeys("missing", "timeout", "withheld");
    assertThat(
            new Audit(store.withFurther(OTHER), AuditOptions.PLAIN)
                .audit(Scope.of(1, two))
                .isClean())
        .as("this instance's pages")
        .isTrue();
  }

  @Test
  void aManifestOfAnotherHarvestThatTheStoreDoesNotServeEndsTheAudit() {
    store.completePage(1);
    otherHarvest(1, store.failed(1, "a.pdf", "gone"));
    otherHarvest(2, store.failed(1, "b.pdf", "gone"));
    store.refuses(OTHER + "page-000002.jsonl", 403);

    assertThatThrownBy(() -> audit(store.withFurther(OTHER)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the store answered 403");
  }

  @Test
  void aGapListsWhatIsKnownAboutAFailedDocument() throws Exception {
    String id = "court/cnrorders/x/A%20B.pdf";
    store.manifest(
        1,
        failed(1, id, "gone", Map.of("court", "Bombay", "cnr", "HC1", "title", "A v. B")),
        failed(2, "_opendata/data/pdf/year=2023/x.pdf", "gone", Map.of()),
        failed(3, id, "gone", Map.of()),
        store.rejected(4, "some words", "withheld"));
    store.put("manifests/page-000002.jsonl", "no manifest");
    List<String> unreadable = new ArrayList<>();

    assertThat(gaps(store.store, unreadable))
        .containsExactly(
            "{\"path\":\"court/cnrorders/x/A B.pdf\",\"court\":\"Bombay\",\"cnr\":\"HC1\","
                + "\"title\":\"A v. B\",\"reason\":\"gone\"}");
    assertThat(unreadable).hasSize(1);
    assertThat(unreadable.get(0)).startsWith("manifests/page-000002.jsonl cannot be read");
  }

  @Test
  void thePathOfACutKeyIsComplete() {
    String name = "n".repeat(300) + ".pdf";
    ManifestRow row =
        store
            .store
            .manifests()
            .failed(
                1,
                "court/x/nnn~" + "0".repeat(64),
                PORTAL + "court/x/" + name,
                FailureReason.GONE,
                Map.of());

    assertThat(GapPath.of(row)).isEqualTo("court/x/" + name);
  }
}
