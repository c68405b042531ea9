package portal.http;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import model.WebAddress;
import portal.AllowedHosts;
import portal.PortalException;
import portal.PortalHttp;
import portal.Reply;
import portal.Request;
import portal.RobotsException;

/** Fetches a robots.txt, and interprets the response according to RFC 9309, section 2.3.1. */
final class RobotsFetch {
  private static final int MOST_REDIRECTS = 5;
  private static final byte[] NONE = {};

  private final AllowedHosts allowedHosts;

  /**
   * @param allowedHosts hosts that redirects may lead to, lower case
   */
  RobotsFetch(Collection<String> allowedHosts) {
    this.allowedHosts = new AllowedHosts(allowedHosts);
  }

  /**
   * Fetches the file, following redirects. If it does not exist, or cannot be reached through
   * redirects, everything is allowed.
   *
   * @throws RobotsException if the portal answered 429 or 5xx, or cut the response off
   * @throws PortalException if the portal did not respond
   */
  RobotsTxt fetch(URI address, PortalHttp door) {
    return new RobotsTxt(address, body(address, MOST_REDIRECTS, door));
  }

  private byte[] body(URI address, int redirects, PortalHttp door) {
    Reply reply = ask(address, door);
    if (reply.status() == 200) {
      return reply.body();
    }
    return redirect(address, reply)
        .filter(to -> redirects > 0)
        .map(to -> body(to, redirects - 1, door))
        .orElse(NONE);
  }

  private static Reply ask(URI address, PortalHttp door) {
    try {
      return door.send(Request.beginning(address, RobotsTxt.PARSED));
    } catch (PortalException e) {
      if (e.reason().isSilence() && !e.reason().isHttp()) {
        throw e; // the portal is away for every request
      }
      throw new RobotsException(e.getMessage() + "; until it can be read nothing is fetched");
    }
  }

  private Optional<URI> redirect(URI from, Reply reply) {
    return reply.headers().getOrDefault("location", List.of()).stream()
        .filter(to -> reply.status() / 100 == 3)
        .findFirst()
        .filter(to -> !WebAddress.isOnPage(to))
        .flatMap(to -> WebAddress.read(from, to))
        .map(WebAddress::uri)
        .filter(allowedHosts::allows);
  }
}
