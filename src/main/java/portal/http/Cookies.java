package portal.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import portal.PortalHttp;
import portal.Reply;

/** The cookies of one session. */
public final class Cookies {
  private final CookieManager jar = new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER);

  /** Wraps a {@link PortalHttp}: its requests carry these cookies, its responses set them. */
  public PortalHttp around(PortalHttp door) {
    return request -> {
      Map<String, String> headers = new HashMap<>(request.headers());
      headers.putAll(header(request.uri()));
      Reply reply = door.send(request.with(headers));
      take(request.uri(), reply.headers());
      return reply;
    };
  }

  /** Adds the cookies that a response sets. */
  public void take(URI from, Map<String, List<String>> headers) {
    try {
      jar.put(from, headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All cookies, as {@code Set-Cookie} values. */
  public List<String> all() {
    return jar.getCookieStore().getCookies().stream()
        .map(
            cookie ->
                "%s=%s; Path=%s".formatted(cookie.getName(), cookie.getValue(), cookie.getPath()))
        .toList();
  }

  /** The headers for a request; empty if it gets no cookie. */
  public Map<String, String> header(URI to) {
    try {
      List<String> cookies = jar.get(to, Map.of()).getOrDefault("Cookie", List.of());
      return cookies.isEmpty() ? Map.of() : Map.of("Cookie", String.join("; ", cookies));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
