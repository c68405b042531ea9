package store;

/** The bucket is not to be had: the message says which, why, and what would be right. */
public class BucketException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean away;

  BucketException(String message, boolean away, Throwable cause) {
    super(message, cause);
    this.away = away;
  }

  /** Whether the store merely does not answer, so that waiting helps. */
  public boolean isAway() {
    return away;
  }
}
