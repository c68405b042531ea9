package portal;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * One request to the portal.
 *
 * @param method {@code GET} or {@code POST}
 * @param uri absolute address, sent as it stands
 * @param headers further headers
 * @param form url-encoded body of a POST; null for none
 * @param spool file that takes the body of a 200 answer; null to hold the body in memory
 */
public record Request(
    String method, URI uri, Map<String, String> headers, String form, Path spool) {

  /** Asks for a page, its body to be held in memory. */
  public static Request page(URI uri) {
    return new Request("GET", uri, Map.of(), null, null);
  }

  /** Asks for a document, its body to be streamed into {@code spool}. */
  public static Request document(URI uri, Path spool) {
    return new Request("GET", uri, Map.of(), null, spool);
  }
}
