package pipeline;

import java.net.URI;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import model.web.WebAddress;
import portal.PortalException;
import portal.PortalHttp;
import portal.Request;

/**
 * Finds out whether a host that was silent for a document responds at all, by requesting its
 * robots.txt: the one address that may be requested from any host.
 */
public final class HostProbe {
  private static final int ENOUGH = 1;

  private final Optional<WebAddress> portal;
  private final Predicate<WebAddress> isSpokenFor;
  private final IntFunction<PortalHttp> doorOfScript;

  /**
   * @param portal the portal's own host, which its listing vouches for; empty if unknown
   * @param isSpokenFor whether the listing vouches for another host, too
   * @param doorOfScript sends a script's requests, without asking robots.txt
   */
  public HostProbe(
      Optional<WebAddress> portal,
      Predicate<WebAddress> isSpokenFor,
      IntFunction<PortalHttp> doorOfScript) {
    this.isSpokenFor = isSpokenFor;
    this.portal = portal.map(WebAddress::root);
    this.doorOfScript = doorOfScript;
  }

  /**
   * Asks the host, if it is not the portal's own.
   *
   * @return its silence; empty if it answers
   */
  Optional<PortalException> silence(WebAddress host, int script) {
    if (portal.filter(host::equals).isPresent() || isSpokenFor.test(host)) {
      return Optional.empty();
    }
    try {
      URI address = host.uri().resolve("/robots.txt");
      doorOfScript.apply(script).send(Request.beginning(address, ENOUGH));
      return Optional.empty();
    } catch (PortalException e) {
      return Optional.of(e).filter(silence -> silence.reason().isSilence());
    }
  }
}
