package cli;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import platform.DiskFault;

/**
 * A fault of the machine that may be temporary: a full disk, no file handles. Only the message is
 * shown, and the exit code is 1, so that a supervisor restarts the program.
 */
public final class MachineFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int MOST_CAUSES = 50;
  private static final int FEW_HANDLES = 16;

  /** SQLite and other libraries unpack native code there. */
  private static final int LARGEST_LIBRARY = 4 << 20;

  private static final String FULL =
      "the disk of the data folder \"%s\" is full; free some space and start again";
  private static final String HANDLES =
      "too many open files; raise the limit (ulimit -n, LimitNOFILE= of systemd) and start again";
  private static final String LOCKED =
      "the ledger in \"%s\" is locked by another program; end that program and start again";

  /** Messages by a part of the exception message of the disk, SQLite or the JVM. */
  private static final Map<String, String> LINES = new LinkedHashMap<>();

  static {
    LINES.put("Too many open files", HANDLES);
    LINES.put("[SQLITE_BUSY", LOCKED);
    LINES.put("[SQLITE_LOCKED", LOCKED);
    LINES.put("[SQLITE_PROTOCOL]", LOCKED);
    LINES.put("No native library found", temporaryFolder("programs in it may not be run"));
  }

  private MachineFault(String message, Throwable cause) {
    super(message.replaceAll("\\p{Cntrl}+", " ").strip(), cause);
  }

  /**
   * Checks that there is a usable temporary folder, because several libraries need one.
   *
   * @throws MachineFault if there is none
   */
  public static void requireTemporaryFolder() {
    try {
      Path probe = Files.createTempFile("judgment-harvester", null);
      try {
        Files.write(probe, new byte[LARGEST_LIBRARY]);
      } finally {
        Files.delete(probe);
      }
    } catch (IOException | IllegalArgumentException e) { // the latter for an invalid path
      throw new MachineFault(temporaryFolder(e.toString()), e);
    }
  }

  private static String temporaryFolder(String why) {
    return "java.io.tmpdir: \"%s\" cannot be used (%s); expected a folder in which files can be written and executed, set with -Djava.io.tmpdir=FOLDER"
        .formatted(System.getProperty("java.io.tmpdir"), why);
  }

  /**
   * Finds the fault of the machine that caused a failure, if any.
   *
   * @param folder the data folder
   */
  public static Optional<MachineFault> behind(Throwable failure, Path folder) {
    if (DiskFault.isFull(failure)) {
      return Optional.of(new MachineFault(FULL.formatted(folder), failure));
    }
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains("[SQLITE_CANTOPEN") && fewHandlesAreLeft()) {
        return Optional.of(new MachineFault(HANDLES, failure));
      }
      for (Map.Entry<String, String> line : LINES.entrySet()) {
        if (message.contains(line.getKey())) {
          String words = line.getValue().replace("%s", folder.toString());
          return Optional.of(new MachineFault(words, failure));
        }
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  /** SQLite does not say that there was none. */
  private static boolean fewHandlesAreLeft() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        && unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount() < FEW_HANDLES;
  }
}
