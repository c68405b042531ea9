package store;

import org.jspecify.annotations.Nullable;

/**
 * An object of the source.
 *
 * @param key its full key
 * @param size in bytes
 * @param etag its ETag without quotes; empty if the source names none
 */
public record SourceObject(String key, long size, String etag) {

  /** An ETag as this program keeps it: without quotes. */
  static String plain(@Nullable String etag) {
    return etag == null ? "" : etag.replace("\"", "");
  }
}
