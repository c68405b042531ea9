package store;

import model.Failure;
import model.FailureClassifier.SelfExplaining;
import model.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * A call of the store failed. The message is the store's, or, if a person has to act, which key is
 * wrong and what is expected.
 */
public final class StoreException extends RuntimeException implements SelfExplaining {
  private static final long serialVersionUID = 1L;

  private static final int NOT_FOUND = 404;

  /** What the failure means for the store. */
  public enum Kind {
    /** The store answered, and did not do what was asked: perhaps because of this object. */
    REFUSED,
    /** The store sent an object, and broke off each time: perhaps because of this object. */
    INCOMPLETE,
    /**
     * The store does not respond, asks to wait, or complains of the clock or of expired
     * credentials: that has nothing to do with an object.
     */
    AWAY,
    /** The call was cancelled because its script stops, which is not a failure. */
    ABORTED
  }

  private final Kind kind;
  private final int status;
  private final String code;

  /** A failure without a response. */
  public StoreException(Kind kind, String message) {
    this(kind, 0, "", message, null);
  }

  /**
   * @param status HTTP status of the response; 0 if there was none
   * @param code the store's error code, such as {@code AccessDenied}; empty if there is none
   */
  public StoreException(
      Kind kind, int status, String code, @Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = status;
    this.code = code;
  }

  /** A copy with a message for the person who has to act. */
  StoreException inWords(Kind told, String message) {
    return new StoreException(told, status, code, message, this);
  }

  @Override
  public Failure failure() {
    String words = String.valueOf(getMessage());
    return switch (kind) {
      case ABORTED -> Failure.of(Failure.Kind.STOPPED, words);
      case REFUSED -> Failure.of(Failure.Kind.STORE_REFUSED, FailureReason.STORE, words);
      case AWAY, INCOMPLETE ->
          status == 0
              ? Failure.of(Failure.Kind.STORE_AWAY, FailureReason.STORE, words)
              : Failure.of(Failure.Kind.STORE_AWAY, words); // it answered: not this object
    };
  }

  public Kind kind() {
    return kind;
  }

  /** HTTP status of the store's response; 0 if there was none. */
  public int status() {
    return status;
  }

  /** The store's error code, such as {@code AccessDenied}; empty if there is none. */
  public String code() {
    return code;
  }

  /** Whether the store has no such object. Some answer 404 without a code. */
  boolean lacksObject() {
    return status == NOT_FOUND && !code.equals("NoSuchBucket");
  }
}
