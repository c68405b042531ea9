package api.dto;

import org.jspecify.annotations.Nullable;

/**
 * A row whose document is not in the bucket.
 *
 * @param lastAttempt null if never fetched
 */
public record Failure(
    String id,
    Integer page,
    Integer row,
    @Nullable String url,
    @Nullable String title,
    String state,
    String reason,
    Integer attempts,
    @Nullable String lastAttempt) {}
