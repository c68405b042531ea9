package scripts;

import java.util.Arrays;
import model.Ticker;

/** Counts events, and computes their rate over the last minute. */
final class Meter {
  private static final int SECONDS = 60;

  private final Ticker ticker;
  private final long bornNanos;
  private long startSecond;
  private final long[] counts = new long[SECONDS];
  private final long[] seconds = new long[SECONDS];

  Meter(Ticker ticker) {
    this.ticker = ticker;
    this.bornNanos = ticker.nanos();
    begin();
  }

  /** Forgets earlier events: the rate starts anew. */
  final synchronized void begin() {
    startSecond = second();
    Arrays.fill(seconds, 0);
  }

  synchronized void mark() {
    long now = second();
    int slot = (int) (now % SECONDS);
    if (seconds[slot] != now) {
      seconds[slot] = now;
      counts[slot] = 0;
    }
    counts[slot]++;
  }

  /** Events per second over the last minute, or since the beginning if that is less. */
  synchronized double perSecond() {
    long now = second();
    long sum = 0;
    for (int slot = 0; slot < SECONDS; slot++) {
      if (seconds[slot] > now - SECONDS) {
        sum += counts[slot];
      }
    }
    long span = Math.max(1, Math.min(SECONDS, now - startSecond + 1));
    return (double) sum / span;
  }

  /** Starts above {@link #SECONDS}, so that the 0 of an empty slot is always in the past. */
  private long second() {
    return (ticker.nanos() - bornNanos) / 1_000_000_000 + SECONDS;
  }
}
