package portal;

import model.StopSignal;

/**
 * What a script lends to its session for requests that another client sends than {@link PortalHttp}
 * does, such as one of S3: each needs a permit, and ends when the script stops.
 */
public interface Desk {
  /**
   * Waits for the permission for one request.
   *
   * @return must be closed once, when the request has ended
   * @throws java.util.concurrent.CancellationException if the script stops
   */
  Permit enter();

  /** The signal of the script's current run. */
  StopSignal stop();
}
