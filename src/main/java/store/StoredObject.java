package store;

import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
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

  /**
   * All objects under a prefix, listed page by page during the iteration.
   *
   * @throws StoreException during the iteration, also if the list is cut off without a new token:
   *     the SDK would then read its first page for ever
   */
  static Iterable<StoredObject> list(S3Client s3, String bucket, String prefix) {
    return () -> {
      Set<String> tokens = new HashSet<>();
      return Stream.iterate(
              page(s3, bucket, prefix, null),
              Objects::nonNull,
              page -> next(page, tokens).map(token -> page(s3, bucket, prefix, token)).orElse(null))
          .flatMap(page -> page.contents().stream())
          .map(StoredObject::of)
          .iterator();
    };
  }

  private static ListObjectsV2Response page(
      S3Client s3, String bucket, String prefix, @Nullable String token) {
    return s3.listObjectsV2(list -> list.bucket(bucket).prefix(prefix).continuationToken(token));
  }

  private static Optional<String> next(ListObjectsV2Response page, Set<String> tokens) {
    if (!Boolean.TRUE.equals(page.isTruncated())) {
      return Optional.empty();
    }
    String token = page.nextContinuationToken();
    if (token == null || !tokens.add(token)) {
      throw new StoreException(
          StoreException.Kind.REFUSED, "the list of the bucket is cut off without a new token");
    }
    return Optional.of(token);
  }

  /** Whether a console made it to show a folder: it is nobody's document. */
  public boolean isFolderMarker() {
    return size == 0 && key.endsWith("/");
  }

  private static StoredObject of(S3Object object) {
    return new StoredObject(object.key(), object.size(), object.eTag(), object.lastModified());
  }
}
