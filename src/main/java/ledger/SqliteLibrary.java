package ledger;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's native library. Its driver unpacks it into the folder for temporary files, and deletes
 * it only when the JVM exits normally: every process ended by a signal would leave it there.
 */
public final class SqliteLibrary {
  private SqliteLibrary() {}

  /**
   * Loads it, and deletes its file at once: the system keeps a loaded library.
   *
   * @throws IOException if it cannot be unpacked or loaded
   */
  public static void load() throws IOException {
    Path unpacked = Files.createTempDirectory("judgment-harvester");
    System.setProperty("org.sqlite.tmpdir", unpacked.toString());
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) { // as the driver declares it
      throw new IOException(e.getMessage(), e);
    } finally {
      System.clearProperty("org.sqlite.tmpdir");
      delete(unpacked);
    }
  }

  private static void delete(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      // Windows keeps the file while it is loaded, and the driver deletes it at an orderly end
    }
  }
}
