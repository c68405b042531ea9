package scripts;

import java.util.Locale;

/** What a script is doing. */
public enum ScriptStatus {
  NOT_STARTED,
  /** Its start was asked for and is under way or waits for its turn. */
  STARTING,
  RUNNING,
  /** Runs, but the portal, the store or a person holds it up; it goes on by itself. */
  WAITING,
  /** Ends between two documents. */
  STOPPING,
  STOPPED,
  /** Every page is done. */
  COMPLETED,
  /** Something that a person must mend ended it. */
  ERROR;

  /** Whether the script is at work, or will be without anybody's doing. */
  public boolean isRunning() {
    return this == STARTING || this == RUNNING || this == WAITING || this == STOPPING;
  }

  /** As the API spells it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
