package portal.ecourts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;

/**
 * The state of a session with the eCourts portal, to continue it after a restart.
 *
 * @param portal address of the search page
 * @param token the token of the next request
 * @param cookies as {@code Set-Cookie} values
 */
public record SavedSession(String portal, String token, List<String> cookies) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Empty if it is not readable. */
  static Optional<SavedSession> read(String text) {
    try {
      return Optional.of(JSON.readValue(text, SavedSession.class));
    } catch (JsonProcessingException e) {
      return Optional.empty(); // a new session is opened then
    }
  }

  public String write() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
