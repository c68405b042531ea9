package api.dto;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an instance is and how it is configured.
 *
 * @param attribution whom the licence of the documents wants to be named; null if nobody has to be
 * @param config configuration keys with the values in force; no secrets
 */
public record InstanceInfo(
    Integer instanceId,
    List<Integer> assignedScripts,
    Integer totalScripts,
    @Nullable Integer startPage,
    @Nullable Integer endPage,
    String version,
    @Nullable String attribution,
    Map<String, Object> config)
    implements Success {}
