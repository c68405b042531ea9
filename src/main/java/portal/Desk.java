package portal;

import model.StopSignal;

/**
 * What a script lends to its session for requests that do not go through {@link PortalHttp}, such
 * as those of an S3 client: each needs a permit, and ends when the script stops.
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
