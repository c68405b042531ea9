package api.dto;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an instance is and how it is configured.
 *
 * @param attribution the attribution that the documents' licence demands; null if none is needed
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
