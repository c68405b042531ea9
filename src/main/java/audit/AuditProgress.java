package audit;

import java.util.Locale;

/** Receives the progress of an audit. */
@FunctionalInterface
public interface AuditProgress {
  /** Ignores it. */
  AuditProgress NONE = (step, done, of) -> {};

  /** The steps of an audit. */
  enum Step {
    MANIFESTS,
    OBJECTS,
    COMPARING,
    HASHES;

    /** The step's name in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Called often.
   *
   * @param of how many there are in all; 0 if unknown
   */
  void at(Step step, long done, long of);
}
