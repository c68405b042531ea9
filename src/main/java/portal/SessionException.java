package portal;

import model.Failure;
import model.FailureClassifier.SelfExplaining;

/**
 * The conversation with the portal cannot go on now. It says nothing of the page or the document
 * that was asked for, so it counts as no try of either.
 */
public class SessionException extends RuntimeException implements SelfExplaining {
  private static final long serialVersionUID = 1L;

  public SessionException(String message) {
    super(message);
  }

  @Override
  public Failure failure() {
    return Failure.of(Failure.Kind.SESSION, getMessage());
  }
}
