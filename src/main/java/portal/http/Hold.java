package portal.http;

import java.time.Instant;

/**
 * Requests to the portal are held back.
 *
 * @param reason who asked for it, and how
 * @param until when the next request may be sent
 */
public record Hold(String reason, Instant until) {
  /** For the log and for {@code last_error}. */
  public String words() {
    return "%s; requests wait until %s".formatted(reason, until);
  }
}
