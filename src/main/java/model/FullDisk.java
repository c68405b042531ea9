package model;

import java.util.List;

/** Recognises a full disk behind an exception, by the words of the system and of SQLite. */
public final class FullDisk {
  private static final List<String> WORDS =
      List.of(
          "No space left on device",
          "Disk quota exceeded",
          "[SQLITE_FULL]",
          "[SQLITE_IOERR_WRITE]",
          "[SQLITE_IOERR_SHMSIZE]");

  private static final int MOST_CAUSES = 50;

  private FullDisk() {}

  /** Whether the exception or one of its causes says so. */
  public static boolean isBehind(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      String message = String.valueOf(cause.getMessage());
      if (WORDS.stream().anyMatch(message::contains)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
