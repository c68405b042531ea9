package ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import platform.OwnerOnly;

/**
 * The folder that one running instance owns. The lock is released with the process, however it
 * ends. The folder holds the portal's session cookies, so only its owner can read it.
 */
public final class DataFolder implements AutoCloseable {
  private static final int STICKY = 01000;
  private static final String LEDGER = "ledger.db";

  /** Another process holds the folder. */
  public static final class HeldException extends Exception {
    private static final long serialVersionUID = 1L;

    HeldException(Path folder) {
      super("the data folder " + folder + " is held by another process");
    }
  }

  private final Path folder;
  private final FileChannel channel;
  private final boolean isNewLock;

  private DataFolder(Path folder, FileChannel channel, boolean isNewLock) {
    this.folder = folder;
    this.channel = channel;
    this.isNewLock = isNewLock;
  }

  /**
   * Locks the folder, creating it if it is missing, and makes it private.
   *
   * @throws HeldException if another process holds it
   * @throws IOException if it cannot be created, written or made private, or contains a symbolic
   *     link instead of one of our files
   */
  public static DataFolder take(Path folder) throws HeldException, IOException {
    refuseShared(folder);
    OwnerOnly.folder(folder);
    boolean isNewLock = Files.notExists(folder.resolve("lock"));
    FileChannel channel = OwnerOnly.open(folder.resolve("lock"));
    if (!lock(channel)) {
      channel.close();
      throw new HeldException(folder);
    }
    DataFolder held = new DataFolder(folder, channel, isNewLock);
    try {
      if (isNewLock) {
        refuseUsed(folder);
      }
      held.closeToOthers();
      return held;
    } catch (HeldException | IOException e) {
      held.leave();
      throw e;
    }
  }

  /**
   * Checks that no other process holds the folder now. Does not create it.
   *
   * @throws HeldException if another process holds it
   * @throws IOException as with {@link #take}
   */
  public static void requireFree(Path folder) throws HeldException, IOException {
    if (Files.exists(folder.resolve("lock"))) {
      take(folder).close();
    } else {
      refuseUsed(folder);
    }
  }

  /** Somebody may have deleted the lock of an instance that is running. */
  private static void refuseUsed(Path folder) throws HeldException, IOException {
    if (LedgerCheck.isInUse(folder.resolve(LEDGER))) {
      throw new HeldException(folder);
    }
  }

  /** Releases the folder as it was found, because it cannot be used. */
  public void leave() throws IOException {
    if (isNewLock) {
      Files.deleteIfExists(folder.resolve("lock"));
    }
    channel.close();
  }

  /**
   * Refuses a shared folder like /tmp, which must not be made private.
   *
   * @throws IOException if it is one
   */
  public static void refuseShared(Path folder) throws IOException {
    boolean hasModes = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
    if (hasModes
        && Files.isDirectory(folder)
        && ((int) Files.getAttribute(folder, "unix:mode") & STICKY) != 0) {
      throw new IOException("it is shared by all users");
    }
  }

  /** Makes files private that an earlier version left readable. */
  private void closeToOthers() throws IOException {
    Path ledger = ledgerFile();
    List<Path> files =
        List.of(
            folder.resolve("lock"),
            ledger,
            ledger.resolveSibling(ledger.getFileName() + "-wal"),
            ledger.resolveSibling(ledger.getFileName() + "-shm"));
    for (Path file : files) {
      closeToOthers(file);
    }
    for (Path inner : List.of(spool(), logs(), backups())) {
      closeToOthers(inner);
      if (Files.isDirectory(inner, LinkOption.NOFOLLOW_LINKS) && !inner.equals(spool())) {
        try (var entries = Files.newDirectoryStream(inner)) {
          for (Path entry : entries) {
            closeToOthers(entry);
          }
        }
      }
    }
  }

  private static void closeToOthers(Path path) throws IOException {
    OwnerOnly.refuseLink(path);
    try {
      OwnerOnly.close(path);
    } catch (NoSuchFileException e) {
      // not created yet, or rotated away
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** The folder itself. */
  public Path folder() {
    return folder;
  }

  /** The ledger's database. */
  public Path ledgerFile() {
    return folder.resolve(LEDGER);
  }

  /** The folder for documents on their way from the portal to the bucket. */
  public Path spool() {
    return folder.resolve("spool");
  }

  /** The folder for the logs. */
  public Path logs() {
    return folder.resolve("logs");
  }

  /** The folder for the backups of the ledger. */
  public Path backups() {
    return folder.resolve("backup");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
