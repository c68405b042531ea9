package monitor;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pipeline.PipelineListener;

/** When the portal last gave an answer that is no complaint; null if it never did. */
public final class LastAnswer implements PipelineListener, Supplier<@Nullable Instant> {
  private final InstantSource clock;
  private volatile @Nullable Instant last;

  public LastAnswer(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void answered() {
    last = clock.instant();
  }

  @Override
  public @Nullable Instant get() {
    return last;
  }
}
