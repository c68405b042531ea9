package portal.opendata.plan;

/** An index of the source is not JSON; the message names its key and the place. */
public final class BadIndexException extends Exception {
  private static final long serialVersionUID = 1L;

  BadIndexException(String message) {
    super(message);
  }
}
