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
 * An answer of an instance, or of whoever answered in its place.
 *
 * @param status HTTP status
 * @param body a missing node when it is no JSON
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

  /** Whether it is an instance's answer to a call that was answered as asked. */
  public boolean isSuccess() {
    return status / 100 == 2 && body.path("status").asText().equals(Success.SUCCESS);
  }

  /** Whether the key was refused. */
  public boolean isKeyRefused() {
    return status == UNAUTHORIZED;
  }

  /** What it says to a person; empty when it says nothing. */
  public String message() {
    return ServerText.harmless(body.path("message").asText());
  }

  /** The answer as this record; empty when it is not one. */
  public <T> Optional<T> as(Class<T> type) {
    try {
      return Optional.ofNullable(Json.ANSWERS.treeToValue(body, type));
    } catch (JsonProcessingException | IllegalArgumentException otherShape) {
      return Optional.empty();
    }
  }
}
