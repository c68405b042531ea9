package api.dto;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The current state of an instance; the fields are described in openapi.json.
 *
 * @param successRate percent; null until something has been tried
 * @param etaSeconds null if nothing is left, or if it makes no progress
 * @param quota null without a limit
 * @param portalTotal documents that the portal lists; null if it has named no total
 * @param runId another one for each process
 * @param harvest what all instances of a harvest must agree on, by configuration key
 * @param errors kinds with their counts
 * @param lastAudit null if there was none
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
    Long retryingDownloads,
    Long rejectedDownloads,
    Map<String, Long> rejectedReasons,
    Long replaced,
    Long totalPages,
    Long completedPages,
    Double progressPercentage,
    @Nullable Double successRate,
    Double filesPerSecond,
    @Nullable Long etaSeconds,
    SystemData system,
    GovernorData governor,
    @Nullable QuotaData quota,
    @Nullable Long portalTotal,
    List<String> warnings,
    String runId,
    Map<String, Object> harvest,
    Map<String, Long> errors,
    @Nullable AuditData lastAudit,
    List<ScriptData> scripts) {}
