package model;

import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Seconds until work is done; null if nothing is left, or if the time is unknown. */
public final class TimeLeft {
  private TimeLeft() {}

  /**
   * The time for these pages at the present rate.
   *
   * @param pages that are left, full ones at most
   */
  public static @Nullable Long of(long pages, int pageSize, double documentsPerSecond) {
    return pages == 0 || documentsPerSecond == 0
        ? null
        : Long.valueOf(Math.round(pages * pageSize / documentsPerSecond));
  }

  /**
   * The time left for several tasks in parallel: the last to finish counts.
   *
   * @param unfinished the time left of each unfinished one
   */
  public static @Nullable Long ofAll(Collection<@Nullable Long> unfinished) {
    return unfinished.isEmpty() || unfinished.stream().anyMatch(Objects::isNull)
        ? null
        : Collections.max(unfinished);
  }
}
