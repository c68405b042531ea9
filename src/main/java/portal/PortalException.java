package portal;

import java.time.Duration;
import java.util.Optional;
import model.Failure;
import model.FailureClassifier.SelfExplaining;
import model.FailureReason;

/** A request to the portal, or what it answered, that did not bring what was asked for. */
public class PortalException extends RuntimeException implements SelfExplaining {
  private static final long serialVersionUID = 1L;

  private final transient FailureReason reason;
  private final Duration retryAfter;
  private final boolean passing;

  /**
   * @param reason the word for the record
   * @param message what was asked, what came, for the log
   */
  public PortalException(FailureReason reason, String message) {
    this(reason, message, null, null);
  }

  public PortalException(FailureReason reason, String message, Throwable cause) {
    this(reason, message, null, cause);
  }

  /**
   * @param retryAfter the wait that the portal asked for, null when it named none
   */
  public PortalException(
      FailureReason reason, String message, Duration retryAfter, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.retryAfter = retryAfter;
    this.passing = false;
  }

  private PortalException(FailureReason reason, String message, boolean passing) {
    super(message);
    this.reason = reason;
    this.retryAfter = null;
    this.passing = passing;
  }

  /** A failure that another try may mend, though its reason is final as a rule. */
  public static PortalException passing(FailureReason reason, String message) {
    return new PortalException(reason, message, true);
  }

  @Override
  public Failure failure() {
    return new Failure(
        Failure.Kind.PORTAL,
        Optional.of(reason),
        getMessage(),
        reason.isFinal() && !passing,
        retryAfter());
  }

  public FailureReason reason() {
    return reason;
  }

  /** The wait that the portal asked for before the next request. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
