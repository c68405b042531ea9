package platform;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Creates files and folders that only their owner can read, whatever the umask. No file is opened
 * through a symbolic link. Does nothing about permissions on file systems without them.
 */
public final class OwnerOnly {
  private static final FileAttribute<?>[] FOLDER = attributes("rwx------");
  private static final FileAttribute<?>[] FILE = attributes("rw-------");

  private OwnerOnly() {}

  private static FileAttribute<?>[] attributes(String rights) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }

  /** Creates the folder and its parents; an existing folder becomes private. */
  public static void folder(Path folder) throws IOException {
    Path above = folder.toAbsolutePath().getParent();
    if (above != null) {
      Files.createDirectories(above);
    }
    try {
      Files.createDirectory(folder, FOLDER);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
      close(folder.toRealPath());
    }
  }

  /** Creates an empty file; an existing file becomes private and keeps its content. */
  public static void file(Path file) throws IOException {
    open(file).close();
    close(file);
  }

  /**
   * Checks that a path is not a symbolic link.
   *
   * @throws IOException if it is
   */
  public static void refuseLink(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      throw new IOException(path + " is a symbolic link");
    }
  }

  /** Opens a file for writing, and creates it if it is missing. */
  public static FileChannel open(Path file) throws IOException {
    refuseLink(file); // for the message; a link created after this check is refused, too
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        FILE);
  }

  /**
   * Creates a file for writing.
   *
   * @throws FileAlreadyExistsException if something with this name exists
   */
  public static OutputStream create(Path file) throws IOException {
    return Channels.newOutputStream(
        Files.newByteChannel(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE));
  }

  /** Opens a file that is there for writing at its beginning; it keeps its content. */
  public static FileChannel reopen(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /** Removes the permissions of others; a symbolic link is refused. */
  public static void close(Path path) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> rights = EnumSet.noneOf(PosixFilePermission.class);
    rights.addAll(view.readAttributes().permissions());
    if (rights.retainAll(PosixFilePermissions.fromString("rwx------"))) {
      view.setPermissions(rights);
    }
  }
}
