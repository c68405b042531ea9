package portal.ecourts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;

/**
 * What lets a session with the eCourts portal go on after the program was away.
 *
 * @param portal address of the search page
 * @param token that the next request must carry
 * @param cookies as an answer would set them
 */
public record SavedSession(String portal, String token, List<String> cookies) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Empty when it is not what was written. */
  static Optional<SavedSession> read(String text) {
    try {
      return Optional.of(JSON.readValue(text, SavedSession.class));
    } catch (JsonProcessingException e) {
      return Optional.empty(); // then a new one is opened
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
