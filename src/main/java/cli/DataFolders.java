package cli;

import config.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import ledger.DataFolder;

/** Tells in a user's words what is wrong with the data folder. */
public final class DataFolders {
  private DataFolders() {}

  /**
   * Makes sure that nobody else holds the data folder now.
   *
   * @throws UsageException when somebody does, or when it cannot be used
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
        "harvest.data-dir: \"%s\" is held by another process; expected a folder of this instance's own"
            .formatted(folder),
        e);
  }

  public static UsageException unusable(Path folder, IOException e) {
    return new UsageException(
        "harvest.data-dir: \"%s\" cannot be used (%s); expected a folder that can be written"
            .formatted(folder, e.getMessage()),
        e);
  }
}
