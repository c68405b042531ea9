package portal;

/** A source that is surveyed does not answer now; the message says which, and why. */
public final class SourceAwayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SourceAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
