package pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import config.QuotaSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import ledger.Ledger;
import model.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.DayQuota.ReachedException;

class DayQuotaTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @TempDir Path folder;

  private Instant now = Instant.parse("2026-11-27T20:00:00Z");
  private Ledger ledger;
  private DayQuota quota;

  @BeforeEach
  void open() {
    ledger = Ledger.open(folder.resolve("ledger.db"));
    quota = quota(3, Long.MAX_VALUE);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private DayQuota quota(long documents, long bytes) {
    return new DayQuota(new QuotaSettings(documents, bytes), ledger.instance(), () -> now, BERLIN);
  }

  private void store(int from, int to) {
    for (int i = from; i <= to; i++) {
      quota.take("doc/" + i);
      quota.stored("doc/" + i, 1_000);
    }
  }

  @Test
  void usageIsShownOnlyIfThereIsALimit() {
    store(1, 2);

    assertThat(quota.used())
        .hasValueSatisfying(
            used -> {
              assertThat(used.documents()).isEqualTo(2);
              assertThat(used.bytes()).isEqualTo(2_000);
              assertThat(used.most().documents()).isEqualTo(3);
              assertThat(used.until().toInstant()).isAfter(now);
            });
    assertThat(quota(Long.MAX_VALUE, Long.MAX_VALUE).used()).isEmpty();
  }

  private void assertReached(String words) {
    assertThatExceptionOfType(ReachedException.class)
        .isThrownBy(quota::require)
        .withMessage(words)
        .satisfies(e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.QUOTA));
  }

  private void assertOpen() {
    assertThatCode(quota::require).doesNotThrowAnyException();
  }

  @Test
  void documentsInTransitCountSoThatNoDayExceedsItsQuota() {
    quota.take("doc/1");
    quota.take("doc/2");
    quota.take("doc/3");
    assertThatExceptionOfType(ReachedException.class).isThrownBy(() -> quota.take("doc/4"));

    quota.release("doc/2");
    quota.take("doc/4");
  }

  @Test
  void itGoesOnAtMidnight() {
    store(1, 3);
    assertReached(
        "the day's quota of 3 documents (harvest.max-documents-per-day) is used up; goes on at"
            + " 2026-11-28T00:00+01:00");
    now = Instant.parse("2026-11-27T22:59:59Z");
    assertThatExceptionOfType(ReachedException.class).isThrownBy(quota::require);

    now = Instant.parse("2026-11-27T23:00:00Z");
    assertOpen();
    store(4, 6);
    assertThat(quota.words()).isEqualTo("3 of 3 documents");
  }

  @Test
  void documentsInTransitAtMidnightCountForTheNewDay() {
    quota.take("doc/1");
    now = Instant.parse("2026-11-27T23:00:00Z");
    quota.take("doc/2");
    quota.take("doc/3");
    assertThatExceptionOfType(ReachedException.class).isThrownBy(() -> quota.take("doc/4"));
    quota.stored("doc/1", 1_000);

    assertThatExceptionOfType(ReachedException.class).isThrownBy(() -> quota.take("doc/4"));
    assertThat(quota.words()).isEqualTo("1 of 3 documents");
  }

  @Test
  void bytesAreCountedWhenTheyAreStored() {
    quota = quota(Long.MAX_VALUE, 2_000);
    store(1, 1);
    quota.take("doc/2");
    quota.take("doc/3");
    quota.stored("doc/2", 1_000);
    quota.stored("doc/3", 1_000);

    assertReached(
        "the day's quota of 2,000 bytes (harvest.max-bytes-per-day) is used up; goes on at"
            + " 2026-11-28T00:00+01:00");
    assertThat(quota.words()).isEqualTo("3,000 of 2,000 bytes");
  }

  @Test
  void countsSurviveARestart() {
    store(1, 2);
    ledger.close();
    open();

    store(3, 3);
    assertThatExceptionOfType(ReachedException.class).isThrownBy(quota::require);
  }

  @Test
  void aClockThatIsSetForwardAndBackFindsItsDayAgain() {
    store(1, 3);
    now = Instant.parse("2027-11-27T20:00:00Z");
    store(4, 6);
    now = Instant.parse("2026-11-27T20:00:00Z");
    assertThatExceptionOfType(ReachedException.class).isThrownBy(quota::require);

    now = Instant.parse("2026-11-28T20:00:00Z");
    assertOpen();
  }

  @Test
  void aDayWithSummerTimeIsOneDay() {
    now = Instant.parse("2026-10-25T00:30:00Z"); // 02:30, for the first time
    store(1, 3);
    now = Instant.parse("2026-10-25T01:30:00Z"); // 02:30 again
    assertReached(
        "the day's quota of 3 documents (harvest.max-documents-per-day) is used up; goes on at"
            + " 2026-10-26T00:00+01:00");
  }

  @Test
  void withoutALimitNothingIsReached() {
    quota = quota(Long.MAX_VALUE, Long.MAX_VALUE);
    store(1, 20);

    assertOpen();
    assertThat(quota.words()).isEmpty();
  }
}
