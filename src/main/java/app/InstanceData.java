package app;

import audit.Ledgers;
import cli.DataFolders;
import config.DataSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import ledger.Backups;
import ledger.DataFolder;
import ledger.Ledger;
import monitor.BackupSchedule;
import monitor.Logging;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import store.BackupObjects;
import store.Spool;

/** What an instance has on disk: its data folder, locked for its exclusive use, and the ledger. */
final class InstanceData implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceData.class);

  private final DataFolder folder;
  private final Ledger ledger;

  /**
   * Locks the data folder and opens the ledger.
   *
   * @throws DataFolder.HeldException if another process holds the data folder
   * @throws IOException if the data folder cannot be used
   */
  InstanceData(Path path) throws DataFolder.HeldException, IOException {
    this.folder = DataFolder.take(path);
    requireUsable(folder);
    this.ledger = DataFolders.ledger(folder);
  }

  /** Checks what would fail later, before anything is changed. */
  private static void requireUsable(DataFolder folder) throws IOException {
    try {
      Spool.requireFiles(folder.spool());
      Logging.requireWritable(folder.logs());
    } catch (IOException e) {
      folder.leave();
      throw e;
    }
  }

  Ledger ledger() {
    return ledger;
  }

  /** Opens the spool, empty. */
  Spool spool() throws IOException {
    return Spool.open(folder.spool());
  }

  /** Folder for the logs. */
  Path logs() {
    return folder.logs();
  }

  /** Another file or folder in it. */
  Path resolve(String name) {
    return folder.folder().resolve(name);
  }

  /**
   * Starts the backups of the ledger.
   *
   * @param objects where else they are put; empty for nowhere
   */
  void backUp(
      Optional<BackupObjects> objects, DataSettings settings, ScheduledExecutorService executor) {
    if (!ledger.isWhollyChecked()) {
      LOG.info(
          "the ledger is large: a part was checked at the start, the rest is with the next backup");
    }
    Backups backups = new Backups(folder.ledgerFile(), folder.backups(), InstantSource.system());
    new BackupSchedule(backups, objects, settings).start(executor);
  }

  /** What the ledger knows of these documents, by id. */
  Map<String, Ledgers.Known> known(Collection<String> ids) {
    Map<String, Ledgers.Known> known = new HashMap<>();
    ledger
        .documents()
        .find(ids)
        .forEach(
            (id, document) ->
                known.put(
                    id,
                    new Ledgers.Known(document.page(), ledger.pages().isOpen(document.page()))));
    return known;
  }

  @Override
  public void close() throws IOException {
    Closing.all(List.of(ledger::close, folder::close));
  }
}
