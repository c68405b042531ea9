package model;

import java.util.concurrent.CancellationException;
import model.Failure.Kind;

/** Says what anything that was thrown means. Exceptions that know it themselves are asked. */
public final class FailureClassifier {
  private FailureClassifier() {}

  /** An exception that knows what it means. */
  public interface SelfExplaining {
    /** What it means. */
    Failure failure();
  }

  /** What this means; Camel and executors wrap what they are thrown, so its causes count, too. */
  public static Failure classify(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SelfExplaining known) {
        return known.failure();
      }
      if (cause instanceof CancellationException) {
        return Failure.of(Kind.STOPPED, String.valueOf(cause.getMessage()));
      }
    }
    return Failure.of(Kind.BROKEN, String.valueOf(thrown.getMessage()));
  }
}
