package api.client;

import api.dto.Json;
import api.dto.Success;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Optional;
import model.ServerText;

/**
 * A response of an instance, or of whatever responded in its place.
 *
 * @param status HTTP status
 * @param body a missing node if it is not JSON
 */
public record Reply(int status, JsonNode body) {
  private static final int UNAUTHORIZED = 401;

  static Reply of(int status, byte[] body) {
    try {
      return new Reply(status, Json.ANSWERS.readTree(body));
    } catch (IOException notJson) {
      return new Reply(status, MissingNode.getInstance());
    }
  }

  /** Whether it is an instance's response to a successful call. */
  public boolean isSuccess() {
    return status / 100 == 2 && body.path("status").asText().equals(Success.SUCCESS);
  }

  /** Whether the key was refused. */
  public boolean isKeyRefused() {
    return status == UNAUTHORIZED;
  }

  /** Its message; empty if it has none. */
  public String message() {
    return ServerText.harmless(body.path("message").asText());
  }

  /** The response as this record; empty if it does not match. */
  public <T> Optional<T> as(Class<T> type) {
    try {
      return Optional.ofNullable(Json.ANSWERS.treeToValue(body, type));
    } catch (JsonProcessingException | IllegalArgumentException otherShape) {
      return Optional.empty();
    }
  }
}
