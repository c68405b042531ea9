package model;

import java.time.Instant;

/**
 * A person's decision that a failed document is acceptable and need not be fetched.
 *
 * @param at when
 * @param note why
 */
public record Acceptance(Instant at, String note) {}
