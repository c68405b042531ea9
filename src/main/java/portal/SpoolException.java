package portal;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A document could not be written to the spool, usually because of a full disk. */
public class SpoolException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  public SpoolException(IOException cause) {
    super("the spool could not be written: " + cause.getMessage(), cause);
  }
}
