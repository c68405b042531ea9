package portal;

/**
 * The only way to the portal. Every request of every script, for a listing or a document, goes
 * through it, and through the governor behind it.
 */
public interface PortalHttp {
  /**
   * Sends a request and receives the complete response. If the portal answers 429, all requests
   * pause, and this one is sent again.
   *
   * @return the response, whatever its status, except 429 and 5xx
   * @throws PortalException if no complete response arrived, or the portal was too busy (5xx), or
   *     robots.txt disallows a document
   * @throws RobotsException if robots.txt disallows another request, or could not be read
   * @throws java.util.concurrent.CancellationException if the script is being stopped
   */
  Reply send(Request request);
}
