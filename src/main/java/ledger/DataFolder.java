package ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder that one running instance owns. The lock goes with the process, however it ends. */
public final class DataFolder implements AutoCloseable {

  /** Another process holds the folder. */
  public static final class HeldException extends Exception {
    private static final long serialVersionUID = 1L;

    HeldException(Path folder) {
      super("the data folder " + folder + " is held by another process");
    }
  }

  private final Path folder;
  private final FileChannel channel;

  private DataFolder(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the folder, making it when it is missing.
   *
   * @throws HeldException when another process holds it
   * @throws IOException when it cannot be made or written
   */
  public static DataFolder take(Path folder) throws HeldException, IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!lock(channel)) {
      channel.close();
      throw new HeldException(folder);
    }
    return new DataFolder(folder, channel);
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** The ledger's database. */
  public Path ledgerFile() {
    return folder.resolve("ledger.db");
  }

  /** Where documents lie between the portal and the bucket. */
  public Path spool() {
    return folder.resolve("spool");
  }

  /** Where the logs lie. */
  public Path logs() {
    return folder.resolve("logs");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
