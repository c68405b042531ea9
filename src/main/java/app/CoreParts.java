package app;

import config.Configuration;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import ledger.DataFolder;
import ledger.Ledger;
import model.Concurrency;
import model.Ticker;
import org.apache.camel.spi.RouteController;
import scripts.Orchestrator;
import scripts.PendingCaptchas;
import store.CallTimer;
import store.Store;
import store.StoreCalls;

/**
 * The parts of an instance that all others depend on: its data, its threads, the store and the
 * scripts.
 *
 * @param storeCalls ends calls of any store when their script stops
 */
record CoreParts(
    Configuration configuration,
    InstanceData data,
    Pools pools,
    StoreCalls storeCalls,
    Store store,
    Orchestrator orchestrator,
    PendingCaptchas captchas)
    implements AutoCloseable {
  /** How long a shutdown waits for documents in progress. */
  private static final Duration WIND_DOWN = Duration.ofSeconds(15);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  /**
   * Locks the data folder and opens the ledger. Nothing runs yet.
   *
   * @param storeTimes measures the calls of the store
   * @param routes Camel's route controller, available after the start of Camel
   * @throws DataFolder.HeldException if another process holds the data folder
   * @throws IOException if the data folder cannot be used
   */
  static CoreParts open(
      Configuration configuration, CallTimer storeTimes, Supplier<RouteController> routes)
      throws DataFolder.HeldException, IOException {
    InstanceData data = new InstanceData(configuration.harvest().dataDir());
    Pools pools = new Pools(new Concurrency(configuration.portal().politeness().concurrency()));
    StoreCalls storeCalls = new StoreCalls();
    return new CoreParts(
        configuration,
        data,
        pools,
        storeCalls,
        Store.open(configuration.store(), Pools.MOST_WORKERS, storeCalls, storeTimes),
        new Orchestrator(
            configuration.harvest(), data.ledger(), InstantSource.system(), pools.ticker(), routes),
        new PendingCaptchas(InstantSource.system()));
  }

  Ledger ledger() {
    return data.ledger();
  }

  /** The ticker for waits and rates. */
  Ticker ticker() {
    return pools.ticker();
  }

  /** Stops all scripts, and waits a while for the documents in progress. */
  void windDown() {
    orchestrator.shutdown();
    Ticker ticker = ticker();
    long end = ticker.nanos() + WIND_DOWN.toNanos();
    try {
      while (orchestrator.isAtWork() && end - ticker.nanos() > 0) {
        ticker.pause(POLL_INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    Closing.all(List.of(orchestrator::close, pools::close, store::close, data::close));
  }
}
