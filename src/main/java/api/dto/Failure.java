package api.dto;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A row whose document is not in the bucket.
 *
 * @param scriptId null, and not sent, where all are of one script
 * @param lastAttempt null if never fetched
 * @param acceptedAt when a person accepted that it will not come; null if nobody did
 * @param note why
 */
public record Failure(
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer scriptId,
    String id,
    Integer page,
    Integer row,
    @Nullable String url,
    @Nullable String title,
    String state,
    String reason,
    Integer attempts,
    @Nullable String lastAttempt,
    @Nullable String acceptedAt,
    @Nullable String note) {}
