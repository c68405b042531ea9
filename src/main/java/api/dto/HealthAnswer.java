package api.dto;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether an instance can work.
 *
 * @param status {@code healthy} or {@code unhealthy}
 * @param orchestratorReady whether scripts can be started
 */
public record HealthAnswer(
    String status,
    Integer instanceId,
    Boolean orchestratorReady,
    Map<String, Check> checks,
    String timestamp) {

  /**
   * The result of a check.
   *
   * @param status {@code up} or {@code down}
   * @param message what is wrong; null if nothing is
   */
  public record Check(String status, @Nullable String message) {}
}
