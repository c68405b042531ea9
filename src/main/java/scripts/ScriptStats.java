package scripts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import model.Ticker;
import org.jspecify.annotations.Nullable;

/** Times and rates of a script. */
final class ScriptStats {
  private final InstantSource clock;
  private final Ticker ticker;
  private final Meter meter;

  private @Nullable Instant startTime;
  private @Nullable Instant lastUpdated;
  private long startNanos;
  private long updatedNanos;
  private long progressNanos;
  private long stored;

  /**
   * @param clock the wall clock
   * @param ticker the monotonic clock, for durations
   */
  ScriptStats(InstantSource clock, Ticker ticker) {
    this.clock = clock;
    this.ticker = ticker;
    this.meter = new Meter(ticker);
  }

  /** A run begins. */
  void begin() {
    startTime = clock.instant();
    startNanos = ticker.nanos();
    stored = 0;
    meter.begin();
    moved();
  }

  /** A document was stored. */
  void stored() {
    stored++;
    meter.mark();
  }

  /** The work on the page made progress. */
  void moved() {
    updated();
    progressNanos = updatedNanos;
  }

  /** Something about the script has changed. */
  void updated() {
    lastUpdated = clock.instant();
    updatedNanos = ticker.nanos();
  }

  /** Start of the last run; null if there was none. */
  @Nullable Instant startTime() {
    return startTime;
  }

  /** Time of the last change; null if there was none. */
  @Nullable Instant lastUpdated() {
    return lastUpdated;
  }

  /**
   * Time since the last start, or since the last listing, document or page after it; null if there
   * was no start.
   */
  @Nullable Duration sinceProgress() {
    return startTime == null ? null : Duration.ofNanos(ticker.nanos() - progressNanos);
  }

  /** Documents per second over the last minute. */
  double filesPerSecond() {
    return meter.perSecond();
  }

  /** Average over the last run; null if nothing was stored in it. */
  @Nullable Double secondsPerFile() {
    return stored == 0 ? null : (updatedNanos - startNanos) / 1e9 / stored;
  }
}
