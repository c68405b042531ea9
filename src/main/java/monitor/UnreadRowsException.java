package monitor;

/** The store did not say in time what the rows of some pages are. */
public final class UnreadRowsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadRowsException(Throwable cause) {
    super(cause);
  }
}
