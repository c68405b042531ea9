package api.dto;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PUT /api/governor}: what changes.
 *
 * @param rate requests per second; 0 for no limit
 * @param concurrency maximum number of concurrent requests
 */
public record GovernorRequest(@Nullable BigDecimal rate, @Nullable Integer concurrency) {}
