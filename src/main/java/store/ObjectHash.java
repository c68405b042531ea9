package store;

import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of an object.
 *
 * @param sha256 lower-case hex; null if there is none
 * @param isProof whether it says something of the object's bytes: it was computed from them, by the
 *     store or by us. Otherwise it is only what was written beside them
 */
public record ObjectHash(@Nullable String sha256, boolean isProof) {}
