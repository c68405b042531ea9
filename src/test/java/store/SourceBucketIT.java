package store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import config.SourceSettings;
import config.SourceSettings.SourceCredentials;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import testing.SourceSimulator;

class SourceBucketIT {
  private static final int CONNECTIONS = 4;

  private static SourceSimulator source;
  private static SourceBucket bucket;

  @BeforeAll
  static void open() throws IOException {
    source = new SourceSimulator();
    bucket = bucket(true, Optional.empty());
  }

  @AfterAll
  static void close() {
    bucket.close();
    source.close();
  }

  @BeforeEach
  void heal() {
    source.statusOf = request -> 0;
    source.cutAfter = request -> -1;
    source.namesLength = true;
    source.namesETag = true;
  }

  private static SourceBucket bucket(boolean anonymous, Optional<SourceCredentials> credentials) {
    SourceSettings settings =
        new SourceSettings(
            SourceSimulator.BUCKET,
            "ap-south-1",
            source.endpoint(),
            true,
            anonymous,
            credentials,
            List.of(),
            List.of(),
            List.of(),
            false);
    return SourceBucket.open(
        settings, Optional.empty(), CONNECTIONS, new StoreCalls(), InstantSource.system());
  }

  @Test
  void readsWithoutASignature() throws IOException {
    source.put("a/one.txt", "0123456789");
    try (SourceBody body = bucket.open("a/one.txt", 0)) {
      assertThat(body.readAllBytes()).asString(UTF_8).isEqualTo("0123456789");
      assertThat(body.object().size()).isEqualTo(10);
      assertThat(body.object().etag()).doesNotContain("\"").isNotEmpty();
    }
  }

  @Test
  void signsWithItsOwnKeys() {
    source.put("a/one.txt", "0123456789");
    try (SourceBucket signed =
        bucket(false, Optional.of(new SourceCredentials("id", "secret", null)))) {
      assertThatThrownBy(() -> signed.open("a/one.txt", 0)).hasMessageContaining("SignedThough");
    }
  }

  @Test
  void readsAPartAndKnowsTheSizeOfTheWhole() throws IOException {
    source.put("a/one.txt", "0123456789");
    try (SourceBody rest = bucket.open("a/one.txt", 7);
        SourceBody middle = bucket.open("a/one.txt", 2, 3)) {
      assertThat(rest.readAllBytes()).asString(UTF_8).isEqualTo("789");
      assertThat(rest.object().size()).isEqualTo(10);
      assertThat(middle.readAllBytes()).asString(UTF_8).isEqualTo("234");
    }
  }

  @Test
  void readsWhatComesInChunksAndNoticesItsEnd() throws IOException {
    source.put("a/one.txt", "0123456789");
    source.namesLength = false;
    try (SourceBody whole = bucket.open("a/one.txt", 0);
        SourceBody rest = bucket.open("a/one.txt", 7);
        SourceBody middle = bucket.open("a/one.txt", 2, 3)) {
      assertThat(whole.readAllBytes()).asString(UTF_8).isEqualTo("0123456789");
      assertThat(rest.readAllBytes()).asString(UTF_8).isEqualTo("789");
      assertThat(rest.object().size()).isEqualTo(10);
      assertThat(middle.readAllBytes()).asString(UTF_8).isEqualTo("234");
    }
    source.cutAfter = request -> 4;
    try (SourceBody cut = bucket.open("a/one.txt", 0)) {
      assertThatThrownBy(cut::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anObjectWhoseSizeTheSourceDoesNotTellCostsNoConnection() {
    source.put("a/one.txt", "0123456789");
    source.namesLength = false;
    source.statusOf = request -> request.startsWith("HEAD") ? 403 : 0;
    for (int i = 0; i <= CONNECTIONS; i++) {
      assertThatThrownBy(() -> bucket.open("a/one.txt", 0))
          .isInstanceOf(StoreException.class)
          .extracting(e -> ((StoreException) e).status())
          .isEqualTo(403);
    }
  }

  @Test
  void anObjectWithoutAnETagThatIsNotReadToItsEndCostsNoConnection() throws IOException {
    source.put("a/long.bin", new byte[20_000_000]);
    source.namesETag = false;
    long before = source.served("a/long.bin");
    for (int i = 0; i <= CONNECTIONS; i++) {
      try (SourceBody body = bucket.open("a/long.bin", 0)) {
        assertThat(body.readNBytes(10)).hasSize(10);
      }
    }
    assertThat(source.served("a/long.bin") - before).isLessThan(60_000_000);
  }

  @Test
  void failsAtThePositionWhereTheConnectionBreaks() throws IOException {
    source.put("a/long.bin", new byte[100_000]);
    source.cutAfter = request -> 50_000;
    try (SourceBody body = bucket.open("a/long.bin", 0)) {
      assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void listsObjectsOverAllPages() {
    for (int i = 0; i < 8; i++) {
      source.put("list/year=%d/x".formatted(2000 + i), "x".repeat(i));
    }
    assertThat(bucket.list("list/")).extracting(SourceObject::size).endsWith(6L, 7L).hasSize(8);
  }

  @Test
  void aRefusedObjectIsMissingIfOthersAreServed() {
    StoreException refused = new StoreException(StoreException.Kind.REFUSED, 403, "", "", null);
    assertThat(bucket.lacks(refused)).isFalse(); // there is no other
    source.put("data/tar/a/p.tar", "refused, too");
    source.put("data/tar/b/p.tar", "handed out");
    source.statusOf = request -> request.startsWith("GET data/tar/a") ? 403 : 0;
    assertThat(bucket.lacks(refused)).isTrue();
    source.listsAnEmptyPageFirst = true;
    assertThat(bucket.lacks(refused)).isTrue();
    source.statusOf = request -> request.startsWith("GET data/") ? 403 : 0;
    assertThat(bucket.lacks(refused)).isFalse();
    source.statusOf = request -> request.startsWith("GET data/") ? 500 : 0;
    assertThatThrownBy(() -> bucket.lacks(refused)).isInstanceOf(StoreException.class);
  }

  @Test
  void namesTheSourceAndItsStatus() {
    assertThatThrownBy(() -> bucket.open("a/none", 0))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the source answered 404 NoSuchKey")
        .extracting(e -> ((StoreException) e).status())
        .isEqualTo(404);
    assertThat(bucket.head("a/none")).isEmpty();
    source.statusOf = request -> 503;
    assertThatThrownBy(() -> bucket.list("list/").iterator())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the source answered 503 SlowDown");
  }
}
