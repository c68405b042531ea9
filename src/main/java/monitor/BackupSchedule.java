package monitor;

import config.DataSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import ledger.Backups;
import ledger.DamagedLedgerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import store.BackupObjects;
import store.StoreException;

/** Makes regular backups of the ledger. */
public final class BackupSchedule implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(BackupSchedule.class);

  /** Short, so that even an instance that is restarted often gets its backups. */
  private static final Duration AFTER_START = Duration.ofMinutes(1);

  private final Backups backups;
  private final Optional<BackupObjects> objects;
  private final DataSettings settings;

  /**
   * @param objects where backups are also stored; empty for nowhere
   */
  public BackupSchedule(Backups backups, Optional<BackupObjects> objects, DataSettings settings) {
    this.backups = backups;
    this.objects = objects;
    this.settings = settings;
  }

  /** Starts it, unless backups are switched off. */
  public void start(ScheduledExecutorService executor) {
    Duration interval = settings.backupInterval();
    if (interval.isZero()) {
      return;
    }
    Duration soon = interval.compareTo(AFTER_START) < 0 ? interval : AFTER_START;
    Duration due = backups.untilDue(interval);
    Duration first = due.compareTo(soon) < 0 ? soon : due;
    executor.scheduleWithFixedDelay(
        this, first.toMillis(), Math.max(1, interval.toMillis()), TimeUnit.MILLISECONDS);
  }

  @Override
  public void run() {
    try {
      Path backup = backups.make(settings.backupsKept());
      LOG.info("backup of the ledger: {} ({} bytes)", backup, Files.size(backup));
      objects.ifPresent(
          bucket ->
              LOG.info(
                  "backup of the ledger in the bucket: {}",
                  bucket.put(backup, settings.backupsKept())));
    } catch (DamagedLedgerException e) {
      LOG.error("the ledger is damaged, and earlier backups are kept: {}", e.getMessage());
    } catch (IOException e) {
      LOG.warn("the ledger has no new backup: {}", e.getMessage());
    } catch (StoreException e) {
      LOG.warn("the ledger has no new backup in the bucket: {}", e.getMessage());
    }
  }
}
