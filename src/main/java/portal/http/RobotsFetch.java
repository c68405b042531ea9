package portal.http;

import java.net.URI;
import java.util.Collection;
import java.util.Optional;
import model.ServerText;
import model.web.WebAddress;
import portal.AllowedHosts;
import portal.PortalException;
import portal.PortalHttp;
import portal.Reply;
import portal.Request;
import portal.RobotsException;

/** Fetches a robots.txt, and interprets the response according to RFC 9309, section 2.3.1. */
final class RobotsFetch {
  private static final int MOST_REDIRECTS = 5;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int LONGEST_SHOWN = 200;
  private static final String NOTHING_IS_FETCHED = "; until it can be read nothing is fetched";
  private static final byte[] NONE = {};

  private final AllowedHosts allowedHosts;

  /**
   * @param allowedHosts hosts that redirects may lead to, lower case
   */
  RobotsFetch(Collection<String> allowedHosts) {
    this.allowedHosts = new AllowedHosts(allowedHosts);
  }

  /**
   * Fetches the file, following redirects. If it does not exist, everything is allowed. A redirect
   * that is not followed is no permission.
   *
   * @throws RobotsException if the portal answered 5xx, cut the response off, has sent a part of it
   *     or another server's version (206, 203), or redirects too often or to a host that is not
   *     allowed
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
    if (reply.status() / 100 == 2 && reply.status() != NO_CONTENT) {
      throw new RobotsException(
          "%s answered %d, which need not be all of it%s"
              .formatted(address, reply.status(), NOTHING_IS_FETCHED));
    }
    if (reply.status() / 100 != 3 || reply.status() == NOT_MODIFIED) {
      return NONE;
    }
    URI to = target(address, reply);
    if (redirects == 0) {
      throw new RobotsException(
          "%s, on the host %s, redirects again after %d redirects%s"
              .formatted(address, address.getRawAuthority(), MOST_REDIRECTS, NOTHING_IS_FETCHED));
    }
    return body(to, redirects - 1, door);
  }

  private static Reply ask(URI address, PortalHttp door) {
    try {
      return door.send(Request.beginning(address, RobotsTxt.PARSED));
    } catch (PortalException e) {
      if (e.reason().isSilence() && !e.reason().isHttp()) {
        throw e; // the portal is away for every request
      }
      throw new RobotsException(e.getMessage() + NOTHING_IS_FETCHED, e);
    }
  }

  private URI target(URI from, Reply reply) {
    String location = reply.location().orElse("");
    URI to =
        Optional.of(location)
            .filter(text -> !WebAddress.isOnPage(text))
            .flatMap(text -> WebAddress.read(from, text))
            .map(WebAddress::uri)
            .orElseThrow(
                () ->
                    new RobotsException(
                        "%s, on the host %s, redirects to \"%s\", which is not an address%s"
                            .formatted(
                                from,
                                from.getRawAuthority(),
                                ServerText.cut(ServerText.harmless(location), LONGEST_SHOWN),
                                NOTHING_IS_FETCHED)));
    if (!allowedHosts.allows(to) && !bare(from).equals(bare(to))) {
      throw new RobotsException(
          "%s redirects to the host %s, which is not among portal.allowed-hosts%s"
              .formatted(from, to.getRawAuthority(), NOTHING_IS_FETCHED));
    }
    return to;
  }

  /** The host without {@code www.}, which names the same site. */
  private static String bare(URI address) {
    String host =
        WebAddress.read(address.toString()).map(WebAddress::host).orElse(address.getRawAuthority());
    return host.startsWith("www.") ? host.substring("www.".length()) : host;
  }
}
