package api.dto;

/** The current state of a script; the fields are described in openapi.json. */
public record ScriptData(
    Integer scriptId,
    String status,
    Boolean isRunning,
    Integer startPage,
    Integer endPage,
    Long totalPages,
    Integer currentPage,
    Long completedPages,
    Double progressPercentage,
    Long totalFilesDownloaded,
    Long totalBytes,
    Long failedDownloads,
    Double averageSecondsPerFile,
    Double filesPerSecond,
    Long etaSeconds,
    String startTime,
    String lastUpdated,
    String lastError,
    String waitingReason) {}
