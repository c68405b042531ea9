package portal.http;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import model.web.WebAddress;
import portal.AllowedHosts;
import portal.ForeignHostException;
import portal.PortalException;
import portal.PortalHttp;
import portal.Reply;
import portal.Request;

/** Follows redirects to allowed hosts. What was listed keeps its key and its address. */
public final class Redirects {
  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> KEEP_METHOD = Set.of(307, 308);

  private final AllowedHosts allowed;
  private final int most;

  /**
   * The end of a chain of redirects.
   *
   * @param from the last address that was asked
   */
  public record Arrival(Reply reply, URI from) {}

  /**
   * @param allowed hosts that may be fetched
   * @param most redirects followed for one request
   */
  public Redirects(AllowedHosts allowed, int most) {
    this.allowed = allowed;
    this.most = most;
  }

  /**
   * Wraps a {@link PortalHttp}, which sends each request of a chain. Its answer is a redirect only
   * if there are too many, or if it leads nowhere.
   *
   * @return throws a {@link PortalException}, reason {@code foreign_host}, for a redirect to a host
   *     that is not allowed
   */
  public PortalHttp around(PortalHttp door) {
    return request -> follow(door, request).reply();
  }

  /**
   * Sends a request like {@link #around}, and returns where the answer came from: relative
   * addresses in it are relative to that.
   */
  public Arrival follow(PortalHttp door, Request request) {
    Request current = request;
    Reply reply = door.send(current);
    for (int followed = 0; followed < most; followed++) {
      Optional<WebAddress> target = target(current, reply);
      if (target.isEmpty()) {
        break;
      }
      current = next(current, reply.status(), target.get());
      reply = door.send(current);
    }
    return new Arrival(reply, current.uri());
  }

  private Optional<WebAddress> target(Request asked, Reply reply) {
    if (!STATUSES.contains(reply.status())) {
      return Optional.empty();
    }
    URI from = asked.uri();
    Optional<WebAddress> target =
        reply.location().filter(to -> !to.isBlank()).flatMap(to -> WebAddress.read(from, to));
    target
        .map(WebAddress::uri)
        .filter(to -> !allowed.allows(to))
        .ifPresent(
            to -> {
              throw new ForeignHostException(from, to).answered(reply.status());
            });
    return target;
  }

  /** Like browsers, a form becomes a GET unless the status says that it must not. */
  private static Request next(Request request, int status, WebAddress to) {
    if (request.form() == null || KEEP_METHOD.contains(status)) {
      return new Request(
          request.method(),
          to,
          request.headers(),
          request.form(),
          request.spool(),
          request.enough());
    }
    return new Request("GET", to, request.headers(), null, request.spool(), request.enough());
  }
}
