package portal;

/**
 * The one door to the portal. Every request, listing or document, of every script goes through it
 * and through the governor behind it.
 */
public interface PortalHttp {
  /**
   * Sends the request and receives its answer whole.
   *
   * @return the answer, whatever its status, except 429 and 5xx
   * @throws PortalException when no whole answer came, or the portal was too busy (429, 5xx)
   * @throws RobotsException when robots.txt forbids the request or could not be read
   * @throws java.util.concurrent.CancellationException when the script is being stopped
   */
  Reply send(Request request);
}
