package scripts;

import java.time.Duration;
import model.Backoff;
import model.Ticker;

/** When a script may work on a page again, with growing waits while it fails. Not thread-safe. */
final class NextTry {
  private static final Duration FIRST = Duration.ofSeconds(2);

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

  /** The next attempt may be made at once; failures still count. */
  void now() {
    dueNanos = ticker.nanos();
  }

  /** The page succeeded. */
  void succeeded() {
    failures = 0;
  }

  /** The page has failed; returns how long to wait before the next try. */
  Duration failed(WaitingReason reason) {
    failures++;
    return new Backoff(FIRST, reason.longestWait()).after(failures);
  }

  /** Whether this is the first failure since the page last succeeded. */
  boolean isFirst() {
    return failures == 1;
  }

  void after(Duration wait) {
    dueNanos = ticker.nanos() + wait.toNanos();
  }
}
