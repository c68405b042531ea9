package portal;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import model.web.WebAddress;

/**
 * The address of a document, from a link on a listing, and the identity derived from it.
 *
 * @param web absolute, http or https, without user and fragment
 * @param id as {@link Identity} makes it
 */
public record Address(WebAddress web, String id) {
  /** The address as java.net.URI accepts it. */
  public URI uri() {
    return web.uri();
  }

  /**
   * Reads a link as browsers do.
   *
   * @param base the address of the page with the link, or the one that the page names as its base
   * @param charset character encoding of the page
   * @return empty if no browser would fetch a document from it
   */
  public static Optional<Address> of(URI base, String href, Charset charset, Identity identity) {
    return WebAddress.isOnPage(href)
        ? Optional.empty()
        : WebAddress.read(base, href, charset).map(read -> new Address(read, identity.of(read)));
  }

  /** Reads a link of a resource in UTF-8. */
  public static Optional<Address> of(URI base, String href, Identity identity) {
    return of(base, href, StandardCharsets.UTF_8, identity);
  }
}
