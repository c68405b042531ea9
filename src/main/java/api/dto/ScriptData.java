package api.dto;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The current state of a script; the fields are described in openapi.json. */
public record ScriptData(
    Integer scriptId,
    String status,
    Boolean isRunning,
    @Nullable Integer startPage,
    @Nullable Integer endPage,
    Long totalPages,
    @Nullable Integer currentPage,
    @Nullable Integer currentPageRows,
    @Nullable Integer currentPageDone,
    Long completedPages,
    Double progressPercentage,
    Long totalFilesDownloaded,
    Long totalBytes,
    Long failedDownloads,
    Long retryingDownloads,
    Long rejectedDownloads,
    Map<String, Long> rejectedReasons,
    Long replaced,
    @Nullable Double averageSecondsPerFile,
    Double filesPerSecond,
    @Nullable Long etaSeconds,
    @Nullable String startTime,
    @Nullable String lastUpdated,
    @Nullable String lastError,
    @Nullable String waitingReason) {}
