package monitor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import model.ApiFormat;

/**
 * {@code GET /api/history}: the harvest over the last hour and the last day. Kept in memory, in a
 * fixed number of steps; starts empty with each process.
 */
public final class History {
  /** How often {@link #sample} must be called. */
  public static final Duration EVERY = Duration.ofSeconds(5);

  private final Supplier<HarvestMetrics.Totals> totals;
  private final InstantSource clock;
  private final RollingSeries hour = new RollingSeries(Duration.ofSeconds(10), Duration.ofHours(1));
  private final RollingSeries day = new RollingSeries(Duration.ofMinutes(5), Duration.ofDays(1));
  private HarvestMetrics.Totals before;
  private Instant sampled;

  public History(HarvestMetrics metrics) {
    this(metrics::totals, InstantSource.system());
  }

  History(Supplier<HarvestMetrics.Totals> totals, InstantSource clock) {
    this.totals = totals;
    this.clock = clock;
    this.before = totals.get();
    this.sampled = clock.instant();
  }

  /** Records what has happened since the last call. */
  public synchronized void sample() {
    Instant now = clock.instant();
    HarvestMetrics.Totals counted = totals.get();
    RollingSeries.Step since =
        new RollingSeries.Step(
            Duration.between(sampled, now).toMillis() / 1000.0,
            counted.stored() - before.stored(),
            counted.failed() - before.failed(),
            counted.answers() - before.answers(),
            counted.answerSeconds() - before.answerSeconds());
    hour.add(now, since);
    day.add(now, since);
    before = counted;
    sampled = now;
  }

  /** {@code GET /api/history}. */
  public synchronized Map<String, Object> history() {
    Instant now = clock.instant();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", "success");
    answer.put("hour", hour.until(now));
    answer.put("day", day.until(now));
    answer.put("timestamp", ApiFormat.time(now));
    return answer;
  }
}
