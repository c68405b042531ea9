package monitor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import model.Ticker;

/**
 * The harvest over the last hour and the last day. Kept in memory, in a fixed number of steps;
 * starts empty with each process.
 */
public final class History {
  /** How often {@link #sample} must be called. */
  public static final Duration EVERY = Duration.ofSeconds(5);

  private final Supplier<HarvestMetrics.Totals> totals;
  private final InstantSource clock;
  private final Ticker ticker;
  private final RollingSeries hour = new RollingSeries(Duration.ofSeconds(10), Duration.ofHours(1));
  private final RollingSeries day = new RollingSeries(Duration.ofMinutes(5), Duration.ofDays(1));
  private HarvestMetrics.Totals before;
  private long sampledNanos;

  /**
   * @param clock says which step it is
   * @param ticker measures the time between two samples, however the clock is set meanwhile
   */
  public History(HarvestMetrics metrics, InstantSource clock, Ticker ticker) {
    this(metrics::totals, clock, ticker);
  }

  History(Supplier<HarvestMetrics.Totals> totals, InstantSource clock, Ticker ticker) {
    this.totals = totals;
    this.clock = clock;
    this.ticker = ticker;
    this.before = totals.get();
    this.sampledNanos = ticker.nanos();
  }

  /** Records what has happened since the last call. */
  public synchronized void sample() {
    Instant now = clock.instant();
    long nanos = ticker.nanos();
    HarvestMetrics.Totals counted = totals.get();
    RollingSeries.Step since =
        new RollingSeries.Step(
            (nanos - sampledNanos) / 1e9,
            counted.stored() - before.stored(),
            counted.failed() - before.failed(),
            counted.answers() - before.answers(),
            counted.answerSeconds() - before.answerSeconds());
    hour.add(now, since);
    day.add(now, since);
    before = counted;
    sampledNanos = nanos;
  }

  /** The last hour, in steps of 10 seconds. */
  public synchronized RollingSeries.Figures hour() {
    return hour.until(clock.instant());
  }

  /** The last day, in steps of 5 minutes. */
  public synchronized RollingSeries.Figures day() {
    return day.until(clock.instant());
  }
}
