package config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import model.web.WebAddress;

/**
 * A forward proxy.
 *
 * @param scheme {@code http} or {@code https}: how to talk to the proxy itself
 * @param user empty for none
 * @param password never shown
 */
public record Proxy(String scheme, String host, int port, Optional<String> user, String password) {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:(?i:(https?))://)?(?:([^@/]*)@)?((?:\\[[^]/@]+]|[^:/@\\[\\]]+))(?::(\\d{1,5}))?/?");

  /** Curl's default. */
  private static final int PORT = 1080;

  private static final int TLS_PORT = 443;
  private static final int LARGEST_PORT = 65535;

  /** Reads {@code [scheme://][user:password@]host[:port]}; empty if the text is not that. */
  static Optional<Proxy> read(String text) {
    Matcher parts = ADDRESS.matcher(text.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    String scheme = parts.group(1) != null && parts.group(1).length() == 5 ? "https" : "http";
    int fallback = scheme.equals("https") ? TLS_PORT : PORT;
    int port = parts.group(4) == null ? fallback : Integer.parseInt(parts.group(4));
    Optional<String> user = Optional.ofNullable(parts.group(2)).filter(given -> !given.isEmpty());
    return WebAddress.read("http://" + parts.group(3))
        .filter(address -> port > 0 && port <= LARGEST_PORT)
        .map(
            address ->
                new Proxy(
                    scheme,
                    address.host(),
                    port,
                    user.map(given -> decode(given.split(":", 2)[0])),
                    user.filter(given -> given.contains(":"))
                        .map(given -> decode(given.split(":", 2)[1]))
                        .orElse("")));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return "%s://%s:%d".formatted(scheme, host, port);
  }
}
