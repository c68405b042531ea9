package portal;

import model.Failure;
import model.FailureClassifier.SelfExplaining;

/**
 * A request was not sent, since robots.txt forbids it or could not be read. Nothing is to be held
 * against the document or page that it was for.
 */
public final class RobotsException extends RuntimeException implements SelfExplaining {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which robots.txt, and what it or its server said
   */
  public RobotsException(String message) {
    super(message);
  }

  @Override
  public Failure failure() {
    return Failure.of(Failure.Kind.ROBOTS, getMessage());
  }
}
