package portal.opendata.plan;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Names on their way into a plan, in a file because there may be a million. */
final class NamesFile implements Closeable {
  private final Path file;
  private final BufferedWriter out;
  private long count;

  /**
   * @param folder null for that of the system
   */
  NamesFile(@Nullable Path folder) throws IOException {
    this.file =
        folder == null
            ? Files.createTempFile("plan", ".names")
            : Files.createTempFile(folder, "plan", ".names");
    this.out = Files.newBufferedWriter(file);
  }

  void add(String name) {
    try {
      if (name.indexOf('\n') < 0 && name.indexOf('\r') < 0) { // no name of a file
        out.write(name);
        out.write('\n');
        count++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long count() {
    return count;
  }

  /** The file, with a name a line. */
  Path done() throws IOException {
    out.flush();
    return file;
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(file);
  }
}
