package scripts;

import java.time.InstantSource;
import java.util.Arrays;

/** Counts events and tells their rate over the last minute. */
final class Meter {
  private static final int SECONDS = 60;

  private final InstantSource clock;
  private long startSecond;
  private final long[] counts = new long[SECONDS];
  private final long[] seconds = new long[SECONDS];

  Meter(InstantSource clock) {
    this.clock = clock;
    begin();
  }

  /** Forgets what was: the rate is that of what comes from now on. */
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

  /** Events a second over the last minute, or since the beginning when that is less. */
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

  private long second() {
    return clock.millis() / 1000;
  }
}
