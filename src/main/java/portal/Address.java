package portal;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A document's address, as a link on a listing gives it, and the identity that follows from it.
 *
 * @param uri absolute, http or https, without user and fragment, escapes as they stood
 * @param id the path without its leading slash, followed by {@code %3F} and the query when there is
 *     one; plain ASCII, never with {@code ..}
 */
record Address(URI uri, String id) {
  private static final Pattern UP_FRONT = Pattern.compile("^(\\.{1,2}/)+");
  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final String ALLOWED = "-._~:/?[]@!$&'()*+,;=%";
  private static final int HASH = 64;

  /**
   * Reads a link as a browser would.
   *
   * @param base the address of the page that it stands on
   * @param href the link as it stands
   * @param maxLength longest identity; a longer one is cut and ends in its own hash
   * @return empty when it is no address of a document: not http or https, not an address, or with a
   *     {@code ..} segment, plain or encoded. Only a relative link may go up, at its beginning, and
   *     not above the root
   */
  static Optional<Address> of(URI base, String href, int maxLength) {
    String link = escape(href.strip().replaceAll("[\\t\\r\\n]", "").split("#", 2)[0]);
    try {
      URI uri = resolve(base, link);
      boolean climbs = hasUpSegment(UP_FRONT.matcher(path(link)).replaceFirst(""));
      if (link.isEmpty() || !isHttp(uri) || climbs || hasUpSegment(uri.getRawPath())) {
        return Optional.empty();
      }
      URI clean = rebuild(uri);
      String id = id(clean);
      return id.isEmpty() ? Optional.empty() : Optional.of(new Address(clean, fit(id, maxLength)));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** As RFC 3986 says; {@link URI#resolve} errs on links of a query alone and on bare hosts. */
  private static URI resolve(URI base, String link) throws URISyntaxException {
    String basePath = base.getRawPath().isEmpty() ? "/" : base.getRawPath();
    String reference = link.startsWith("?") ? basePath + link : link;
    return base.resolve(basePath).resolve(new URI(encodeBrackets(reference)));
  }

  /** Percent-encodes what an address may not hold; what is encoded already stays as it is. */
  private static String escape(String link) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : BAD_ESCAPE.matcher(link).replaceAll("%25").getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || ALLOWED.indexOf(c) >= 0);
      escaped.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return escaped.toString();
  }

  /** Brackets belong in a host (IPv6) alone. */
  private static String encodeBrackets(String link) {
    int authority = link.indexOf("//");
    int path = authority < 0 ? 0 : link.indexOf('/', authority + 2);
    return path < 0
        ? link
        : link.substring(0, path) + link.substring(path).replace("[", "%5B").replace("]", "%5D");
  }

  private static String path(String link) {
    return link.split("[?#]", 2)[0];
  }

  private static boolean isHttp(URI uri) {
    return uri.getScheme() != null
        && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?")
        && uri.getHost() != null;
  }

  private static boolean hasUpSegment(String rawPath) {
    String decoded = URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8);
    return Arrays.asList(decoded.split("[/\\\\]")).contains("..");
  }

  /** Built anew from its parts, so that we and the HTTP client cannot read it differently. */
  private static URI rebuild(URI uri) {
    String port = uri.getPort() == -1 ? "" : ":" + uri.getPort();
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return URI.create(
        uri.getScheme().toLowerCase(Locale.ROOT)
            + "://"
            + uri.getHost().toLowerCase(Locale.ROOT)
            + port
            + path
            + query);
  }

  private static String id(URI uri) {
    String query = uri.getRawQuery() == null ? "" : "%3F" + uri.getRawQuery();
    return (uri.getRawPath().substring(1) + query).replace("..", ".%2E");
  }

  private static String fit(String id, int maxLength) {
    return id.length() <= maxLength
        ? id
        : id.substring(0, maxLength - HASH - 1)
            + "~"
            + Digests.sha256(id.getBytes(StandardCharsets.US_ASCII));
  }
}
