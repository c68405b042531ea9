package portal.http;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import model.web.WebAddress;
import org.apache.hc.client5.http.cookie.MalformedCookieException;
import org.apache.hc.client5.http.impl.cookie.BasicClientCookie;
import org.apache.hc.client5.http.impl.cookie.LaxExpiresHandler;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/**
 * A cookie.
 *
 * @param name empty if the portal gave only a value
 * @param domain host that set it, or the domain that it named
 * @param hostOnly whether it goes to that host alone
 * @param path of the addresses that it goes to, and of those below
 * @param secure whether it goes only over https
 */
record Cookie(
    String name,
    String value,
    String domain,
    boolean hostOnly,
    String path,
    boolean secure,
    Instant expires) {
  private static final int MOST_BYTES = 4096;
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f]");
  private static final Pattern MAX_AGE = Pattern.compile("-?\\d{1,18}");
  private static final Pattern IP = Pattern.compile("\\[.*|[\\d.]+");
  private static final long LONGEST_SECONDS = 400L * 24 * 3600; // what browsers cut it to

  /**
   * Reads a {@code Set-Cookie} value.
   *
   * @param from the address that answered
   * @param now the time of the answer
   * @return empty if a browser would not keep it
   */
  static Optional<Cookie> read(String header, WebAddress from, Instant now) {
    String[] parts = header.split(";", -1);
    int sign = parts[0].indexOf('=');
    String name = sign < 0 ? "" : parts[0].substring(0, sign).strip();
    String value = parts[0].substring(sign + 1).strip();
    if (CONTROL.matcher(parts[0]).find()
        || name.isEmpty() && value.isEmpty()
        || name.length() + value.length() > MOST_BYTES) {
      return Optional.empty();
    }
    String domain = "";
    String path = folder(from.path());
    boolean secure = false;
    Instant expires = Instant.MAX;
    Optional<Instant> atMaxAge = Optional.empty();
    for (int i = 1; i < parts.length; i++) {
      String[] attribute = parts[i].split("=", 2);
      String given = attribute.length == 1 ? "" : attribute[1].strip();
      switch (attribute[0].strip().toLowerCase(Locale.ROOT)) {
        case "domain" -> domain = given.replaceFirst("^\\.", "").toLowerCase(Locale.ROOT);
        case "path" -> path = given.startsWith("/") ? given : folder(from.path());
        case "secure" -> secure = true;
        case "expires" -> expires = date(given).orElse(expires);
        case "max-age" -> {
          Optional<Instant> end = after(now, given);
          atMaxAge = end.isPresent() ? end : atMaxAge;
        }
        default -> {} // says nothing about where it is sent
      }
    }
    boolean keepsItsName = isAllowed(name, secure, domain.isEmpty() && path.equals("/"));
    boolean hostOnly = domain.isEmpty() || domain.equals(from.host()) && isShared(domain);
    if (!keepsItsName
        || secure && !from.scheme().equals("https")
        || !hostOnly && (isShared(domain) || !isWithin(from.host(), domain))) {
      return Optional.empty();
    }
    return Optional.of(
        new Cookie(
            name,
            value,
            hostOnly ? from.host() : domain,
            hostOnly,
            path,
            secure,
            atMaxAge.orElse(expires)));
  }

  /**
   * A name with a prefix that guarantees how the cookie was set is refused if it was set otherwise.
   */
  private static boolean isAllowed(String name, boolean secure, boolean isOfWholeHost) {
    String start = name.toLowerCase(Locale.ROOT);
    return start.startsWith("__host-")
        ? secure && isOfWholeHost
        : secure || !start.startsWith("__secure-");
  }

  private static String folder(String path) {
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }

  private static Optional<Instant> after(Instant now, String seconds) {
    if (!MAX_AGE.matcher(seconds).matches()) {
      return Optional.empty();
    }
    long age = Long.parseLong(seconds);
    return Optional.of(age <= 0 ? Instant.MIN : now.plusSeconds(Math.min(age, LONGEST_SECONDS)));
  }

  private static Optional<Instant> date(String text) {
    BasicClientCookie read = new BasicClientCookie("date", text);
    try {
      LaxExpiresHandler.INSTANCE.parse(read, text);
      return Optional.ofNullable(read.getExpiryInstant());
    } catch (MalformedCookieException noDate) {
      return Optional.empty();
    }
  }

  /** Whether unrelated sites share this domain, as with {@code gov.in}. */
  private static boolean isShared(String domain) {
    return PublicSuffixMatcherLoader.getDefault().matches(domain);
  }

  private static boolean isWithin(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain) && !IP.matcher(host).matches();
  }

  boolean belongsTo(WebAddress to) {
    return (hostOnly ? to.host().equals(domain) : isWithin(to.host(), domain))
        && (!secure || to.scheme().equals("https"))
        && isBelow(to.path());
  }

  /** {@code /docs} goes to {@code /docs/1.pdf}, not to {@code /docs-2023}. */
  private boolean isBelow(String address) {
    return address.startsWith(path)
        && (address.length() == path.length()
            || path.endsWith("/")
            || address.charAt(path.length()) == '/');
  }

  /** As it is sent. */
  @Override
  public String toString() {
    return name.isEmpty() ? value : name + "=" + value;
  }
}
