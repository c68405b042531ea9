package pipeline;

import model.Failure;
import model.FailureClassifier;
import org.apache.camel.util.ObjectHelper;
import portal.CaptchaException;

/** What came of one document in one round. */
public sealed interface Outcome {
  /** The document. */
  DocumentTask task();

  /** The bucket and the ledger have it. */
  record Stored(DocumentTask task) implements Outcome {}

  /**
   * The portal did not give it, or the store did not take it.
   *
   * @param cause with which the try ended
   * @param failure what that means
   */
  record Failed(DocumentTask task, Exception cause, Failure failure) implements Outcome {}

  /** The portal asks for a person before it gives the document. */
  record Captcha(DocumentTask task, CaptchaException asked) implements Outcome {}

  /**
   * Nothing happened to it: another page has it in work, the round was cut short, or the script
   * stops.
   */
  record Skipped(DocumentTask task) implements Outcome {}

  /**
   * Something failed that is no document's matter, as the disk, the ledger or the session.
   *
   * @param cause with which the try ended
   * @param failure what that means
   */
  record Broken(DocumentTask task, Exception cause, Failure failure) implements Outcome {}

  /** What it means for a document that its try ended with this exception. */
  static Outcome of(DocumentTask task, Exception cause) {
    Failure failure = FailureClassifier.classify(cause);
    return switch (failure.kind()) {
      case STOPPED -> new Skipped(task);
      case CAPTCHA -> new Captcha(task, ObjectHelper.getException(CaptchaException.class, cause));
      case PORTAL, STORE_REFUSED, STORE_AWAY -> new Failed(task, cause, failure);
      case SESSION, ROBOTS, BROKEN -> new Broken(task, cause, failure);
    };
  }

  /** What it means for a document that a step failed which has nothing to do with it. */
  static Outcome broken(DocumentTask task, Exception cause) {
    return new Broken(task, cause, FailureClassifier.classify(cause));
  }

  /** Whether the round is to begin no further document, before somebody has looked into this. */
  default boolean cutsRoundShort() {
    return this instanceof Captcha
        || this instanceof Broken
        || this instanceof Failed failed && failed.failure().isStore();
  }
}
