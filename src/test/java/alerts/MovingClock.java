package alerts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import testing.VirtualTicker;

/** A system clock that follows a ticker, and that can be set. */
final class MovingClock implements InstantSource {
  private final VirtualTicker ticker = new VirtualTicker();
  private Instant start;

  MovingClock(String start) {
    this.start = Instant.parse(start);
  }

  VirtualTicker ticker() {
    return ticker;
  }

  void pass(Duration time) {
    ticker.pass(time);
  }

  /** Changes the time it shows, without time passing. */
  void set(Duration forward) {
    start = start.plus(forward);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(ticker.nanos());
  }
}
