package monitor;

/** The rows of some pages could not be read from the store in time. */
public final class UnreadRowsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadRowsException(Throwable cause) {
    super(cause);
  }
}
