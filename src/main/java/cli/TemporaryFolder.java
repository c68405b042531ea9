package cli;

import config.UsageException;
import java.io.IOException;

/** The JVM's folder for temporary files. */
public final class TemporaryFolder {
  private TemporaryFolder() {}

  /**
   * The exception for a folder that cannot be used.
   *
   * @param what the file that does not fit into it
   */
  public static UsageException cannotHold(String what, IOException e) {
    return new UsageException(
        "java.io.tmpdir: \"%s\" cannot hold %s (%s); expected a writable folder with enough space, set with -Djava.io.tmpdir=FOLDER"
            .formatted(System.getProperty("java.io.tmpdir"), what, e.getMessage()),
        e);
  }
}
