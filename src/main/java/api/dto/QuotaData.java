package api.dto;

import org.jspecify.annotations.Nullable;

/**
 * What an instance has stored today, and the most that it may.
 *
 * @param maxDocuments null for no limit, as {@code maxBytes}
 * @param until midnight, when the next day begins
 */
public record QuotaData(
    Long documents,
    @Nullable Long maxDocuments,
    Long bytes,
    @Nullable Long maxBytes,
    String until) {}
