package portal;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to the portal.
 *
 * @param method {@code GET} or {@code POST}
 * @param uri absolute address, sent unchanged
 * @param headers further headers
 * @param form url-encoded body of a POST; null for none
 * @param spool file for the body of a 200 response; null to hold the body in memory
 */
public record Request(
    String method,
    URI uri,
    Map<String, String> headers,
    @Nullable String form,
    @Nullable Path spool) {

  /** A GET whose body is held in memory. */
  public static Request page(URI uri) {
    return new Request("GET", uri, Map.of(), null, null);
  }

  /** A GET whose body is streamed into {@code spool}. */
  public static Request document(URI uri, Path spool) {
    return new Request("GET", uri, Map.of(), null, spool);
  }
}
