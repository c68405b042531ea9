package app;

import api.dto.QuotaData;
import model.ApiFormat;
import org.jspecify.annotations.Nullable;
import pipeline.DayQuota;

/** How much of the day's quota is used, as the API shows it. */
final class QuotaFigures {
  private QuotaFigures() {}

  /** The figures; null without a limit. */
  static @Nullable QuotaData of(DayQuota quota) {
    return quota.used().map(QuotaFigures::of).orElse(null);
  }

  private static QuotaData of(DayQuota.Used used) {
    return new QuotaData(
        used.documents(),
        limit(used.most().documents()),
        used.bytes(),
        limit(used.most().bytes()),
        ApiFormat.time(used.until().toInstant()));
  }

  private static @Nullable Long limit(long most) {
    return most == Long.MAX_VALUE ? null : most;
  }
}
