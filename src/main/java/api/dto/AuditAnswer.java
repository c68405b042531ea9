package api.dto;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The audits of an instance.
 *
 * @param isRunning whether one is running
 * @param progress how far it is; null if none is running
 * @param last the report of the last one, with {@code started} and {@code finished}; null if there
 *     was none
 */
public record AuditAnswer(
    @JsonProperty("running") boolean isRunning,
    @Nullable Progress progress,
    @Nullable ObjectNode last,
    String timestamp)
    implements Success {
  /**
   * @param step manifests, objects, comparing or hashes
   * @param of how many there are in all; null if that is not known
   */
  public record Progress(String step, Long done, @Nullable Long of) {}
}
