package api.dto;

import java.util.List;
import java.util.Map;

/**
 * An instance as it is now; the fields are those of the API's description.
 *
 * @param successRate percent; null while nothing was tried
 * @param etaSeconds null when nothing is left, or it stands still
 * @param errors kinds with their counts
 */
public record StatusData(
    Integer instanceId,
    Long totalScripts,
    Long runningScripts,
    Long completedScripts,
    Long errorScripts,
    Long waitingScripts,
    Long totalFilesDownloaded,
    Long totalBytes,
    Long failedDownloads,
    Long totalPages,
    Long completedPages,
    Double progressPercentage,
    Double successRate,
    Double filesPerSecond,
    Long etaSeconds,
    SystemData system,
    Map<String, Long> errors,
    List<ScriptData> scripts) {}
