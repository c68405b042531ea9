package monitor;

import java.time.Duration;
import java.util.function.Supplier;
import model.Ticker;
import org.jspecify.annotations.Nullable;
import pipeline.PipelineListener;

/** How long ago the portal last sent a successful answer; null if it never did. */
public final class LastAnswer implements PipelineListener, Supplier<@Nullable Duration> {
  private final Ticker ticker;
  private volatile @Nullable Long lastNanos;

  public LastAnswer(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public void answered() {
    lastNanos = ticker.nanos();
  }

  @Override
  public @Nullable Duration get() {
    Long last = lastNanos;
    return last == null ? null : Duration.ofNanos(ticker.nanos() - last);
  }
}
