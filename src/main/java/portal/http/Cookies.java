package portal.http;

import java.net.URI;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import model.web.WebAddress;
import portal.PortalHttp;
import portal.Reply;

/** The cookies of one session, kept and sent back as browsers do (RFC 6265, section 5). */
public final class Cookies {
  private static final int MOST = 1000;

  private final InstantSource clock;
  private final Map<List<String>, Cookie> jar = new LinkedHashMap<>();

  /**
   * @param clock says which cookies have expired
   */
  public Cookies(InstantSource clock) {
    this.clock = clock;
  }

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
  public synchronized void take(URI from, Map<String, List<String>> headers) {
    List<String> set =
        headers.entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase("Set-Cookie"))
            .flatMap(header -> header.getValue().stream())
            .toList();
    if (set.isEmpty()) { // as nearly always
      return;
    }
    WebAddress address = WebAddress.read(from.toString()).orElseThrow();
    set.forEach(value -> Cookie.read(value, address, clock.instant()).ifPresent(this::put));
  }

  /** A new value keeps the place of the old one. */
  private void put(Cookie cookie) {
    jar.put(List.of(cookie.name(), cookie.domain(), cookie.path()), cookie);
    jar.values().removeIf(this::isExpired);
    if (jar.size() > MOST) {
      jar.remove(jar.keySet().iterator().next());
    }
  }

  private boolean isExpired(Cookie cookie) {
    return !cookie.expires().isAfter(clock.instant());
  }

  /** All cookies, as {@code Set-Cookie} values. */
  public synchronized List<String> all() {
    return jar.values().stream()
        .filter(cookie -> !isExpired(cookie))
        .map(cookie -> "%s; Path=%s".formatted(cookie, cookie.path()))
        .toList();
  }

  /** The headers for a request; empty if it gets no cookie. */
  public synchronized Map<String, String> header(URI to) {
    if (jar.isEmpty()) {
      return Map.of();
    }
    WebAddress address = WebAddress.read(to.toString()).orElseThrow();
    String cookies =
        jar.values().stream()
            .filter(cookie -> !isExpired(cookie) && cookie.belongsTo(address))
            .sorted(Comparator.comparingInt((Cookie cookie) -> -cookie.path().length()))
            .map(Cookie::toString)
            .collect(Collectors.joining("; "));
    return cookies.isEmpty() ? Map.of() : Map.of("Cookie", cookies);
  }
}
