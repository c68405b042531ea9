package cli;

import config.UsageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import ledger.Backups;
import ledger.DamagedLedgerException;
import ledger.DataFolder;
import ledger.Ledger;
import ledger.LedgerException;

/** Reports problems with the data folder to the user. */
public final class DataFolders {
  private DataFolders() {}

  /**
   * Checks that no other process holds the data folder now.
   *
   * @throws UsageException if one does, or if the folder cannot be used
   * @throws MachineFault if it cannot be used now
   */
  public static void requireFree(Path folder) {
    try {
      DataFolder.requireFree(folder);
    } catch (DataFolder.HeldException e) {
      throw held(folder, e);
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  public static UsageException held(Path folder, Exception e) {
    return new UsageException(
        "harvest.data-dir: \"%s\" is held by another process; expected a folder for this instance alone"
            .formatted(folder),
        e);
  }

  /**
   * Opens the ledger in a data folder; if that fails, the folder is left as it was found.
   *
   * @throws UsageException if the ledger cannot be used
   * @throws MachineFault if it cannot be used now
   */
  public static Ledger ledger(DataFolder folder) throws IOException {
    try {
      return Ledger.open(folder.ledgerFile());
    } catch (LedgerException e) {
      folder.leave();
      throw unusable(folder, e);
    }
  }

  private static RuntimeException unusable(DataFolder folder, LedgerException e) {
    if (e instanceof DamagedLedgerException) {
      return new UsageException(
          "the ledger \"%s\" cannot be used: %s; %s"
              .formatted(folder.ledgerFile(), e.getMessage(), waysOut(folder)),
          e);
    }
    if (e.getCause() instanceof FileSystemException file) { // its message is but a path
      return unusable(folder.folder(), file);
    }
    return MachineFault.behind(e, folder.folder())
        .map(RuntimeException.class::cast)
        .orElseGet(() -> new UsageException(line(e), e));
  }

  private static String line(Exception e) {
    return String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private static String waysOut(DataFolder folder) {
    String rebuild = "restore it from the bucket with rebuild --force";
    return Backups.newest(folder.backups())
        .map(
            backup ->
                "put its newest backup in its place (cp \"%s\" \"%s\"), or %s"
                    .formatted(backup, folder.ledgerFile(), rebuild))
        .orElse("it has no backup in \"%s\": %s".formatted(folder.backups(), rebuild));
  }

  /** Says why the folder cannot be used: a {@link MachineFault} or a {@link UsageException}. */
  public static RuntimeException unusable(Path folder, IOException e) {
    return MachineFault.behind(e, folder)
        .map(RuntimeException.class::cast)
        .orElseGet(
            () ->
                new UsageException(
                    "harvest.data-dir: \"%s\" cannot be used (%s); expected a folder that this user owns and can write"
                        .formatted(folder, why(e)),
                    e));
  }

  /** Some exceptions of files have a path as their message, and the reason in their type. */
  private static String why(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "no right to write " + e.getMessage();
    }
    if (e instanceof FileAlreadyExistsException) {
      return e.getMessage() + " is no folder";
    }
    return String.valueOf(e.getMessage());
  }
}
