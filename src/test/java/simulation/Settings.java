package simulation;

import config.DataSettings;
import config.HarvestSettings;
import config.StartSettings;
import config.StoreSettings;
import config.UploadSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import model.Distribution;

/**
 * How the simulated harvest is configured.
 *
 * @param documents that the plan counts on
 * @param spoolBytes the most that the spool may hold
 */
record Settings(int documents, int pageSize, int scripts, int workers, long spoolBytes) {
  static final int TRIES = 3;
  static final long SMALL_SPOOL = 3_000;
  static final long LARGE_SPOOL = 1 << 24;

  boolean hasSmallSpool() {
    return spoolBytes == SMALL_SPOOL;
  }

  Distribution plan() {
    return Distribution.of(1, scripts, documents, pageSize);
  }

  HarvestSettings harvest(Path folder) {
    return new HarvestSettings(
        1,
        plan(),
        new StartSettings(scripts, Duration.ofMillis(500), true),
        Duration.ZERO,
        folder,
        new DataSettings(spoolBytes, Duration.ZERO, 1));
  }

  static StoreSettings store() {
    return new StoreSettings(
        "bucket",
        false,
        Bucket.DOCUMENTS,
        Bucket.MANIFESTS,
        List.of(),
        Optional.empty(),
        URI.create("http://store.test"),
        "us-east-1",
        true,
        Optional.empty(),
        UploadSettings.DEFAULT);
  }
}
