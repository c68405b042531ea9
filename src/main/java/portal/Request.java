package portal;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import model.web.WebAddress;
import org.jspecify.annotations.Nullable;

/**
 * A request to the portal.
 *
 * @param method {@code GET} or {@code POST}
 * @param to the address
 * @param headers further headers
 * @param form url-encoded body of a POST; null for none
 * @param spool file for the body of a 200 response; null to hold the body in memory
 * @param enough bytes of a body in memory after which the rest does not matter
 */
public record Request(
    String method,
    WebAddress to,
    Map<String, String> headers,
    @Nullable String form,
    @Nullable Path spool,
    int enough) {
  /** A request for a whole body. */
  public Request(
      String method,
      URI uri,
      Map<String, String> headers,
      @Nullable String form,
      @Nullable Path spool) {
    this(method, read(uri.toString()), headers, form, spool, Integer.MAX_VALUE);
  }

  /** A GET whose body is held in memory. */
  public static Request page(URI uri) {
    return new Request("GET", uri, Map.of(), null, null);
  }

  /** A GET of which the first bytes are held in memory. */
  public static Request beginning(URI uri, int enough) {
    return new Request("GET", read(uri.toString()), Map.of(), null, null, enough);
  }

  /** The same request with these headers. */
  public Request with(Map<String, String> others) {
    return new Request(method, to, others, form, spool, enough);
  }

  /** A GET whose body is streamed into {@code spool}. */
  public static Request document(String address, Path spool) {
    return new Request("GET", read(address), Map.of(), null, spool, Integer.MAX_VALUE);
  }

  private static WebAddress read(String address) {
    return WebAddress.read(address).orElseThrow();
  }

  /** The address as java.net.URI accepts it. */
  public URI uri() {
    return to.uri();
  }
}
