package api.dto;

import java.util.List;
import java.util.Map;

/**
 * What an instance is and how it is configured.
 *
 * @param config configuration keys with the values in force; no secrets
 */
public record InstanceInfo(
    Integer instanceId,
    List<Integer> assignedScripts,
    Integer totalScripts,
    Integer startPage,
    Integer endPage,
    String version,
    Map<String, Object> config)
    implements Success {}
