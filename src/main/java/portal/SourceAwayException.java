package portal;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A source that is surveyed does not answer now; the message says which, and why. */
public final class SourceAwayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SourceAwayException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What a server answered in place of it; empty if that is not the cause. */
  public Optional<PortalException> answer() {
    return Stream.<Throwable>iterate(this, Objects::nonNull, Throwable::getCause)
        .filter(PortalException.class::isInstance)
        .map(PortalException.class::cast)
        .findFirst();
  }
}
