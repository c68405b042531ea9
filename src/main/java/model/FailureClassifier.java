package model;

import java.util.concurrent.CancellationException;
import model.Failure.Kind;
import platform.DiskFault;

/** Determines the meaning of an exception. Exceptions that know it themselves are asked. */
public final class FailureClassifier {
  private FailureClassifier() {}

  /** An exception that knows what it means. */
  public interface SelfExplaining {
    /** The meaning of this exception. */
    Failure failure();
  }

  /** The meaning of this exception or its causes, because Camel and executors wrap exceptions. */
  public static Failure classify(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SelfExplaining known) {
        return known.failure();
      }
      if (cause instanceof CancellationException) {
        return Failure.of(Kind.STOPPED, String.valueOf(cause.getMessage()));
      }
    }
    return Failure.of(DiskFault.mayPass(thrown) ? Kind.DISK : Kind.BROKEN, words(thrown));
  }

  /** The message of the first cause that is not a wrapper of Camel's. */
  private static String words(Throwable thrown) {
    Throwable own = thrown;
    while (own.getCause() != null && own.getClass().getName().startsWith("org.apache.camel.")) {
      own = own.getCause();
    }
    return own.getMessage() == null ? own.getClass().getSimpleName() : own.getMessage();
  }
}
