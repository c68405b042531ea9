package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.LocalInstance;

/** An instance that has used up its daily quota. */
class QuotaIT {
  @TempDir Path folder;

  private static void awaitQuota(Api api) {
    for (int script = 1; script <= 2; script++) {
      int id = script;
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> api.script(id).path("waiting_reason").asText().equals("quota"));
    }
  }

  @Test
  void noMoreThanTheDailyQuotaIsStoredEvenAfterARestartAndALargerQuotaContinues() throws Exception {
    try (Harvest harvest = new Harvest(folder, 40, 10)) {
      harvest.set("HARVEST_MAX_DOCUMENTS_PER_DAY", "13");
      for (int start = 1; start <= 2; start++) {
        try (LocalInstance run = harvest.run()) {
          Api api = harvest.api();
          awaitQuota(api);
          String midnight =
              LocalDate.now()
                  .plusDays(1)
                  .atStartOfDay(ZoneId.systemDefault())
                  .toOffsetDateTime()
                  .toString();
          assertThat(api.script(1).path("last_error").asText())
              .isEqualTo(
                  "the day's quota of 13 documents (harvest.max-documents-per-day) is used up;"
                      + " goes on at "
                      + midnight);
          assertThat(api.script(1).path("is_running").asBoolean()).isTrue();
          int asked = harvest.portal.requests().size();
          Awaitility.await()
              .during(Duration.ofSeconds(4))
              .atMost(Duration.ofSeconds(8))
              .until(() -> harvest.portal.requests().size() == asked);
          assertThat(api.status().path("total_files_downloaded").asInt()).isEqualTo(13);
          assertThat(harvest.store.count("judgments")).isEqualTo(13);
          JsonNode quota = api.status().path("quota");
          assertThat(quota.path("documents").asInt()).isEqualTo(13);
          assertThat(quota.path("max_documents").asInt()).isEqualTo(13);
          assertThat(quota.path("bytes").asLong())
              .isEqualTo(api.status().path("total_bytes").asLong());
          assertThat(quota.path("max_bytes").isNull()).isTrue();
          assertThat(OffsetDateTime.parse(quota.path("until").asText()))
              .isEqualTo(OffsetDateTime.parse(midnight));
          assertThat(api.get("/api/history").json().path("marks"))
              .filteredOn(mark -> mark.path("kind").asText().equals("quota"))
              .isNotEmpty();
        }
      }
      harvest.set("HARVEST_MAX_DOCUMENTS_PER_DAY", "40");

      harvest.runUntilComplete();

      assertThat(harvest.store.count("judgments")).isEqualTo(40);
      assertThat(harvest.audit().path("exit").asInt()).isZero();
    }
  }

  @Test
  void bytesHaveAQuotaOfTheirOwn() throws Exception {
    try (Harvest harvest = new Harvest(folder, 40, 10)) {
      harvest
          .set("HARVEST_MAX_BYTES_PER_DAY", "4KiB")
          .set("HARVEST_SCRIPTS", "2")
          .set("PORTAL_CONCURRENCY", "1");
      try (LocalInstance run = harvest.run()) {
        Api api = harvest.api();
        awaitQuota(api);
        assertThat(api.script(1).path("last_error").asText())
            .startsWith("the day's quota of 4,096 bytes (harvest.max-bytes-per-day) is used up");
        assertThat(api.status().path("total_bytes").asLong()).isBetween(4_096L, 10_000L);
      }
    }
  }
}
