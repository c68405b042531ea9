package scripts;

/** Result of a request to start or to stop a script. */
public enum RequestResult {
  /** The script is being started, or stopped. */
  ACCEPTED,
  /** The script already runs. */
  RUNNING,
  /** The script does not run. */
  NOT_RUNNING,
  /** No page of the script is left. */
  COMPLETED,
  /** The script is already stopping. */
  STOPPING
}
