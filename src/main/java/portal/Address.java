package portal;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import model.ObjectKey;

/**
 * The address of a document, from a link on a listing, and the identity derived from it.
 *
 * @param uri absolute, http or https, without user and fragment, with escapes unchanged
 * @param id the path without its leading slash, followed by {@code %3F} and the query if there is
 *     one; plain ASCII, never with {@code ..}
 */
public record Address(URI uri, String id) {
  /** Scheme, authority, path and query, as in RFC 3986, appendix B. */
  private static final Pattern REFERENCE =
      Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?]*))?([^?]*)(?:\\?(.*))?");

  private static final Pattern UP_FRONT = Pattern.compile("^(\\.{1,2}/)+");
  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final int LARGEST_PORT = 65535;

  /**
   * Resolves a link like a browser would.
   *
   * @param base the address of the page with the link
   * @param href the link, as in the page
   * @param maxLength longest identity; a longer one is cut, and ends in a hash of itself
   * @return empty if it is not the address of a document: not http or https, not an address, or
   *     with a {@code ..} segment, plain or encoded. Only a relative link may start with {@code
   *     ..}, and not go above the root
   */
  public static Optional<Address> of(URI base, String href, int maxLength) {
    String link = encode(href.strip().replaceAll("[\\t\\r\\n]", "").split("#", 2)[0]);
    try {
      URI uri = resolve(base, link);
      String id = id(uri);
      return link.isEmpty() || id.isEmpty()
          ? Optional.empty()
          : Optional.of(new Address(uri, ObjectKey.fit(id, maxLength)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Encodes a {@code %} that does not start an escape. */
  private static String encode(String link) {
    return ObjectKey.encode(BAD_ESCAPE.matcher(link).replaceAll("%25"));
  }

  /**
   * Follows RFC 3986, unlike {@link URI#resolve}, which treats {@code a//b} like {@code a/b} and
   * keeps {@code /./}.
   *
   * @throws IllegalArgumentException if the result is not the address of a document
   */
  private static URI resolve(URI base, String link) {
    Matcher parts = REFERENCE.matcher(link);
    if (!parts.matches() || (parts.group(1) != null && parts.group(2) == null)) {
      throw new IllegalArgumentException("neither relative nor with a host");
    }
    String scheme = parts.group(1) == null ? base.getScheme() : parts.group(1);
    String authority = parts.group(2) == null ? base.getRawAuthority() : parts.group(2);
    String path = parts.group(3);
    String query = parts.group(4) == null ? "" : "?" + encodeBrackets(parts.group(4));
    if (parts.group(2) == null && !path.startsWith("/")) {
      path = below(base, path);
    }
    refuseUpSegments(path);
    return build(URI.create(scheme + "://" + authority), dotless(encodeBrackets(path)) + query);
  }

  /** The path of a relative link, after going up from the base as the link requires. */
  private static String below(URI base, String relative) {
    String basePath = base.getRawPath().isEmpty() ? "/" : base.getRawPath();
    if (relative.isEmpty()) {
      return basePath;
    }
    Matcher upFront = UP_FRONT.matcher(relative);
    String up = upFront.find() ? upFront.group() : "";
    String folder = basePath.substring(0, basePath.lastIndexOf('/') + 1);
    return dotless(folder + up) + relative.substring(up.length());
  }

  private static void refuseUpSegments(String path) {
    String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    if (Arrays.asList(decoded.split("[/\\\\]")).contains("..")) {
      throw new IllegalArgumentException("goes up");
    }
  }

  /** Brackets are only allowed in a host (IPv6). */
  private static String encodeBrackets(String part) {
    return part.replace("[", "%5B").replace("]", "%5D");
  }

  /** Resolves the {@code .} and {@code ..} segments of a path. */
  private static String dotless(String path) {
    Deque<String> segments = new ArrayDeque<>();
    String last = "";
    for (String segment : path.replaceFirst("^/", "").split("/", -1)) {
      last = segment;
      if (segment.equals("..")) {
        if (segments.pollLast() == null) {
          throw new IllegalArgumentException("goes above the root");
        }
      } else if (!segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    boolean endsInAFolder = last.equals(".") || last.equals("..");
    return "/" + String.join("/", segments) + (endsInAFolder && !segments.isEmpty() ? "/" : "");
  }

  /**
   * Rebuilds the address from its parts, so that this program and the HTTP client cannot interpret
   * it differently.
   */
  private static URI build(URI host, String pathAndQuery) {
    String scheme = host.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.matches("https?") || host.getHost() == null || host.getPort() > LARGEST_PORT) {
      throw new IllegalArgumentException("no host that can be reached by http or https");
    }
    String port = host.getPort() == -1 ? "" : ":" + host.getPort();
    return URI.create(
        scheme + "://" + host.getHost().toLowerCase(Locale.ROOT) + port + pathAndQuery);
  }

  private static String id(URI uri) {
    String query = uri.getRawQuery() == null ? "" : "%3F" + uri.getRawQuery();
    return ObjectKey.plain(uri.getRawPath().substring(1) + query);
  }
}
