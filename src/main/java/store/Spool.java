package store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import platform.OwnerOnly;

/** The folder for documents on their way from the portal to the bucket, one file each. */
public final class Spool {
  private static final int PROBE_BYTES = 64 * 1024;

  private final Path folder;
  private final SpoolFiles files = new SpoolFiles();
  private final AtomicLong number = new AtomicLong();
  private final SecureRandom random = new SecureRandom();

  private Spool(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens an empty spool: creates the folder if it is missing, and deletes what an earlier process
   * left in it.
   *
   * @throws IOException if that fails, or if the folder is a symbolic link
   */
  public static Spool open(Path folder) throws IOException {
    OwnerOnly.refuseLink(folder);
    OwnerOnly.folder(folder);
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    return new Spool(folder);
  }

  /**
   * Checks that a spool can be emptied, and changes nothing. Only files are put there.
   *
   * @throws IOException if it is a symbolic link, or if there is a folder in it
   */
  public static void requireFiles(Path folder) throws IOException {
    OwnerOnly.refuseLink(folder);
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          throw new IOException(
              "there is a folder in its spool, which is emptied at the start: move \"%s\" away"
                  .formatted(file));
        }
      }
    }
  }

  /** A new, unguessable name for one download. Nothing is created yet. */
  public Path newFile() {
    String unguessable = Long.toHexString(random.nextLong());
    return folder.resolve(number.incrementAndGet() + "-" + unguessable + ".pdf");
  }

  /** Its files. */
  public SpoolFiles files() {
    return files;
  }

  /**
   * Writes and deletes a small file next to the spool, on the same disk.
   *
   * @throws IOException if that fails, because the disk is full or the spool cannot be written
   */
  public void tryOut() throws IOException {
    if (!Files.isWritable(folder)) {
      throw new IOException(folder + " is not a writable folder");
    }
    Path probe = folder.resolveSibling("spool.probe");
    try (FileChannel file = OwnerOnly.open(probe)) {
      file.write(ByteBuffer.allocate(PROBE_BYTES));
    }
    Files.deleteIfExists(probe);
  }

  /** Deletes a spooled file, if it exists. */
  public void delete(Path file) {
    try {
      files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the spooled file " + file + " could not be deleted", e);
    }
  }
}
