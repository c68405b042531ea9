package portal;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import model.ObjectKey;
import model.web.WebAddress;
import org.jspecify.annotations.Nullable;

/**
 * What makes two addresses the same document, and the id that follows from it: the end of the
 * document's key in the bucket. On the portal's own host and port it is the path without its
 * leading slash, followed by {@code %3F} and the query if there is one; elsewhere {@code
 * _hosts/<host>[:<port>]/} stands before it.
 *
 * <p>Two documents never share an id. So wherever something is percent-encoded that may stand in an
 * id otherwise, an escape that stood there already gets one more {@code 25}: {@code a//b} becomes
 * {@code a/%2Fb}, {@code a/%2Fb} becomes {@code a/%252Fb}, and so on.
 */
public final class Identity {
  /** Portals on servlets put the session there for clients without cookies. */
  private static final Pattern SESSION = Pattern.compile("(?i);jsessionid=[^/;]*+");

  private static final Pattern OWN_HOSTS = Pattern.compile("^/%((?:25)*+5Fhosts/)");
  private static final Pattern QUESTION_MARK = Pattern.compile("%((?:25)*+3F)");
  private static final Pattern DOTS = Pattern.compile("\\.%((?:25)*+2E)");
  private static final Pattern DOT_PART = Pattern.compile("(?<=/)%((?:25)*+2E)(?=/|$)");
  private static final Pattern DOT = Pattern.compile("(?<=/)\\.(?=/|$)");
  private static final Pattern SLASHES = Pattern.compile("/%((?:25)*+2F)");
  private static final Pattern LAST_SLASH = Pattern.compile("%((?:25)*+2F)$");

  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private final WebAddress home;
  private final List<Pattern> dropped;
  private final int maxLength;

  /**
   * @param home an address on the portal's own host
   * @param dropped names of query parameters that do not belong to the identity; a {@code *} at the
   *     end stands for any further characters
   * @param maxLength longest id, in bytes
   */
  public Identity(URI home, Collection<String> dropped, int maxLength) {
    this.home = WebAddress.read(home.toString()).orElseThrow();
    this.dropped = dropped.stream().map(Identity::pattern).toList();
    this.maxLength = maxLength;
  }

  private static Pattern pattern(String name) {
    return Pattern.compile(
        name.endsWith("*")
            ? Pattern.quote(name.substring(0, name.length() - 1)) + ".*"
            : Pattern.quote(name),
        Pattern.DOTALL);
  }

  /** The id of the document at an address. */
  public String of(WebAddress address) {
    String[] target = address.target().split("\\?", 2);
    String path = SESSION.matcher(target[0]).replaceAll("");
    String id = escape(hostPart(address), path, query(target.length == 2 ? target[1] : null));
    return ObjectKey.fit(ObjectKey.fitParts(ObjectKey.plain(id)), maxLength);
  }

  /** The id that somebody has chosen for a document, made safe and otherwise as it stands. */
  public String ofName(String name) {
    String plain = "/" + ObjectKey.plain(name.replaceFirst("^/+", ""));
    String parted = DOT.matcher(plain).replaceAll("%2E").replace("//", "/%2F").substring(1);
    String id = parted.endsWith("/") ? parted.substring(0, parted.length() - 1) + "%2F" : parted;
    return ObjectKey.fit(ObjectKey.fitLongParts(id), maxLength);
  }

  /** Empty on the portal's own host. The default port of the portal's own scheme is left out. */
  private String hostPart(WebAddress address) {
    if (address.host().equals(home.host()) && address.port() == home.port()) {
      return "";
    }
    boolean usual = address.port() == (home.scheme().equals("https") ? 443 : 80);
    return "/_hosts/" + address.host() + (usual ? "" : ":" + address.port());
  }

  private String query(@Nullable String query) {
    if (query == null || dropped.isEmpty()) {
      return query == null ? "" : "?" + query;
    }
    List<String> all = List.of(query.split("&", -1));
    List<String> kept = all.stream().filter(parameter -> !isDropped(parameter)).toList();
    return kept.isEmpty() ? "" : "?" + String.join("&", kept);
  }

  private boolean isDropped(String parameter) {
    String escaped = BAD_ESCAPE.matcher(parameter.split("=", 2)[0]).replaceAll("%25");
    String name = URLDecoder.decode(escaped, StandardCharsets.UTF_8);
    return dropped.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  private static String escape(String host, String path, String query) {
    String own = host.isEmpty() ? again(OWN_HOSTS, path) : path;
    if (host.isEmpty() && own.startsWith("/_hosts/")) {
      own = "/%5F" + own.substring(2);
    }
    String all = host + again(QUESTION_MARK, own) + query.replaceFirst("\\?", "%3F");
    String dotted = DOT.matcher(again(DOT_PART, again(DOTS, all))).replaceAll("%2E");
    String parted = again(SLASHES, dotted).replace("//", "/%2F");
    String ended = again(LAST_SLASH, parted);
    String closed = ended.endsWith("/") ? ended.substring(0, ended.length() - 1) + "%2F" : ended;
    return closed.startsWith("/") ? closed.substring(1) : closed;
  }

  /** Percent-encodes the percent sign of escapes that could be taken for ours. */
  private static String again(Pattern escapes, String text) {
    return escapes
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(found.group().replaceFirst("%", "%25")));
  }
}
