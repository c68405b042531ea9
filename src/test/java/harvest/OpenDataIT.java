package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import demo.opendata.EmbeddedSource;
import demo.opendata.OpenDataBucket;
import demo.opendata.SourceDefect;
import demo.opendata.SourceDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Launcher;
import testing.LocalCommand;
import testing.LocalInstance;

/** Open data all the way from a source with every defect into the bucket. */
class OpenDataIT {
  private static final int JUDGMENTS = 300;
  private static final int PAGE_SIZE = 10;

  @TempDir Path folder;

  private final OpenDataBucket bucket = new OpenDataBucket(7, JUDGMENTS, 25, SourceDefect.all());

  private Harvest harvest(EmbeddedSource source) throws IOException {
    return new Harvest(folder, JUDGMENTS, PAGE_SIZE)
        .set("PORTAL_TYPE", "opendata")
        .set("PORTAL_URL", "")
        .set("PORTAL_TOTAL_SELECTOR", "")
        .set("PORTAL_RATE", "")
        .set("HARVEST_PAGES", "")
        .set("SOURCE_ENDPOINT", source.endpoint().toString())
        .set("SOURCE_BUCKET", OpenDataBucket.NAME)
        .set("HARVEST_SCRIPTS", "3");
  }

  private EmbeddedSource source() throws IOException {
    return EmbeddedSource.start(folder.resolve("source"), bucket);
  }

  /** Every intact document of the source is stored under the portal's key, and nothing else. */
  private void assertWhole(Harvest harvest) throws Exception {
    Map<String, byte[]> stored = harvest.store.objects("judgments");
    Set<String> expected = new HashSet<>();
    for (SourceDocument document : bucket.documents()) {
      if (document.whole().isPresent()) {
        expected.add(document.id().replace(" ", "%20"));
      }
    }
    assertThat(stored.keySet()).containsExactlyInAnyOrderElementsOf(expected);
    for (String id : expected) {
      assertThat(bucket.documents())
          .as(id)
          .anyMatch(
              document ->
                  document.id().replace(" ", "%20").equals(id)
                      && document
                          .whole()
                          .filter(bytes -> Arrays.equals(bytes, stored.get(id)))
                          .isPresent());
    }
    JsonNode audit = harvest.audit();
    assertThat(audit.path("clean").asBoolean()).as(audit.toPrettyString()).isTrue();
    assertThat(audit.path("complete").asBoolean()).isFalse();
    assertThat(audit.path("gaps").path("gone").asInt()).isPositive();
    assertThat(audit.path("gaps").path("withheld").asInt()).isPositive();
    assertThat(audit.path("gaps").path("not_pdf").asInt()).isPositive();
    assertThat(audit.path("gaps").path("truncated").asInt()).isPositive();
  }

  @Test
  void storesEverythingThatTheSourceHasUnderThePortalsKeys() throws Exception {
    try (EmbeddedSource source = source();
        Harvest harvest = harvest(source)) {
      harvest.runUntilComplete();
      assertWhole(harvest);
      assertThat(harvest.command("retry-failed").stdout()).contains("queued 0 ");
    }
  }

  @Test
  void checkReadsTheFirstPageAndOneDocument() throws Exception {
    try (EmbeddedSource source = source();
        Harvest harvest = harvest(source)) {
      LocalCommand check = harvest.command("check");
      assertThat(check.stdout())
          .contains(
              "the source lists 255 documents", "a document was downloaded and is a whole PDF");
      assertThat(check.exitCode()).as(check.stdout()).isZero();
    }
  }

  @Test
  void storesTheSameObjectByObject() throws Exception {
    try (EmbeddedSource source = source();
        Harvest harvest = harvest(source)) {
      harvest.set("SOURCE_READ", "object").runUntilComplete();
      assertWhole(harvest);
    }
  }

  @Test
  void continuesByItselfWhenTheStoreComesBack() throws Exception {
    try (EmbeddedSource source = source();
        Harvest harvest = harvest(source)) {
      try (LocalInstance run = harvest.run()) {
        harvest.awaitManifests(3);
        harvest.store.away();
        harvest.api().awaitState(1, "waiting");
        harvest.store.back();
        for (int script = 1; script <= 3; script++) {
          harvest.api().awaitState(script, "completed");
        }
      }
      assertWhole(harvest);
    }
  }

  @Test
  void damagedManifestsAndWhatWasLostWithThemAreMendedByOneRepair() throws Exception {
    try (EmbeddedSource source = source();
        Harvest harvest = harvest(source)) {
      harvest.runUntilComplete();
      Path manifests = folder.resolve("store/judgment-bucket/manifests");
      Path documents = folder.resolve("store/judgment-bucket");
      for (JsonNode row : harvest.manifest(2)) {
        if (row.path("state").asText().equals("stored")) {
          Files.deleteIfExists(documents.resolve(row.path("key").asText()));
        }
      }
      Files.delete(manifests.resolve("page-000002.jsonl"));
      Path cut = manifests.resolve("page-000004.jsonl");
      Files.write(cut, Files.readAllLines(cut).subList(0, 3));
      Files.copy(
          manifests.resolve("page-000008.jsonl"),
          manifests.resolve("page-000006.jsonl"),
          StandardCopyOption.REPLACE_EXISTING);
      assertThat(harvest.command("audit", "--repair").exitCode()).isEqualTo(1);

      harvest.runUntilComplete();
      assertWhole(harvest);
    }
  }

  @Test
  void losesNothingHoweverOftenItIsKilled() throws Exception {
    try (EmbeddedSource source = source();
        Harvest harvest = harvest(source)) {
      harvest.set("PORTAL_CONCURRENCY", "2");
      for (int kill = 0; kill < 3; kill++) {
        AtomicInteger puts = new AtomicInteger();
        int most = ThreadLocalRandom.current().nextInt(5, 40);
        harvest.store.hang(
            request -> request.contains("/judgments/") && puts.incrementAndGet() > most);
        try (Launcher run = harvest.process()) {
          Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> puts.get() > most);
          run.kill();
        }
        harvest.store.heal();
      }
      harvest.runUntilComplete();
      assertWhole(harvest);
      assertThat(Files.list(folder.resolve("data/spool"))).isEmpty();
    }
  }
}
