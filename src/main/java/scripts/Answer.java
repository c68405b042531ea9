package scripts;

/** What came of a wish to start or to stop a script. */
public enum Answer {
  /** It is being done. */
  DONE,
  /** It runs already. */
  RUNNING,
  /** It does not run. */
  NOT_RUNNING,
  /** Every page of it is done. */
  COMPLETED,
  /** It is stopping already. */
  STOPPING
}
