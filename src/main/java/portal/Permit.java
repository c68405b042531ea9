package portal;

import java.time.Duration;
import java.util.Optional;

/** Permission of the governor for one request. */
public interface Permit extends AutoCloseable {
  /** The portal has answered well. */
  void answered();

  /** The portal answered 5xx. */
  void overloaded();

  /**
   * The portal answered that it wants no request for a while: all requests pause.
   *
   * @param time how long; empty if it did not say, for the usual time
   * @param why who asked for it, and how
   */
  void paused(Optional<Duration> time, String why);

  /** Ends the request. */
  @Override
  void close();
}
