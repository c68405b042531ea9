package portal.http;

import java.util.Optional;

/** Is told while requests to the portal wait. */
@FunctionalInterface
public interface WaitObserver {
  /**
   * Called again and again, by every thread whose request waits: must be fast.
   *
   * @param party who sends the request
   * @param hold why the portal holds it back for long; empty if it does not
   */
  void waits(Object party, Optional<Hold> hold);
}
