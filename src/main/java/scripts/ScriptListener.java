package scripts;

/** Receives changes of scripts, for example for metrics and error counts. */
@FunctionalInterface
public interface ScriptListener {
  /**
   * A script's state has changed. Called in the order of the changes, while the script's lock is
   * held: must not block, and must not call the orchestrator.
   */
  void changed(ScriptChange change);

  /** The script is to walk its pages again. Must not block. */
  default void swept(int script) {}
}
