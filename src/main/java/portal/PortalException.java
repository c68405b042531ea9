package portal;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import model.Failure;
import model.FailureClassifier.SelfExplaining;
import model.FailureReason;
import org.jspecify.annotations.Nullable;

/** A request to the portal failed, or its response is not what was requested. */
public class PortalException extends RuntimeException implements SelfExplaining {
  private static final long serialVersionUID = 1L;

  private final transient FailureReason reason;
  private final @Nullable Duration retryAfter;
  private final Finality finality;
  private @Nullable URI asked;
  private int status;

  /** Whether another attempt may help. */
  private enum Finality {
    AS_THE_REASON_SAYS,
    NEVER_FINAL,
    SETTLED
  }

  /**
   * @param reason the reason to record
   * @param message what was requested and what came, for the log
   */
  public PortalException(FailureReason reason, String message) {
    this(reason, message, null, null);
  }

  public PortalException(FailureReason reason, String message, @Nullable Throwable cause) {
    this(reason, message, null, cause);
  }

  /**
   * @param retryAfter the wait that the portal asked for; null for none
   */
  public PortalException(
      FailureReason reason,
      String message,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    this(Finality.AS_THE_REASON_SAYS, reason, message, retryAfter, cause);
  }

  private PortalException(
      Finality finality,
      FailureReason reason,
      String message,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.finality = finality;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** A failure that another attempt may fix, although its reason is usually final. */
  public static PortalException passing(FailureReason reason, String message) {
    return new PortalException(Finality.NEVER_FINAL, reason, message, null, null);
  }

  /** A failure that no attempt will change, and needs no second look. */
  public static PortalException settled(
      FailureReason reason, String message, @Nullable Throwable cause) {
    return new PortalException(Finality.SETTLED, reason, message, null, cause);
  }

  /** Whether no attempt will change it. */
  public boolean isSettled() {
    return finality == Finality.SETTLED;
  }

  @Override
  public Failure failure() {
    return new Failure(
        Failure.Kind.PORTAL,
        Optional.of(reason),
        String.valueOf(getMessage()),
        isSettled() || reason.isFinal() && finality != Finality.NEVER_FINAL,
        isSettled());
  }

  public FailureReason reason() {
    return reason;
  }

  /**
   * Whether the portal wants no request for a while, so that this is no attempt: the same request
   * is to be sent again after the pause.
   */
  public boolean isPause() {
    return reason.equals(FailureReason.TOO_MANY_REQUESTS);
  }

  /** Names the address that was requested, which may be the target of a redirect. */
  public void asked(URI address) {
    asked = address;
  }

  /** The address that was requested; empty if it failed without a request of its own. */
  public Optional<URI> asked() {
    return Optional.ofNullable(asked);
  }

  /** Names the HTTP status of the response, if one began to arrive. */
  public PortalException answered(int httpStatus) {
    status = httpStatus;
    return this;
  }

  /** The HTTP status of the response; empty if none began to arrive. */
  public OptionalInt httpStatus() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** The wait that the portal asked for before the next request. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
