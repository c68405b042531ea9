package cli;

import config.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import ledger.DataFolder;

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
      DataFolder.take(folder).close();
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

  /** Says why the folder cannot be used: a {@link MachineFault} or a {@link UsageException}. */
  public static RuntimeException unusable(Path folder, IOException e) {
    return MachineFault.behind(e, folder)
        .map(RuntimeException.class::cast)
        .orElseGet(
            () ->
                new UsageException(
                    "harvest.data-dir: \"%s\" cannot be used (%s); expected a folder that this user owns and can write"
                        .formatted(folder, e.getMessage()),
                    e));
  }
}
