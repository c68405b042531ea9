package model;

import java.time.Instant;

/**
 * A person's decision that a document will not come, and that this is all right.
 *
 * @param at when
 * @param note why
 */
public record Acceptance(Instant at, String note) {}
