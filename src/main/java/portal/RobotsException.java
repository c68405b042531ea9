package portal;

import model.Failure;
import model.FailureClassifier.SelfExplaining;

/**
 * A request was not sent, because robots.txt could not be read, or disallows it and it is not for a
 * document. This does not count as a failure of the document or page.
 */
public final class RobotsException extends RuntimeException implements SelfExplaining {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which robots.txt, and what it or its server said
   */
  public RobotsException(String message) {
    super(message);
  }

  /** The same, with what the server answered. */
  public RobotsException(String message, PortalException answer) {
    super(message, answer);
  }

  @Override
  public Failure failure() {
    return Failure.of(Failure.Kind.ROBOTS, String.valueOf(getMessage()));
  }
}
