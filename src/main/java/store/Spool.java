package store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import model.OwnerOnly;

/** The folder where a document lies between the portal and the bucket, one file each. */
public final class Spool {
  private static final int PROBE_BYTES = 64 * 1024;

  private final Path folder;
  private final AtomicLong number = new AtomicLong();
  private final SecureRandom random = new SecureRandom();

  private Spool(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens the spool empty: makes the folder when it is missing, and deletes what an earlier process
   * left there.
   *
   * @throws IOException when that fails, or a symbolic link stands in the folder's place
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

  /** A name of its own for one download, which nobody can guess. Nothing is created yet. */
  public Path newFile() {
    String unguessable = Long.toHexString(random.nextLong());
    return folder.resolve(number.incrementAndGet() + "-" + unguessable + ".pdf");
  }

  /**
   * Writes and deletes a small file beside the spool, on its disk.
   *
   * @throws IOException when that fails: the disk is full, or the spool cannot be written
   */
  public void tryOut() throws IOException {
    if (!Files.isWritable(folder)) {
      throw new IOException(folder + " is no folder that can be written");
    }
    Path probe = folder.resolveSibling("spool.probe");
    try (FileChannel file = OwnerOnly.open(probe)) {
      file.write(ByteBuffer.allocate(PROBE_BYTES));
    }
    Files.deleteIfExists(probe);
  }

  /** Deletes a spooled file; one that is not there is fine. */
  public void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the spooled file " + file + " could not be deleted", e);
    }
  }
}
