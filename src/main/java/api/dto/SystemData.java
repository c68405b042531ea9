package api.dto;

/** The machine's figures; null where nothing was measured. */
public record SystemData(
    Double cpuPercent,
    Double memoryPercent,
    Long diskFreeBytes,
    Long networkBytesIn,
    Long networkBytesOut) {}
