package api.dto;

/**
 * A row whose document is not in the bucket.
 *
 * @param lastAttempt null if never fetched
 */
public record Failure(
    String id,
    Integer page,
    Integer row,
    String url,
    String title,
    String state,
    String reason,
    Integer attempts,
    String lastAttempt) {}
