package scripts;

import java.util.Locale;

/** What a script is doing. */
public enum ScriptStatus {
  NOT_STARTED,
  /** Its start was requested, and is in progress or waiting for its turn. */
  STARTING,
  RUNNING,
  /** Runs, but the portal, the store or a captcha holds it up; it continues by itself. */
  WAITING,
  /** Ends between two documents. */
  STOPPING,
  STOPPED,
  /** Every page is complete. */
  COMPLETED,
  /** Ended by a problem that a person must fix. */
  ERROR;

  /** Whether the script is working, or will be without intervention. */
  public boolean isRunning() {
    return this == STARTING || this == RUNNING || this == WAITING || this == STOPPING;
  }

  /** As the API spells it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
