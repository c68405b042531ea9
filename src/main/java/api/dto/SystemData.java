package api.dto;

import org.jspecify.annotations.Nullable;

/** The machine's figures; null where nothing was measured. */
public record SystemData(
    @Nullable Double cpuPercent,
    @Nullable Double memoryPercent,
    Long diskFreeBytes,
    @Nullable Long networkBytesIn,
    @Nullable Long networkBytesOut) {}
