package store;

import java.time.Instant;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An object in the list of the bucket.
 *
 * @param key its full key
 * @param size in bytes
 * @param etag its ETag
 * @param modified time of its last modification
 */
public record StoredObject(String key, long size, String etag, Instant modified) {

  /** All objects under a prefix, listed page by page during the iteration. */
  static Iterable<StoredObject> list(S3Client s3, String bucket, String prefix) {
    return () ->
        s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
            .map(StoredObject::of)
            .iterator();
  }

  private static StoredObject of(S3Object object) {
    return new StoredObject(object.key(), object.size(), object.eTag(), object.lastModified());
  }
}
