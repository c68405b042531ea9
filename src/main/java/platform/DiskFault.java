package platform;

import java.util.List;

/**
 * Recognises exceptions caused by a temporary fault of the machine that keeps files from being
 * used, by the messages of the operating system and of SQLite.
 */
public final class DiskFault {
  private static final List<String> FULL =
      List.of(
          "No space left on device",
          "Disk quota exceeded",
          "[SQLITE_FULL]",
          "[SQLITE_IOERR_WRITE]",
          "[SQLITE_IOERR_SHMSIZE]");

  private static final List<String> OTHERS =
      List.of(
          "Too many open files",
          "[SQLITE_CANTOPEN", // for lack of file handles, which SQLite does not mention
          "Read-only file system",
          "[SQLITE_READONLY]",
          "[SQLITE_BUSY", // another program has locked the ledger
          "[SQLITE_LOCKED",
          "[SQLITE_PROTOCOL]");

  private static final int MOST_CAUSES = 50;

  private DiskFault() {}

  /** Whether the exception or one of its causes says that the disk is full. */
  public static boolean isFull(Throwable thrown) {
    return says(thrown, FULL);
  }

  /** Whether the exception or one of its causes indicates that waiting may help. */
  public static boolean mayPass(Throwable thrown) {
    return isFull(thrown) || says(thrown, OTHERS);
  }

  private static boolean says(Throwable thrown, List<String> words) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      String message = String.valueOf(cause.getMessage());
      if (words.stream().anyMatch(message::contains)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
