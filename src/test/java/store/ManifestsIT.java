package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import config.UploadSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.FaultyStore;

class ManifestsIT {
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

  @ParameterizedTest
  @CsvSource({
    "1,manifests/page-000001.jsonl",
    "168867,manifests/page-168867.jsonl",
    "1234567,manifests/page-1234567.jsonl"
  })
  void keyAndPageAreInverseToEachOther(int page, String key) {
    assertThat(store.manifests.key(page).text()).isEqualTo(key);
    assertThat(store.manifests.page(key)).hasValue(page);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manifests/page-00001.jsonl",
        "manifests/page-0000001.jsonl",
        "manifests/page-000000.jsonl",
        "manifests/page-000001.json",
        "manifests/sub/page-000001.jsonl",
        "manifests/",
        "other/page-000001.jsonl",
        "page-000001.jsonl"
      })
  void anyOtherNameIsNotThatOfAManifest(String key) {
    assertThat(store.manifests.page(key)).isEmpty();
  }

  @Test
  void aPageWithoutManifestIsEmptyNotAFailure() throws Exception {
    assertThat(store.manifests.read(7)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', true", "NoSuchKey, true", "NoSuchBucket, false"})
  void a404IsAPageWithoutManifestUnlessTheBucketIsMissing(String code, boolean isEmpty)
      throws Exception {
    FaultyStore.feedCredentialsChain();
    try (FaultyStore gate = new FaultyStore(folder.resolve("gate"));
        Store behind =
            Store.open(StoreFixture.settings(gate.endpoint(), true, UploadSettings.DEFAULT), 1)) {
      String body = code.isEmpty() ? "" : "<Error><Code>%s</Code></Error>".formatted(code);
      gate.answer(request -> request.startsWith("GET") ? FaultyStore.http(404, body) : null);

      if (isEmpty) {
        assertThat(behind.manifests().read(7)).isEmpty();
      } else {
        assertThatThrownBy(() -> behind.manifests().read(7)).hasMessageContaining(code);
      }
    }
  }

  @Test
  void aPagesManifestIsReadFromTheBucket() throws Exception {
    store.manifest(7, store.stored(1, "a.pdf", 3), store.failed(2, "b.pdf", "timeout"));

    assertThat(store.manifests.read(7))
        .hasValueSatisfying(
            rows -> assertThat(rows).extracting(ManifestRow::id).containsExactly("a.pdf", "b.pdf"));
  }

  @Test
  void aPagesTotalIsThatOfItsRows() throws Exception {
    store.manifest(7, store.stored(1, "a.pdf", 3).listed(null, 1_205L));

    assertThat(Manifests.total(store.manifests.read(7).orElseThrow())).hasValue(1_205);
  }

  @Test
  void aPageWithoutRowsOrFromBeforeTotalsWereRecordedHasNoTotal() throws Exception {
    store.manifest(7, store.stored(1, "a.pdf", 3));

    assertThat(Manifests.total(store.manifests.read(7).orElseThrow())).isEmpty();
    assertThat(Manifests.total(List.of())).isEmpty();
  }

  @Test
  void aBrokenManifestIsReportedWithTheBrokenLine() {
    store.put(store.manifests.key(7).text(), "{\"id\":");

    assertThatThrownBy(() -> store.manifests.read(7))
        .isInstanceOf(BadManifestException.class)
        .hasMessageContaining("line 1");
  }
}
