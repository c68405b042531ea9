package portal;

import model.Failure;
import model.FailureClassifier.SelfExplaining;

/**
 * The portal asks for a person: it shows an image, and the session continues with what that person
 * reads. This is not a failure of the page or document, and is never answered by a machine.
 */
public class CaptchaException extends RuntimeException implements SelfExplaining {
  private static final long serialVersionUID = 1L;

  private final String image;

  /**
   * @param message what the portal said, for the log
   * @param image the image, as a data URI
   */
  public CaptchaException(String message, String image) {
    super(message);
    this.image = image;
  }

  /** The image, as a data URI. */
  public String image() {
    return image;
  }

  @Override
  public Failure failure() {
    return Failure.of(Failure.Kind.CAPTCHA, String.valueOf(getMessage()));
  }
}
