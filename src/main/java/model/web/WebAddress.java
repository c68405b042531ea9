package model.web;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An http or https address, read as browsers do: the WHATWG URL standard. It deviates from the
 * standard in two points: a {@code '} in the query is kept, so that keys of documents never change,
 * and fragment, user and password are dropped.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in ASCII and lower case; an IPv6 address stands in brackets
 * @param port always given, also if it is the scheme's default
 * @param path starts with a slash; without {@code .} and {@code ..} segments
 * @param query empty if there is none
 * @param namesUser whether it had a user or password before the host
 */
public record WebAddress(
    String scheme, String host, int port, String path, Optional<String> query, boolean namesUser) {
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[^]]*]|[^:\\[\\]]+)(?::(\\d*))?");
  private static final Pattern LINE_BREAKS = Pattern.compile("[\\t\\r\\n]");
  private static final Pattern UP = Pattern.compile("(?i)(\\.|%2e){2}");
  private static final Pattern HERE = Pattern.compile("(?i)\\.|%2e");
  private static final int LONGEST_DOTS = "%2e%2e".length();
  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final int LARGEST_PORT = 65535;

  /** Reads an absolute address; empty if it is not an http or https address. */
  public static Optional<WebAddress> read(String text) {
    return read(Optional.empty(), text, StandardCharsets.UTF_8);
  }

  /** Reads a reference in another resource, such as a redirect. */
  public static Optional<WebAddress> read(URI base, String text) {
    return read(base, text, StandardCharsets.UTF_8);
  }

  /**
   * Reads a link of a page.
   *
   * @param base absolute address of the page, or the one that the page names as its base
   * @param charset character encoding of the page, in which a query is sent
   * @return empty if it is not an http or https address
   */
  public static Optional<WebAddress> read(URI base, String text, Charset charset) {
    return read(read(base.toString()), text, charset);
  }

  private static Optional<WebAddress> read(
      Optional<WebAddress> base, String text, Charset charset) {
    String link = trim(text);
    int colon = endOfScheme(link);
    if (colon < 0) {
      return base.flatMap(page -> page.resolve(link, charset));
    }
    String name = link.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = link.substring(colon + 1);
    if (!name.equals("http") && !name.equals("https")) {
      return Optional.empty();
    }
    return base.isPresent() && base.get().scheme.equals(name) && !rest.startsWith("//")
        ? base.get().resolve(rest, charset)
        : absolute(name, rest, charset);
  }

  /** Where the scheme of a link ends; negative if it names none. */
  private static int endOfScheme(String link) {
    int end = 0;
    while (end < link.length() && isOfScheme(link.charAt(end), end == 0)) {
      end++;
    }
    return end > 0 && end < link.length() && link.charAt(end) == ':' ? end : -1;
  }

  private static boolean isOfScheme(char c, boolean isFirst) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || !isFirst && (c >= '0' && c <= '9' || c == '+' || c == '.' || c == '-');
  }

  /** Whether a link leads to the page that contains it. */
  public static boolean isOnPage(String link) {
    return trim(link).isEmpty();
  }

  /** Without white space around, line breaks inside, and the fragment. */
  private static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) <= ' ') {
      start++;
    }
    while (end > start && text.charAt(end - 1) <= ' ') {
      end--;
    }
    String link = text.substring(start, end);
    int fragment = link.indexOf('#');
    return withoutLineBreaks(fragment < 0 ? link : link.substring(0, fragment));
  }

  private static String withoutLineBreaks(String link) {
    for (int i = 0; i < link.length(); i++) {
      if (link.charAt(i) < ' ') {
        return LINE_BREAKS.matcher(link).replaceAll("");
      }
    }
    return link;
  }

  private Optional<WebAddress> resolve(String link, Charset charset) {
    if (isSlash(link, 0)) {
      return isSlash(link, 1)
          ? absolute(scheme, link, charset)
          : Optional.of(with(new ArrayList<>(), link.substring(1), charset));
    }
    if (link.isEmpty()) {
      return Optional.of(this);
    }
    if (link.startsWith("?")) {
      return Optional.of(
          with(path, Optional.of(PercentEncoding.ofQuery(link.substring(1), charset))));
    }
    List<String> folder = new ArrayList<>(List.of(path.substring(1).split("/", -1)));
    folder.remove(folder.size() - 1);
    return Optional.of(with(folder, link, charset));
  }

  private static boolean isSlash(String link, int i) {
    return i < link.length() && (link.charAt(i) == '/' || link.charAt(i) == '\\');
  }

  /** Reads what follows the scheme. */
  private static Optional<WebAddress> absolute(String scheme, String rest, Charset charset) {
    int start = 0;
    while (isSlash(rest, start)) {
      start++;
    }
    int end = start;
    while (end < rest.length() && !isSlash(rest, end) && rest.charAt(end) != '?') {
      end++;
    }
    String userAndHost = rest.substring(start, end);
    int at = userAndHost.lastIndexOf('@');
    Matcher hostAndPort = HOST_AND_PORT.matcher(userAndHost.substring(at + 1));
    if (!hostAndPort.matches()) {
      return Optional.empty();
    }
    int port = port(scheme, hostAndPort.group(2));
    String path = rest.substring(end);
    return WebHost.read(hostAndPort.group(1))
        .filter(host -> port <= LARGEST_PORT)
        .map(host -> new WebAddress(scheme, host, port, "/", Optional.empty(), at >= 0))
        .map(
            root ->
                root.with(new ArrayList<>(), isSlash(path, 0) ? path.substring(1) : path, charset));
  }

  private static int port(String scheme, @Nullable String digits) {
    if (digits == null || digits.isEmpty()) {
      return defaultPort(scheme);
    }
    String number = digits.replaceFirst("^0+(?=.)", "");
    return number.length() > 5 ? LARGEST_PORT + 1 : Integer.parseInt(number);
  }

  private static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  /** Follows a path and query from a folder of this host. */
  private WebAddress with(List<String> folder, String pathAndQuery, Charset charset) {
    int mark = pathAndQuery.indexOf('?');
    String relative = mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
    List<String> segments = folder;
    String[] steps = relative.replace('\\', '/').split("/", -1);
    for (int i = 0; i < steps.length; i++) {
      boolean isLast = i == steps.length - 1;
      if (!mayBeDots(steps[i])) {
        segments.add(PercentEncoding.ofSegment(steps[i]));
      } else if (UP.matcher(steps[i]).matches()) {
        if (!segments.isEmpty()) {
          segments.remove(segments.size() - 1);
        }
        if (isLast) {
          segments.add("");
        }
      } else if (!HERE.matcher(steps[i]).matches()) {
        segments.add(PercentEncoding.ofSegment(steps[i]));
      } else if (isLast) {
        segments.add("");
      }
    }
    return with(
        "/" + String.join("/", segments),
        mark < 0
            ? Optional.empty()
            : Optional.of(PercentEncoding.ofQuery(pathAndQuery.substring(mark + 1), charset)));
  }

  private static boolean mayBeDots(String step) {
    return step.length() <= LONGEST_DOTS && (step.startsWith(".") || step.startsWith("%"));
  }

  /** The root of its host, which stands for the host and its port. */
  public WebAddress root() {
    return new WebAddress(scheme, host, port, "/", Optional.empty(), false);
  }

  private WebAddress with(String newPath, Optional<String> newQuery) {
    return new WebAddress(scheme, host, port, newPath, newQuery, namesUser);
  }

  /** The host, followed by its port unless it is the scheme's default. */
  public String authority() {
    return port == defaultPort(scheme) ? host : host + ":" + port;
  }

  /** The address as the standard serializes it. */
  @Override
  public String toString() {
    return scheme + "://" + authority() + path + query.map(text -> "?" + text).orElse("");
  }

  /**
   * The address as java.net.URI accepts it. Characters that the standard leaves unchanged but a URI
   * must not contain, such as <code>|</code> and a {@code %} that starts no escape, is
   * percent-encoded.
   */
  public URI uri() {
    String target = target();
    return URI.create(
        root(target.indexOf('%') < 0 ? target : BAD_ESCAPE.matcher(target).replaceAll("%25")));
  }

  /** The address as it is requested: like {@link #uri}, but a {@code %} stays, as in browsers. */
  public String requested() {
    return root(target());
  }

  private String root(String target) {
    return scheme + "://" + authority() + target;
  }

  /** Path and query as they are requested. */
  public String target() {
    return PercentEncoding.strict(path)
        + query.map(text -> "?" + PercentEncoding.strict(text)).orElse("");
  }
}
