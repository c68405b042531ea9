package audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import audit.Finding.Kind;
import audit.HashOptions.Source;
import config.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import store.ManifestRow;
import store.StoreException;
import store.StoreFixture;

class HashCheckIT {
  /** Long after every object was put, as far as the clocks of store and program may differ. */
  private static final Instant NOW =
      Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);

  @TempDir private Path folder;
  @TempDir private Path data;
  private StoreFixture store;

  @BeforeEach
  void start() throws Exception {
    store = StoreFixture.withBucket(folder);
  }

  @AfterEach
  void stop() throws Exception {
    store.close();
  }

  /** One page with this many documents of 10 bytes, {@code d01.pdf} and so on. */
  private void page(int documents) {
    ManifestRow[] rows =
        IntStream.rangeClosed(1, documents)
            .mapToObj(row -> store.genuine(row, "d%02d.pdf".formatted(row), "0123456789"))
            .toArray(ManifestRow[]::new);
    store.manifest(1, rows);
  }

  private AuditReport audit(Source source, Subset subset) throws Exception {
    return audit(new HashOptions(source, subset, null));
  }

  private AuditReport audit(HashOptions hashes) throws Exception {
    return store.auditAll(1, 1, AuditOptions.PLAIN.with(hashes));
  }

  private static Subset subset(String text) {
    return Subset.of(text, size -> Values.bytes(size).orElseThrow(), new Random(7));
  }

  @Test
  void whatARowThatIsNotStoredNamesAsItsHashIsNotLookedAt() throws Exception {
    store.put(
        "manifests/page-000001.jsonl",
        "{\"id\":\"a\",\"row\":1,\"key\":\"judgments/a\",\"state\":\"failed\",\"reason\":\"gone\",\"sha256\":\"abc\"}\n");

    assertThat(audit(Source.BYTES, Subset.ALL).isClean()).isTrue();
  }

  @Test
  void deepReadsEveryObjectAndFindsTheOneWithOtherBytes() throws Exception {
    page(3);
    store.put("judgments/d02.pdf", "012345678X");

    assertThat(store.auditAll(1, 1).isClean()).isTrue();
    AuditReport report = audit(Source.BYTES, Subset.ALL);

    assertThat(report.hashesChecked()).isEqualTo(3);
    assertThat(report.findings()).containsEntry(Kind.WRONG_HASH, 1L);
    assertThat(report.examples())
        .singleElement()
        .extracting(Finding::key, Finding::page, Finding::row)
        .containsExactly("judgments/d02.pdf", 1, 2);
    assertThat(report.stored()).isEqualTo(3);
  }

  @Test
  void anObjectWithAFindingOfItsOwnIsNotNamedTwice() throws Exception {
    page(3);
    store.put("judgments/d02.pdf", "short");
    store.delete("judgments/d03.pdf");

    AuditReport report = audit(Source.BYTES, Subset.ALL);

    assertThat(report.findings())
        .containsAllEntriesOf(Map.of(Kind.WRONG_HASH, 0L, Kind.WRONG_SIZE, 1L, Kind.MISSING, 1L));
    assertThat(report.hashesChecked()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"KEPT", "BYTES"})
  void anObjectThatTheStoreDoesNotServeIsAFindingAndTheOthersAreCompared(Source source)
      throws Exception {
    page(4);
    store.put("judgments/d02.pdf", "012345678X");
    store.keepsChecksums(Map.of("d01.pdf", "0123456789", "d02.pdf", "012345678X"));
    store.refuses("judgments/d03.pdf", 403);

    AuditReport report = audit(source, Subset.ALL);

    assertThat(report.isClean()).isFalse();
    assertThat(report.findings())
        .containsAllEntriesOf(Map.of(Kind.NOT_READABLE, 1L, Kind.WRONG_HASH, 1L, Kind.MISSING, 0L));
    assertThat(report.examples())
        .filteredOn(finding -> finding.finding() == Kind.NOT_READABLE)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.key()).isEqualTo("judgments/d03.pdf");
              assertThat(finding.row()).isEqualTo(3);
              assertThat(finding.detail()).contains("the store answered 403");
            });
    assertThat(report.hashesChecked()).isEqualTo(source == Source.BYTES ? 3 : 2);
    assertThat(report.hashesUnknown()).isEqualTo(source == Source.BYTES ? 0 : 1);
  }

  @Test
  void anObjectThatTheStoreListsButDoesNotHaveIsMissing() throws Exception {
    page(3);
    store.refuses("judgments/d03.pdf", 404);

    AuditReport report = audit(Source.BYTES, Subset.ALL);

    assertThat(report.findings()).containsEntry(Kind.MISSING, 1L);
    assertThat(report.stored()).isEqualTo(2);
    assertThat(report.gaps()).containsEntry("missing", 1L);
    assertThat(report.hashesChecked()).isEqualTo(2);
    assertThat(report.hashesUnknown()).isZero();
  }

  @Test
  void anObjectThatBreaksOffEachTimeIsAFindingAndTheOthersAreCompared() throws Exception {
    page(3);
    store.breaksOff("judgments/d02.pdf");

    AuditReport report = audit(Source.BYTES, Subset.ALL);

    assertThat(report.findings()).containsEntry(Kind.NOT_READABLE, 1L);
    assertThat(report.examples())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.key()).isEqualTo("judgments/d02.pdf");
              assertThat(finding.detail()).contains("cannot be read to its end");
            });
    assertThat(report.hashesChecked()).isEqualTo(2);
    assertThat(store.reads()).isEqualTo(5);
  }

  @Test
  void aStoreThatBreaksOffEveryObjectEndsTheAudit() {
    page(2);
    store.breaksOff("judgments/d01.pdf");
    store.breaksOff("judgments/d02.pdf");

    assertThatThrownBy(() -> audit(Source.BYTES, Subset.ALL))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be read to its end");
  }

  @Test
  void aStoreThatServesNothingEndsTheAudit() {
    page(3);
    for (int row = 1; row <= 3; row++) {
      store.refuses("judgments/d0%d.pdf".formatted(row), 403);
    }

    assertThatThrownBy(() -> audit(Source.BYTES, Subset.ALL))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the store answered 403");
  }

  @Test
  void hashesThatTheStoreKeepsAreComparedAndMissingOnesAreCounted() throws Exception {
    page(3);
    store.keepsChecksums(Map.of("d01.pdf", "0123456789", "d02.pdf", "012345678X"));

    AuditReport report = audit(Source.KEPT, Subset.ALL);

    assertThat(report.hashesChecked()).isEqualTo(2);
    assertThat(report.hashesUnknown()).isEqualTo(1);
    assertThat(report.examples())
        .singleElement()
        .extracting(Finding::key)
        .isEqualTo("judgments/d02.pdf");
  }

  @Test
  void ourOwnMetadataProvesNothingButDisprovesAnObjectThatWasReplaced() throws Exception {
    page(1);
    store.putWithMetadata("judgments/d01.pdf", "0123456789", "0".repeat(64));

    AuditReport report = audit(Source.KEPT, Subset.ALL);

    assertThat(report.hashesChecked()).isZero();
    assertThat(report.findings()).containsEntry(Kind.WRONG_HASH, 1L);
  }

  @Test
  void partsAreDisjointAndTogetherEverything() throws Exception {
    page(40);
    List<Long> counts = new ArrayList<>();
    for (int part = 1; part <= 3; part++) {
      counts.add(audit(Source.BYTES, subset(part + "/3")).hashesChecked());
      assertThat(audit(Source.BYTES, subset(part + "/3")).hashesChecked())
          .isEqualTo(counts.get(part - 1));
    }

    assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(40);
    assertThat(counts).allMatch(count -> count > 0 && count < 40);
  }

  @Test
  void samplesHaveTheRequestedSize() throws Exception {
    page(40);

    assertThat(audit(Source.BYTES, subset("5%")).hashesChecked()).isEqualTo(2);
    assertThat(audit(Source.BYTES, subset("100%")).hashesChecked()).isEqualTo(40);
    assertThat(audit(Source.BYTES, subset("95B")).hashesChecked()).isEqualTo(10);
    assertThat(audit(Source.BYTES, subset("10GiB")).hashesChecked()).isEqualTo(40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/3", "4/3", "0%", "101%", "", "x", "1/0", "-5%", "0", "half"})
  void anInvalidSubsetIsRefused(String text) {
    assertThatThrownBy(
            () ->
                Subset.of(
                    text,
                    size -> Values.bytes(size).orElseThrow(IllegalArgumentException::new),
                    new Random(7)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anInterruptedComparisonContinuesWhereItWasAndComparesTheWrongOnesAgain() throws Exception {
    page(30);
    store.put("judgments/d01.pdf", "012345678X");
    Path file = data.resolve("audit.json");
    HashOptions hashes =
        new HashOptions(Source.BYTES, Subset.ALL, new HashOptions.Resume(file, NOW));
    AuditProgress interruption = interruptedAt(20);
    assertThatThrownBy(
            () -> store.auditAll(1, 1, AuditOptions.PLAIN.with(hashes).with(interruption)))
        .hasMessageContaining("interrupted");
    int before = store.reads();

    AuditReport report = audit(hashes);

    assertThat(report.hashesChecked()).isEqualTo(30);
    assertThat(report.findings()).containsEntry(Kind.WRONG_HASH, 1L);
    assertThat(store.reads() - before).isLessThanOrEqualTo(14);
    assertThat(file).doesNotExist();
  }

  @Test
  void anObjectThatWasWrittenAfterItWasComparedIsComparedAgainAfterAnInterruption()
      throws Exception {
    page(30);
    Path file = data.resolve("audit.json");
    AuditProgress interruption = interruptedAt(20);
    assertThatThrownBy(
            () ->
                store.auditAll(
                    1, 1, AuditOptions.PLAIN.with(resumed(file, NOW)).with(interruption)))
        .hasMessageContaining("interrupted");
    store.put("judgments/d02.pdf", "012345678X");
    Files.setLastModifiedTime(
        folder.resolve("judgments-test/judgments/d02.pdf"), FileTime.from(NOW));
    int before = store.reads();

    AuditReport report = audit(resumed(file, NOW.plus(Duration.ofDays(1))));

    assertThat(report.findings()).containsEntry(Kind.WRONG_HASH, 1L);
    assertThat(report.hashesChecked()).isEqualTo(30);
    int again = store.reads() - before;
    assertThat(again).isLessThanOrEqualTo(15);
    assertThat(report.resumed()).isEqualTo(new Resumed(30 - again, NOW.toString()));
  }

  private static AuditProgress interruptedAt(long compared) {
    return (step, done, of) -> {
      if (step == AuditProgress.Step.HASHES && done == compared) {
        throw new IllegalStateException("interrupted by the test");
      }
    };
  }

  private static HashOptions resumed(Path file, Instant now) {
    return new HashOptions(Source.BYTES, Subset.ALL, new HashOptions.Resume(file, now));
  }

  @Test
  void afterAWeekOrForOtherObjectsItStartsOver() throws Exception {
    page(5);
    Path file = data.resolve("audit.json");
    AuditProgress interruption = interruptedAt(4);
    HashOptions first =
        new HashOptions(Source.BYTES, Subset.ALL, new HashOptions.Resume(file, NOW));
    assertThatThrownBy(
        () -> store.auditAll(1, 1, AuditOptions.PLAIN.with(first).with(interruption)));
    int before = store.reads();

    audit(new HashOptions(Source.BYTES, subset("1/1000"), new HashOptions.Resume(file, NOW)));
    assertThatThrownBy(
        () -> store.auditAll(1, 1, AuditOptions.PLAIN.with(first).with(interruption)));
    int after = store.reads();
    Instant weekLater = NOW.plus(Duration.ofDays(8));
    audit(new HashOptions(Source.BYTES, Subset.ALL, new HashOptions.Resume(file, weekLater)));

    assertThat(after - before).isGreaterThanOrEqualTo(4);
    assertThat(store.reads() - after).isGreaterThanOrEqualTo(5);
  }
}
