package model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The validators that a portal sent with a version of a document, used to ask later whether it has
 * a newer one.
 *
 * @param etag the header {@code ETag}, as it was; null if there was none
 * @param lastModified the header {@code Last-Modified}, as it was; null if there was none
 */
public record Validators(@Nullable String etag, @Nullable String lastModified) {
  /** The portal said nothing. */
  public static final Validators NONE = new Validators(null, null);

  private static final int LONGEST = 256;

  /**
   * Those of a response.
   *
   * @param headers by lower-case name
   */
  public static Validators of(Map<String, List<String>> headers) {
    return new Validators(one(headers, "etag"), one(headers, "last-modified"));
  }

  /** Only values that can be sent back unchanged, and are not too long to keep. */
  private static @Nullable String one(Map<String, List<String>> headers, String name) {
    return headers.getOrDefault(name, List.of()).stream()
        .map(String::strip)
        .filter(value -> !value.isEmpty() && value.length() <= LONGEST)
        .filter(value -> value.chars().allMatch(c -> c >= ' ' && c < 0x7f))
        .findFirst()
        .orElse(null);
  }

  /** Whether the portal said nothing. */
  public boolean isNone() {
    return etag == null && lastModified == null;
  }

  /** The headers of a request that is answered 304 if the portal still has this version. */
  public Map<String, String> conditions() {
    Map<String, String> headers = new TreeMap<>();
    if (etag != null) {
      headers.put("If-None-Match", etag);
    }
    if (lastModified != null) {
      headers.put("If-Modified-Since", lastModified);
    }
    return headers;
  }
}
