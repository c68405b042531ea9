package api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code GET /api/openapi.json}: the description of the API, as OpenAPI 3.1. */
public final class OpenApi {
  private final JsonNode description;

  /**
   * @param version of this build
   */
  public OpenApi(String version) {
    try (InputStream text = OpenApi.class.getResourceAsStream("/openapi.json")) {
      this.description = new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ((ObjectNode) description.get("info")).put("version", version);
  }

  public JsonNode description() {
    return description;
  }
}
