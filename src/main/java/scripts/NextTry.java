package scripts;

import java.time.Duration;
import model.Backoff;
import model.Ticker;

/** When a script may work on a page again, with growing waits while it fails. Not thread-safe. */
final class NextTry {
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));

  private final Ticker ticker;
  private int failures;
  private long dueNanos;

  NextTry(Ticker ticker) {
    this.ticker = ticker;
    this.dueNanos = ticker.nanos();
  }

  boolean isDue() {
    return ticker.nanos() - dueNanos >= 0;
  }

  /** The next try may be at once; failures still count. */
  void now() {
    dueNanos = ticker.nanos();
  }

  /** The page has come. */
  void succeeded() {
    failures = 0;
  }

  /** The page has failed; returns how long to wait before the next try. */
  Duration failed() {
    failures++;
    return BACKOFF.after(failures);
  }

  void after(Duration wait) {
    dueNanos = ticker.nanos() + wait.toNanos();
  }
}
