package app;

import api.Fleet;
import api.Self;
import cli.DataFolders;
import config.ConfigKey;
import config.Configuration;
import config.HarvestSettings;
import config.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import ledger.DataFolder;
import org.jspecify.annotations.Nullable;
import store.BadManifestException;
import store.HarvestFile;
import store.Store;
import store.StoreException;

/**
 * Tests the surroundings of the harvest: the store, without writing to it, the folder, the peers.
 */
final class SurroundingsCheck {
  private static final Duration STORE = Duration.ofSeconds(30);
  private static final int NOT_FOUND = 404;
  private static final long GIB = 1L << 30;
  private static final int LEAST_SHARE = 10;

  private final Configuration configuration;
  private final CheckReport report;

  SurroundingsCheck(Configuration configuration, CheckReport report) {
    this.configuration = configuration;
    this.report = report;
  }

  void run() throws InterruptedException {
    instances();
    store();
    folder();
    peers();
  }

  private void instances() {
    int instances = configuration.harvest().distribution().instances();
    if (instances > 1 && !configuration.values().isSet(ConfigKey.INSTANCES)) {
      report.warn(
          "instances",
          "harvest.instances is not set: %d instances share the work, and this one does only its part;"
                  .formatted(instances)
              + " set harvest.instances=1 if it is alone");
    }
  }

  private void store() throws InterruptedException {
    try {
      CompletableFuture.supplyAsync(this::ask).get(STORE.toSeconds(), TimeUnit.SECONDS).run();
    } catch (TimeoutException e) {
      report.problem("store", "the store has not answered for %d s".formatted(STORE.toSeconds()));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Asks the store, and returns what to report. */
  private Runnable ask() {
    String bucket = configuration.store().bucket();
    try (Store store = Store.open(configuration.store(), 1)) {
      store.bucket().require();
      store.bucket().documents().iterator().hasNext();
      HarvestFile file = store.harvestFile();
      Optional<HarvestFile.Content> recorded = file.read();
      recorded.ifPresent(
          found ->
              configuration
                  .identity()
                  .differs(found.values(), file.key() + " in the bucket holds", false));
      return () ->
          report.ok(
              "store",
              "the bucket %s can be listed and read; nothing was written to it".formatted(bucket));
    } catch (StoreException e) {
      boolean isCreated = e.status() == NOT_FOUND && configuration.store().createBucket();
      return isCreated
          ? () -> report.ok("store", "the bucket %s will be created".formatted(bucket))
          : () -> report.problem("store", String.valueOf(e.getMessage()));
    } catch (UsageException | BadManifestException e) {
      return () -> report.problem("store", String.valueOf(e.getMessage()));
    }
  }

  private void folder() {
    HarvestSettings harvest = configuration.harvest();
    Path folder = harvest.dataDir().toAbsolutePath();
    Path there = existing(folder);
    if (there == null || !Files.isDirectory(there) || !Files.isWritable(there)) {
      report.problem(
          "folder",
          "harvest.data-dir: \"%s\" cannot be written by this user".formatted(harvest.dataDir()));
      return;
    }
    try {
      DataFolder.refuseShared(folder);
    } catch (IOException e) {
      report.problem(
          "folder", String.valueOf(DataFolders.unusable(harvest.dataDir(), e).getMessage()));
      return;
    }
    try {
      long free = Files.getFileStore(there).getUsableSpace();
      long all = Files.getFileStore(there).getTotalSpace();
      String words =
          String.format(
              Locale.ROOT, "the disk of harvest.data-dir has %,.1f GiB free", (double) free / GIB);
      if (all > 0 && free * 100 / all < LEAST_SHARE) {
        report.warn("disk", words + ", less than 10 %");
      } else {
        report.ok("disk", words);
      }
    } catch (IOException e) {
      report.warn("disk", "how much is free on the disk of harvest.data-dir is not known");
    }
  }

  private static @Nullable Path existing(Path folder) {
    Path there = folder;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return there;
  }

  private void peers() {
    if (configuration.api().peers().isEmpty()) {
      return;
    }
    Fleet fleet =
        new Fleet(
            configuration.api(),
            new Self(configuration.harvest().instanceId(), configuration.identity()),
            InstantSource.system());
    List<String> conflicts = fleet.conflicts();
    conflicts.forEach(words -> report.problem("peers", words));
    fleet.silences().forEach(words -> report.warn("peers", words));
    if (conflicts.isEmpty() && fleet.silences().isEmpty()) {
      report.ok("peers", "all peers answer and work on this harvest");
    }
  }
}
