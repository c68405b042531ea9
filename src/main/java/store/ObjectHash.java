package store;

import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of an object.
 *
 * @param sha256 lower-case hex; null if there is none
 * @param isProof whether it was computed from the object's bytes, by the store or by this program;
 *     otherwise it is only what the metadata claims
 */
public record ObjectHash(@Nullable String sha256, boolean isProof) {}
