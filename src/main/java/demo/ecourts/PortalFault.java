package demo.ecourts;

import java.util.function.Function;
import java.util.function.Supplier;

/** A way in which {@link EcourtsPortal} mishandles a request. */
@FunctionalInterface
public interface PortalFault {
  /** The faulty response. */
  PortalAnswer answer(Usual usual);

  /**
   * The responses of the portal without the fault.
   *
   * @param right serves the request
   * @param error refuses it with a message
   * @param expiry ends the session and says so
   */
  record Usual(
      Supplier<PortalAnswer> right,
      Function<String, PortalAnswer> error,
      Supplier<PortalAnswer> expiry) {}
}
