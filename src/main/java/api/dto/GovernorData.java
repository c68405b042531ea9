package api.dto;

import org.jspecify.annotations.Nullable;

/**
 * The limits of requests to the portal.
 *
 * @param rate requests per second; 0 for no limit
 * @param concurrency maximum number of concurrent requests
 * @param pausedUntil when the next request may be sent; null if the portal holds none back
 * @param reason who asked for the pause, and how; null if there is none
 */
public record GovernorData(
    Double rate, Integer concurrency, @Nullable String pausedUntil, @Nullable String reason) {}
