package store;

import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import store.StoreException.Kind;

/**
 * An object in the list of the bucket.
 *
 * @param key its full key
 * @param size in bytes
 * @param etag its ETag; empty if the store names none
 * @param modified time of its last modification; the epoch if the store names none
 */
public record StoredObject(String key, long size, String etag, Instant modified) {

  /**
   * All objects under a prefix, listed page by page during the iteration.
   *
   * @throws StoreException during the iteration, also if the list is cut off without a new token,
   *     or repeats itself under ever new tokens: it would never end
   */
  static Iterable<StoredObject> list(S3Client s3, String bucket, String prefix) {
    return list(s3, bucket, prefix, null);
  }

  /**
   * The same, but only those after this key, as far as the store knows how.
   *
   * @param after null for all
   */
  static Iterable<StoredObject> list(
      S3Client s3, String bucket, String prefix, @Nullable String after) {
    return list(s3, bucket, prefix, after, null);
  }

  /**
   * The same, of which only the beginning is of interest.
   *
   * @param most how many objects a page of the list has at most; null for as many as the store
   *     likes
   */
  static Iterable<StoredObject> list(
      S3Client s3, String bucket, String prefix, @Nullable String after, @Nullable Integer most) {
    return () -> {
      ListedPages pages = new ListedPages();
      return Stream.iterate(
              page(s3, bucket, prefix, after, most, null),
              Objects::nonNull,
              page ->
                  pages
                      .next(page)
                      .map(token -> page(s3, bucket, prefix, after, most, token))
                      .orElse(null))
          .flatMap(page -> page.contents().stream())
          .map(StoredObject::of)
          .filter(object -> object.key().startsWith(prefix)) // a simple store may ignore the prefix
          .iterator();
    };
  }

  private static ListObjectsV2Response page(
      S3Client s3,
      String bucket,
      String prefix,
      @Nullable String after,
      @Nullable Integer most,
      @Nullable String token) {
    return s3.listObjectsV2(
        list ->
            list.bucket(bucket)
                .prefix(prefix)
                .startAfter(after)
                .maxKeys(most)
                .continuationToken(token)
                .encodingType(EncodingType.URL)); // XML lacks some characters that keys may have
  }

  /** Whether a console made it to show a folder: it is nobody's document. */
  public boolean isFolderMarker() {
    return size == 0 && key.endsWith("/");
  }

  private static StoredObject of(S3Object object) {
    String key = String.valueOf(object.key());
    return new StoredObject(
        key,
        size(key, object.size()),
        Objects.requireNonNullElse(object.eTag(), ""),
        Objects.requireNonNullElse(object.lastModified(), Instant.EPOCH));
  }

  /**
   * The size that a store names.
   *
   * @throws StoreException if it names none
   */
  static long size(String key, @Nullable Long named) {
    if (named == null) {
      throw new StoreException(Kind.REFUSED, "the store names no size of the object " + key);
    }
    return named;
  }
}
