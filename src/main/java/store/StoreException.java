package store;

import model.Failure;
import model.FailureClassifier.SelfExplaining;
import model.FailureReason;

/**
 * The store did not do what it was asked. The message is the store's own, or, where a person has to
 * act, which key is wrong and what would be right.
 */
public final class StoreException extends RuntimeException implements SelfExplaining {
  private static final long serialVersionUID = 1L;

  /** What the failure says about the store. */
  public enum Kind {
    /** It answered and will not: waiting does not help. */
    REFUSED,
    /** It does not answer, or asks for patience: waiting helps. */
    AWAY,
    /** The call was cut off because its script stops: no failure at all. */
    ABORTED
  }

  private final Kind kind;
  private final int status;
  private final String code;

  /** A failure without an answer. */
  public StoreException(Kind kind, String message) {
    this(kind, 0, "", message, null);
  }

  /**
   * @param status HTTP status of the answer; 0 when there was none
   * @param code the store's own code, as {@code AccessDenied}; empty when it gave none
   */
  public StoreException(Kind kind, int status, String code, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = status;
    this.code = code;
  }

  /** The same failure in words for the person who has to act. */
  StoreException inWords(Kind told, String message) {
    return new StoreException(told, status, code, message, this);
  }

  @Override
  public Failure failure() {
    return kind == Kind.ABORTED
        ? Failure.of(Failure.Kind.STOPPED, getMessage())
        : Failure.of(
            kind == Kind.REFUSED ? Failure.Kind.STORE_REFUSED : Failure.Kind.STORE_AWAY,
            FailureReason.STORE,
            getMessage());
  }

  public Kind kind() {
    return kind;
  }

  /** HTTP status of the store's answer; 0 when there was none. */
  public int status() {
    return status;
  }

  /** The store's own code, as {@code AccessDenied}; empty when it gave none. */
  public String code() {
    return code;
  }
}
