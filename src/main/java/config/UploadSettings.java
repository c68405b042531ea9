package config;

import org.jspecify.annotations.Nullable;

/**
 * How objects are put into the bucket.
 *
 * @param checksum what every upload carries for the store to check the bytes against
 * @param encryption server-side encryption that every upload asks for; null for the bucket's own
 * @param kmsKeyId the key of the encryption {@code aws:kms}; null for the account's own
 * @param storageClass of documents; null for the store's own, which is also that of manifests
 */
public record UploadSettings(
    Checksum checksum,
    @Nullable String encryption,
    @Nullable String kmsKeyId,
    @Nullable String storageClass) {
  /** The defaults of all keys. */
  public static final UploadSettings DEFAULT =
      new UploadSettings(Checksum.SHA256, null, null, null);

  /** A checksum of the bytes. */
  public enum Checksum {
    /** The header {@code x-amz-checksum-sha256}. */
    SHA256,
    /** The header {@code Content-MD5}. */
    MD5,
    /** No header, for stores that refuse both. */
    NONE
  }
}
