package portal;

import model.Failure;
import model.FailureClassifier.SelfExplaining;

/**
 * The session with the portal cannot continue now. This says nothing about the requested page or
 * document, so it does not count as an attempt of either.
 */
public class SessionException extends RuntimeException implements SelfExplaining {
  private static final long serialVersionUID = 1L;

  public SessionException(String message) {
    super(message);
  }

  @Override
  public Failure failure() {
    return Failure.of(Failure.Kind.SESSION, String.valueOf(getMessage()));
  }
}
