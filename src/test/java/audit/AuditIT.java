package audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import audit.Finding.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import store.ManifestRow;
import store.StoreException;
import store.StoreFixture;

class AuditIT {
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

  private static void assertOnly(AuditReport report, Map<Kind, Long> expected) {
    Map<Kind, Long> all = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      all.put(kind, 0L);
    }
    all.remove(Kind.NOT_READABLE); // not named where there is none
    all.putAll(expected);
    assertThat(report.findings()).isEqualTo(all);
    assertThat(report.isClean()).isEqualTo(expected.isEmpty());
  }

  private static Finding only(AuditReport report) {
    assertThat(report.examples()).hasSize(1);
    return report.examples().get(0);
  }

  @Test
  void aBucketThatHoldsEverythingIsClean() throws Exception {
    store.completePage(1);
    store.completePage(2);
    store.manifest(3, store.failed(1, "x.pdf", "gone"), store.rejected(2, "words", "foreign_host"));

    AuditReport report = store.audit(1, 3);

    assertOnly(report, Map.of());
    assertThat(report)
        .isEqualTo(
            new AuditReport(
                3,
                8,
                6,
                1,
                1,
                0,
                Map.of("gone", 1L, "foreign_host", 1L),
                0,
                0,
                null,
                report.findings(),
                List.of(),
                new Drift(null, 0, List.of(), 0),
                false));
  }

  @Test
  void aStoredRowWithoutItsObjectIsMissing() throws Exception {
    store.completePage(1);
    store.delete("judgments/p1r2.pdf");

    AuditReport report = store.audit(1, 1);

    assertOnly(report, Map.of(Kind.MISSING, 1L));
    assertThat(report.stored()).isEqualTo(2);
    assertThat(only(report).key()).isEqualTo("judgments/p1r2.pdf");
    assertThat(only(report).page()).isEqualTo(1);
    assertThat(only(report).row()).isEqualTo(2);
  }

  @Test
  void anObjectOfAnotherSizeIsFound() throws Exception {
    store.completePage(1);
    store.document("p1r2.pdf", 19);

    AuditReport report = store.audit(1, 1);

    assertOnly(report, Map.of(Kind.WRONG_SIZE, 1L));
    assertThat(only(report).detail()).contains("19").contains("20");
  }

  @Test
  void anObjectThatNoManifestNamesIsExtra() throws Exception {
    store.completePage(1);
    store.document("stray.pdf", 1);

    AuditReport report = store.audit(1, 1);

    assertOnly(report, Map.of(Kind.EXTRA, 1L));
    assertThat(only(report).key()).isEqualTo("judgments/stray.pdf");
  }

  @Test
  void anUnknownObjectAmongTheManifestsIsExtra() throws Exception {
    store.completePage(1);
    store.put("manifests/notes.txt", "x");
    store.put("manifests/page-0000001.jsonl", "");

    assertOnly(store.audit(1, 1), Map.of(Kind.EXTRA, 2L));
  }

  @Test
  void objectsOutsideTheTwoPrefixesAreIgnored() throws Exception {
    store.completePage(1);
    store.put("elsewhere/a.txt", "x");
    store.put("judgments-old/a.pdf", "x");

    assertOnly(store.audit(1, 1), Map.of());
  }

  @Test
  void everyPageOfTheRangeWithoutManifestIsFound() throws Exception {
    store.completePage(3);

    AuditReport report = store.audit(1, 5);

    assertOnly(report, Map.of(Kind.NO_MANIFEST, 4L));
    assertThat(report.examples()).extracting(Finding::page).containsExactly(1, 2, 4, 5);
  }

  @Test
  void aManifestThatCannotBeReadIsBad() throws Exception {
    store.completePage(1);
    store.put("manifests/page-000002.jsonl", "{\"id\":");

    AuditReport report = store.audit(1, 2);

    assertOnly(report, Map.of(Kind.BAD_MANIFEST, 1L));
    assertThat(only(report).detail()).contains("line 1 is not JSON");
  }

  @Test
  void aManifestThatTheStoreDoesNotServeIsBadAndTheOthersAreRead() throws Exception {
    store.completePage(1);
    store.completePage(2);
    store.refuses("manifests/page-000002.jsonl", 403);

    Ledgers ledgers =
        keys -> Map.of("judgments/p2r1.pdf", new Ledgers.Known(2, false)); // says where it is named
    AuditReport report = store.auditAll(2, 3, AuditOptions.PLAIN.with(ledgers));

    assertThat(report.findings())
        .containsEntry(Kind.BAD_MANIFEST, 1L)
        .containsEntry(Kind.EXTRA, 3L);
    assertThat(report.examples())
        .filteredOn(finding -> finding.finding() == Kind.BAD_MANIFEST)
        .singleElement()
        .satisfies(finding -> assertThat(finding.detail()).contains("the store answered 403"));
    assertThat(report.stored()).isEqualTo(3);
  }

  @Test
  void aManifestThatBreaksOffEachTimeIsBadAndTheOthersAreRead() throws Exception {
    store.completePage(1);
    store.completePage(2);
    store.breaksOff("manifests/page-000002.jsonl");

    AuditReport report = store.audit(1, 2);

    assertThat(report.findings()).containsEntry(Kind.BAD_MANIFEST, 1L);
    assertThat(report.examples())
        .filteredOn(finding -> finding.finding() == Kind.BAD_MANIFEST)
        .singleElement()
        .satisfies(finding -> assertThat(finding.detail()).contains("cannot be read to its end"));
    assertThat(report.stored()).isEqualTo(3);
  }

  @Test
  void aStoreThatServesNoManifestEndsTheAudit() {
    store.completePage(1);
    store.refuses("manifests/page-000001.jsonl", 403);

    assertThatThrownBy(() -> store.audit(1, 1))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the store answered 403");
  }

  @Test
  void aManifestWithoutRowsIsBadWhateverItsPage() throws Exception {
    store.manifest(1);
    store.completePage(2);
    store.manifest(3);

    AuditReport report = store.audit(1, 3);

    assertOnly(report, Map.of(Kind.BAD_MANIFEST, 2L));
    assertThat(report.examples()).extracting(Finding::page).containsExactly(1, 3);
  }

  @Test
  void onlyPagesThatThePortalsTotalDoesNotReachMayBeEmpty() throws Exception {
    store.document("a.pdf", 5);
    store.manifest(1, store.stored(1, "a.pdf", 5).listed(null, 2L));
    store.manifest(2);
    store.manifest(3);

    AuditReport report = store.audit(1, 3);

    assertOnly(report, Map.of(Kind.BAD_MANIFEST, 1L));
    assertThat(only(report).page()).isEqualTo(2);
  }

  @Test
  void aStoredRowWithoutKeySizeOrHashMakesItsManifestBad() throws Exception {
    String hash = "\"sha256\":\"" + "ab".repeat(32) + "\"";
    String stored = "{\"id\":\"a.pdf\",\"row\":1,\"state\":\"stored\",%s}%n";
    String key = "\"key\":\"judgments/a.pdf\"";
    store.put("manifests/page-000001.jsonl", stored.formatted("\"size\":1," + hash));
    store.put("manifests/page-000002.jsonl", stored.formatted(key + ",\"size\":1"));
    store.put("manifests/page-000003.jsonl", stored.formatted(key + "," + hash));

    assertOnly(store.audit(1, 3), Map.of(Kind.BAD_MANIFEST, 3L));
  }

  @Test
  void folderMarkersUnderEitherPrefixAreIgnored() throws Exception {
    store.completePage(1);
    for (String marker : List.of("judgments/", "judgments/court/", "manifests/", "manifests/a/")) {
      store.put(marker, "");
    }

    assertOnly(store.audit(1, 1), Map.of());
  }

  @Test
  void gapsCountEachDocumentThatIsNotInTheBucketOnceAndSayWhy() throws Exception {
    store.manifest(
        1,
        store.failed(1, "a.pdf", "gone"),
        store.failed(2, "b.pdf", "timeout"),
        store.rejected(3, "_hosts/x/c.pdf", "http://x/c.pdf", "foreign_host"));
    store.manifest(
        2,
        store.failed(1, "a.pdf", "gone"),
        store.failed(2, "b.pdf", "gone"),
        store.rejected(3, "_hosts/x/c.pdf", "http://x/c.pdf", "foreign_host"));
    store.manifest(3, store.stored(1, "d.pdf", 5), store.stored(2, "d.pdf", 5));

    AuditReport report = store.audit(1, 3);

    assertThat(report.gaps())
        .isEqualTo(Map.of("gone", 1L, "timeout", 1L, "foreign_host", 1L, "missing", 1L));
    assertThat(report.isComplete()).isFalse();
    assertOnly(report, Map.of(Kind.RETRYABLE, 1L, Kind.MISSING, 1L));
    assertThat(report.gone()).as("rows").isEqualTo(3);
  }

  @Test
  void rowsWithoutAnAddressAreSeparateDocumentsHoweverSimilarTheirText() throws Exception {
    store.manifest(
        1,
        store.rejected(1, "PDF", "unreadable"),
        store.rejected(2, "PDF", "unreadable"),
        store.rejected(3, "javascript:open(this)", "javascript:open(this)", "bad_address"));
    store.manifest(
        2, store.rejected(1, "javascript:open(this)", "javascript:open(this)", "bad_address"));

    assertThat(store.audit(1, 2).gaps()).isEqualTo(Map.of("unreadable", 2L, "bad_address", 2L));
  }

  @Test
  void aDocumentThatAnotherRowHasStoredIsNeitherAGapNorRetryable() throws Exception {
    store.document("a.pdf", 5);
    store.manifest(1, store.failed(1, "a.pdf", "timeout"), store.failed(2, "b.pdf", "gone"));
    store.manifest(2, store.stored(1, "a.pdf", 5));

    assertOnly(store.audit(1, 1), Map.of());
    assertThat(store.audit(1, 2).gaps()).isEqualTo(Map.of("gone", 1L));
  }

  @Test
  void aDocumentThatAnotherPageClaimsButTheBucketLacksIsStillRetryable() throws Exception {
    store.manifest(1, store.failed(1, "a.pdf", "timeout"));
    store.manifest(2, store.stored(1, "a.pdf", 5));

    assertOnly(store.audit(1, 1), Map.of(Kind.RETRYABLE, 1L));
    assertOnly(store.audit(1, 2), Map.of(Kind.MISSING, 1L));
  }

  @Test
  void pagesWithoutAReadableManifestLackTheRowsThatThePortalOrThePlanImplies() throws Exception {
    store.completePage(1);
    store.put("manifests/page-000002.jsonl", "nonsense\n");

    assertThat(store.auditAll(4, 3).gaps()).isEqualTo(Map.of("rows_missing", 9L));
    store.document("a.pdf", 5);
    store.manifest(3, store.stored(1, "a.pdf", 5).listed(null, 10L));
    assertThat(store.auditAll(4, 3).gaps()).isEqualTo(Map.of("rows_missing", 6L));
  }

  @Test
  void storedDocumentsWithADefectAreCountedOnceAndAreNotGaps() throws Exception {
    store.document("a.pdf", 5);
    store.manifest(
        1,
        store.unended(1, "a.pdf", 5),
        store.unended(2, "a.pdf", 5),
        store.unended(3, "b.pdf", 5));

    AuditReport report = store.audit(1, 1);

    assertThat(report.defects()).isEqualTo(1);
    assertThat(report.gaps()).isEqualTo(Map.of("missing", 1L));
  }

  @Test
  void examplesAreSortedByKindAndPage() throws Exception {
    store.manifest(3, store.stored(1, "a.pdf", 5), store.failed(2, "x.pdf", "timeout"));
    store.manifest(1, store.stored(1, "c.pdf", 5), store.failed(2, "y.pdf", "timeout"));
    store.manifest(2, store.stored(1, "b.pdf", 5));

    assertThat(store.audit(1, 4).examples())
        .extracting(example -> example.finding().word() + " " + example.page())
        .containsExactly(
            "missing 1", "missing 2", "missing 3", "no_manifest 4", "retryable 1", "retryable 3");
  }

  @Test
  void rowsThatFailedForACauseThatMayPassAreRetryable() throws Exception {
    store.manifest(
        1,
        store.failed(1, "a.pdf", "timeout"),
        store.failed(2, "b.pdf", "http_500"),
        store.failed(3, "c.pdf", "gone"));

    AuditReport report = store.audit(1, 1);

    assertOnly(report, Map.of(Kind.RETRYABLE, 2L));
    assertThat(report.gone()).isEqualTo(1);
  }

  @Test
  void aFailedRowWithoutAKeyIsStillRetryable() throws Exception {
    store.put(
        "manifests/page-000001.jsonl",
        "{\"id\":\"words\",\"row\":1,\"state\":\"failed\",\"reason\":\"timeout\"}\n");

    assertOnly(store.audit(1, 1), Map.of(Kind.RETRYABLE, 1L));
  }

  @Test
  void theRangeLimitsAllFindingsButExtras() throws Exception {
    store.completePage(1);
    store.completePage(2);
    store.delete("judgments/p2r1.pdf");
    store.manifest(3, store.failed(1, "a.pdf", "timeout"));
    store.put("manifests/page-000004.jsonl", "nonsense\n");

    assertOnly(store.audit(1, 1), Map.of());
    assertOnly(
        store.audit(1, 5),
        Map.of(Kind.MISSING, 1L, Kind.RETRYABLE, 1L, Kind.BAD_MANIFEST, 1L, Kind.NO_MANIFEST, 1L));
  }

  @Test
  void anObjectNamedByAnotherInstancesManifestIsNotExtra() throws Exception {
    store.completePage(1);
    store.completePage(900);

    AuditReport report = store.audit(1, 1);

    assertOnly(report, Map.of());
    assertThat(report.stored()).isEqualTo(3);
  }

  @Test
  void aDocumentListedTwiceIsOneObject() throws Exception {
    store.document("a.pdf", 5);
    store.manifest(1, store.stored(1, "a.pdf", 5));
    store.manifest(2, store.stored(1, "a.pdf", 5));

    AuditReport report = store.audit(1, 2);

    assertOnly(report, Map.of());
    assertThat(report.rows()).isEqualTo(2);
    assertThat(report.stored()).isEqualTo(1);
  }

  @Test
  void oneObjectCannotHaveTwoSizes() throws Exception {
    store.document("a.pdf", 5);
    store.manifest(1, store.stored(1, "a.pdf", 5));
    store.manifest(2, store.stored(1, "a.pdf", 6));

    assertOnly(store.audit(1, 2), Map.of(Kind.WRONG_SIZE, 1L));
  }

  @Test
  void aDocumentListedTwiceIsMissingOnce() throws Exception {
    store.manifest(1, store.stored(1, "a.pdf", 5), store.stored(2, "a.pdf", 5));
    store.manifest(2, store.stored(1, "a.pdf", 6));

    AuditReport report = store.audit(1, 2);

    assertOnly(report, Map.of(Kind.MISSING, 1L));
    assertThat(report.stored()).isZero();
    assertThat(only(report).page()).isEqualTo(1);
    assertThat(only(report).row()).isEqualTo(1);
  }

  @Test
  void aDocumentListedTwiceHasTheWrongSizeOnce() throws Exception {
    store.document("a.pdf", 4);
    store.manifest(1, store.stored(1, "a.pdf", 5));
    store.manifest(2, store.stored(1, "a.pdf", 5));

    assertOnly(store.audit(1, 2), Map.of(Kind.WRONG_SIZE, 1L));
  }

  @Test
  void aPageCompletedBeforeTheListOfObjectsIsNotExtra() throws Exception {
    store.completePage(1);

    assertOnly(store.auditWhile(1, 2, () -> store.completePage(2), () -> {}), Map.of());
  }

  @Test
  void aPageCompletedAfterTheListOfObjectsIsNotMissing() throws Exception {
    store.completePage(1);

    AuditReport report = store.auditWhile(1, 2, () -> {}, () -> store.completePage(2));

    assertOnly(report, Map.of());
    assertThat(report.stored()).isEqualTo(6);
  }

  @Test
  void aManifestThatIsRewrittenCountsAsItIsAtTheEnd() throws Exception {
    store.completePage(1);
    store.manifest(2, store.failed(1, "p2r1.pdf", "timeout"), store.failed(2, "b.pdf", "gone"));

    AuditReport report = store.auditWhile(1, 2, () -> {}, () -> store.completePage(2));

    assertOnly(report, Map.of());
    assertThat(report.gone()).isZero();
  }

  @Test
  void anObjectRewrittenAfterItWasListedHasItsNewSize() throws Exception {
    store.document("a.pdf", 5);
    store.manifest(1, store.failed(1, "a.pdf", "timeout"));

    AuditReport report =
        store.auditWhile(
            1,
            1,
            () -> {},
            () -> {
              store.document("a.pdf", 6);
              store.manifest(1, store.stored(1, "a.pdf", 6));
            });

    assertOnly(report, Map.of());
  }

  @Test
  void keysAreComparedLetterByLetter() throws Exception {
    int row = 0;
    String[] ids = {"a%3Fx=1&y.pdf", "a%20b.pdf", "a+b.pdf", "d/e.pdf", "%C3%A4.pdf", "100%25.pdf"};
    ManifestRow[] rows = new ManifestRow[ids.length];
    for (String id : ids) {
      store.document(id, 3);
      rows[row++] = store.stored(row, id, 3);
    }
    store.manifest(1, rows);

    AuditReport report = store.audit(1, 1);

    assertOnly(report, Map.of());
    assertThat(report.stored()).isEqualTo(ids.length);
  }

  @Test
  void aHundredExamplesAreKeptAndNoKindCrowdsOutAnother() throws Exception {
    store.completePage(200);
    store.delete("judgments/p200r1.pdf");

    AuditReport report = store.audit(1, 200);

    assertThat(report.findings().get(Kind.NO_MANIFEST)).isEqualTo(199);
    assertThat(report.examples()).hasSize(100);
    assertThat(report.examples()).extracting(Finding::finding).contains(Kind.MISSING);
  }

  @Test
  void manyPagesAreAllRead() throws Exception {
    store.document("a.pdf", 5);
    ManifestRow[] rows = new ManifestRow[3];
    Arrays.setAll(rows, i -> store.stored(i + 1, "a.pdf", 5));
    store.manifest(1, rows);
    store.copies(1, 1_050); // more than one page of the store's object list

    AuditReport report = store.audit(1, 1_050);

    assertOnly(report, Map.of());
    assertThat(report.rows()).isEqualTo(3_150);
    assertThat(report.stored()).isEqualTo(1);
  }

  /** A page with one document, read this long ago, with this total. */
  private void page(int page, Duration age, Long total) throws Exception {
    store.document(page + ".pdf", 5);
    store.manifest(page, store.stored(1, page + ".pdf", 5).listed(null, total));
    store.written(page, Instant.now().minus(age));
  }

  @Test
  void pagesReadUnderAnotherTotalHaveChangedAndAreNotFindings() throws Exception {
    for (int page : new int[] {1, 2, 3, 5, 8}) {
      page(page, Duration.ofHours(2), 1_200L);
    }
    page(4, Duration.ZERO, null);
    page(6, Duration.ofHours(2), 1_203L);
    page(7, Duration.ofHours(1), 1_205L);
    page(9, Duration.ofHours(2), 1_205L);

    AuditReport report = store.audit(1, 9);

    assertOnly(report, Map.of());
    assertThat(report.drift()).isEqualTo(new Drift(1_205L, 6, List.of("1-3", "5-6", "8"), 0));
  }

  @Test
  void theNewestTotalIsThatOfAllManifestsButOnlyPagesOfTheRangeAreJudged() throws Exception {
    page(2, Duration.ofHours(2), 1_200L);
    page(3, Duration.ofHours(2), 1_200L);
    page(900, Duration.ofHours(1), 1_190L);

    assertThat(store.audit(2, 2).drift()).isEqualTo(new Drift(1_190L, 1, List.of("2"), 0));
    assertThat(store.audit(900, 900).drift()).isEqualTo(new Drift(1_190L, 0, List.of(), 0));
  }

  @Test
  void ofManifestsWrittenAtTheSameTimeTheLastPageHasTheNewestTotal() throws Exception {
    Instant when = Instant.parse("2026-01-02T03:04:05Z");
    for (int page = 1; page <= 3; page++) {
      page(page, Duration.ZERO, 1_200L + page);
      store.written(page, when);
    }

    assertThat(store.audit(1, 3).drift()).isEqualTo(new Drift(1_203L, 2, List.of("1-2"), 0));
  }

  @Test
  void aManifestThatIsRewrittenCountsWithItsNewTotal() throws Exception {
    page(1, Duration.ofHours(1), 1_200L);
    page(2, Duration.ofHours(1), 1_200L);
    store.document("new.pdf", 5);

    AuditReport report =
        store.auditWhile(
            1,
            2,
            () -> {},
            () ->
                store.manifest(
                    1,
                    store.stored(1, "new.pdf", 5).listed(null, 1_201L),
                    store.stored(2, "1.pdf", 5).listed(null, 1_201L)));

    assertThat(report.drift()).isEqualTo(new Drift(1_201L, 1, List.of("2"), 0));
  }

  @Test
  void aPageRewrittenForItsFailedDocumentsWasReadWhenItsManifestSays() throws Exception {
    Instant now = Instant.now();
    page(1, Duration.ofHours(1), 1_201L);
    store.document("2.pdf", 5);
    Instant dayBefore = now.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);
    store.manifest(2, store.stored(1, "2.pdf", 5).listed(dayBefore, 1_200L));
    store.written(2, now);

    assertThat(store.audit(1, 2).drift()).isEqualTo(new Drift(1_201L, 1, List.of("2"), 0));
  }

  @Test
  void aHundredRangesOfChangedPagesAreKept() throws Exception {
    for (int page = 1; page <= 301; page++) {
      store.manifest(page, store.failed(1, "a.pdf", "gone").listed(null, page % 2 == 0 ? 8L : 9L));
    }
    store.written(301, Instant.now().plus(Duration.ofHours(1)));

    Drift drift = store.audit(1, 301).drift();

    assertThat(drift.total()).isEqualTo(9);
    assertThat(drift.changedPages()).isEqualTo(150);
    assertThat(drift.pages()).hasSize(100).startsWith("2", "4").endsWith("200");
  }

  @Test
  void documentsOnSeveralPagesOfTheRangeAreCounted() throws Exception {
    store.manifest(1, store.failed(1, "a.pdf", "gone"), store.failed(2, "b.pdf", "gone"));
    store.manifest(
        2,
        store.failed(1, "b.pdf", "gone"),
        store.failed(2, "c.pdf", "gone"),
        store.failed(3, "c.pdf", "gone"));
    store.manifest(3, store.failed(1, "b.pdf", "gone"), store.failed(2, "a.pdf", "gone"));

    assertThat(store.audit(1, 3).drift().listedTwice()).isEqualTo(2);
    assertThat(store.audit(1, 2).drift().listedTwice()).isEqualTo(1);
    assertThat(store.audit(2, 2).drift().listedTwice()).isZero();
  }

  @Test
  void theJsonReportHasTheDocumentedFields() throws Exception {
    store.completePage(1);
    store.document("stray.pdf", 1);
    JsonMapper mapper = new JsonMapper();

    JsonNode json = mapper.readTree(mapper.writeValueAsString(store.audit(1, 1)));

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "clean",
            "complete",
            "pages",
            "rows",
            "stored",
            "rejected",
            "gone",
            "defects",
            "gaps",
            "hashes_checked",
            "hashes_unknown",
            "findings",
            "examples",
            "drift",
            "all");
    assertThat(json.path("drift").toString())
        .isEqualTo("{\"total\":null,\"changed_pages\":0,\"pages\":[],\"listed_twice\":0}");
    assertThat(json.path("clean").isBoolean()).isTrue();
    assertThat(json.path("complete").asBoolean()).isTrue();
    assertThat(json.path("gaps").toString()).isEqualTo("{}");
    assertThat(json.path("hashes_checked").asInt()).isZero();
    assertThat(json.path("findings").fieldNames())
        .toIterable()
        .containsExactly(
            "missing",
            "wrong_size",
            "wrong_hash",
            "extra",
            "no_manifest",
            "bad_manifest",
            "retryable",
            "rows_missing",
            "short_page");
    assertThat(json.path("examples").path(0).path("finding").asText()).isEqualTo("extra");
  }

  @Test
  void aStoreThatGoesDownEndsTheAuditWhichLeavesNothingBehind() throws Exception {
    store.server.close();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    long before = databases(temporary);

    assertThatThrownBy(() -> store.audit(1, 1)).isInstanceOf(StoreException.class);

    assertThat(databases(temporary)).isEqualTo(before);
  }

  private static long databases(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(AuditTables.prefix()))
          .count();
    }
  }
}
