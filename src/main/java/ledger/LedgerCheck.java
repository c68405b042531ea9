package ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import platform.DiskFault;
import platform.OwnerOnly;

/**
 * Checks the file of a ledger before it is opened, without changing anything, so that a damaged one
 * can still be examined and rescued.
 */
final class LedgerCheck {
  private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSIONS = 18;
  private static final byte WAL_MODE = 2;

  /** The bytes of a database that SQLite locks for its readers. */
  private static final long READERS = 0x40000002L;

  private static final long READERS_SIZE = 510;

  private final Path file;
  private final Path wal;
  private final Path shm;
  private boolean isBackup;

  private LedgerCheck(Path file) {
    this.file = file;
    this.wal = LedgerDatabase.beside(file, "-wal");
    this.shm = LedgerDatabase.beside(file, "-shm");
  }

  /**
   * Checks a ledger that no process has opened.
   *
   * @param longest how long its content is checked; a larger ledger is checked as far as that goes,
   *     and completely with its next backup
   * @return false if there was not time for all
   * @throws DamagedLedgerException if it must not be used
   * @throws IOException if the disk fails
   * @throws SQLException if it cannot be read now
   */
  static boolean check(Path file, Duration longest) throws IOException, SQLException {
    LedgerCheck check = new LedgerCheck(file);
    return !check.hasContent() || check.aside(longest);
  }

  /** Looks at the files. Returns false if this is a new ledger. */
  private boolean hasContent() throws IOException {
    boolean hasWal = Files.exists(wal) && Files.size(wal) > 0;
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      if (hasWal) {
        throw new DamagedLedgerException(
            "it is gone, but %s is there".formatted(wal.getFileName()));
      }
      return false;
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new DamagedLedgerException("it is not a file");
    }
    if (Files.size(file) == 0) {
      boolean hadContent = hasWal || Files.exists(file.resolveSibling("logs/instance.log"));
      if (hadContent) {
        throw new DamagedLedgerException("it is empty");
      }
      return false;
    }
    if (!Arrays.equals(HEADER, 0, HEADER.length, header(file), 0, HEADER.length)) {
      throw new DamagedLedgerException("it is not an SQLite database");
    }
    isBackup = LedgerDatabase.isBackup(file);
    // at an orderly end both are deleted, the first one first
    if (Files.exists(shm) && !Files.exists(wal) && !isBackup) {
      throw new DamagedLedgerException(
          "%s is gone, which had its last changes".formatted(wal.getFileName()));
    }
    return true;
  }

  private static byte[] header(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.copyOf(in.readNBytes(VERSIONS + 1), VERSIONS + 1);
    }
  }

  /**
   * Whether another program uses the ledger, as an instance does. Closing the file releases all
   * locks that this process has on it, so it must not be open here.
   */
  static boolean isInUse(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        || header(file)[VERSIONS] != WAL_MODE) {
      return false;
    }
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock(READERS, READERS_SIZE, false)) {
      return lock == null;
    }
  }

  /**
   * SQLite writes files next to a database even when it only reads it. So the check reads the
   * database through a hard link, in a folder that is deleted afterwards.
   */
  private boolean aside(Duration longest) throws IOException, SQLException {
    Path folder = file.resolveSibling("ledger.check");
    Path second = folder.resolve("ledger.db");
    List<Path> names =
        List.of(second, folder.resolve("ledger.db-wal"), folder.resolve("ledger.db-shm"));
    OwnerOnly.folder(folder);
    try {
      delete(names); // a crash may have left them
      boolean isLinked = link(second, file) && (isBackup || link(names.get(1), wal));
      return LedgerContent.check(LedgerDatabase.readOnly(isLinked ? second : file), longest);
    } finally {
      delete(names);
      Files.deleteIfExists(folder);
    }
  }

  /** Returns false if the file system has no hard links. */
  private static boolean link(Path name, Path file) throws IOException {
    try {
      if (Files.exists(file)) {
        Files.createLink(name, file);
      }
      return true;
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (DiskFault.isFull(e)) {
        throw e;
      }
      return false;
    }
  }

  private static void delete(List<Path> files) throws IOException {
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
