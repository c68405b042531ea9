package app;

import java.time.Duration;
import java.util.function.Supplier;
import ledger.Ledger;
import model.Ticker;
import monitor.Health;
import monitor.ProgressCheck;
import org.jspecify.annotations.Nullable;
import store.Bucket;
import store.Spool;

/** The health checks of an instance. */
final class HealthParts {
  /** In addition to the longest time for one document. */
  private static final Duration LONGEST_WITHOUT_PROGRESS = Duration.ofMinutes(10);

  private HealthParts() {}

  /**
   * Starts them.
   *
   * @param sinceAnswer how long ago the portal last responded; null if it never did
   */
  static Health start(CoreParts core, Spool spool, Supplier<@Nullable Duration> sinceAnswer) {
    Ledger ledger = core.ledger();
    Bucket bucket = core.store().bucket();
    Duration longest =
        LONGEST_WITHOUT_PROGRESS.plus(core.configuration().portal().timeouts().document());
    return new Health(core.pools().health(), Ticker.system(core.pools().health()))
        .tries(
            "ledger",
            "cannot be written",
            () -> {
              ledger.instance().heartbeat();
              return null;
            })
        .tries(
            "spool",
            "cannot be written",
            () -> {
              spool.tryOut();
              return null;
            })
        .tries(
            "store",
            "does not answer, or refuses",
            () -> {
              bucket.require();
              return null;
            })
        .asks("progress", new ProgressCheck(core.orchestrator()::snapshots, sinceAnswer, longest));
  }
}
