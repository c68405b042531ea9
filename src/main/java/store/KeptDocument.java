package store;

/**
 * A document that is in the bucket and was put there by this program.
 *
 * @param size in bytes
 * @param sha256 digest in lower-case hex, as it was put
 * @param hasEnd whether it has the mark at the end of a PDF
 */
public record KeptDocument(long size, String sha256, boolean hasEnd) {}
