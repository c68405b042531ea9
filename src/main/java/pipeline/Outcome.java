package pipeline;

import java.util.Optional;
import java.util.OptionalInt;
import model.Failure;
import model.FailureClassifier;
import model.web.WebAddress;
import org.apache.camel.util.ObjectHelper;
import portal.CaptchaException;
import portal.PortalException;

/** The outcome of one document in one round. */
public sealed interface Outcome {
  /** The document. */
  DocumentTask task();

  /** It is in the bucket and in the ledger. */
  record Stored(DocumentTask task) implements Outcome {}

  /**
   * The portal did not deliver it, or the store did not accept it.
   *
   * @param cause the exception
   * @param failure its meaning
   */
  record Failed(DocumentTask task, Exception cause, Failure failure) implements Outcome {
    /** The host that was asked last: a redirect may have led to another one than listed. */
    WebAddress host() {
      return portal()
          .flatMap(PortalException::asked)
          .flatMap(address -> WebAddress.read(address.toString()))
          .map(WebAddress::root)
          .orElseGet(task::host);
    }

    /** The HTTP status that the portal answered; empty if it did not. */
    OptionalInt httpStatus() {
      return portal().map(PortalException::httpStatus).orElseGet(OptionalInt::empty);
    }

    private Optional<PortalException> portal() {
      return Optional.ofNullable(ObjectHelper.getException(PortalException.class, cause));
    }
  }

  /** The portal asks for a captcha before it delivers the document. */
  record Captcha(DocumentTask task, CaptchaException asked) implements Outcome {}

  /**
   * Nothing happened to it: another page is working on it, the round was cut short, or the script
   * stops.
   */
  record Skipped(DocumentTask task) implements Outcome {}

  /**
   * Something failed that does not depend on the document, such as the disk, the ledger or the
   * session.
   *
   * @param cause the exception
   * @param failure its meaning
   */
  record Broken(DocumentTask task, Exception cause, Failure failure) implements Outcome {}

  /** The outcome of an attempt that ended with this exception. */
  static Outcome of(DocumentTask task, Exception cause) {
    Failure failure = FailureClassifier.classify(cause);
    return switch (failure.kind()) {
      case STOPPED -> new Skipped(task);
      case CAPTCHA -> new Captcha(task, ObjectHelper.getException(CaptchaException.class, cause));
      case PORTAL, STORE_REFUSED, STORE_AWAY -> new Failed(task, cause, failure);
      case SESSION, ROBOTS, DISK, QUOTA, BROKEN -> new Broken(task, cause, failure);
    };
  }

  /** The outcome when a step failed that has nothing to do with the document. */
  static Outcome broken(DocumentTask task, Exception cause) {
    return new Broken(task, cause, FailureClassifier.classify(cause));
  }

  /** Whether the round must not start further documents until this has been dealt with. */
  default boolean cutsRoundShort() {
    return this instanceof Captcha
        || this instanceof Broken
        || this instanceof Failed failed && failed.failure().isStore();
  }
}
