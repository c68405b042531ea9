package demo.ecourts;

import java.util.function.Function;
import java.util.function.Supplier;

/** One way in which {@link EcourtsPortal} answers a request wrongly. */
@FunctionalInterface
public interface PortalFault {
  /** The wrong answer. */
  PortalAnswer answer(Usual usual);

  /**
   * What the portal would say, had it no fault.
   *
   * @param right does what was asked
   * @param error refuses with a message
   * @param expiry ends the session and says so
   */
  record Usual(
      Supplier<PortalAnswer> right,
      Function<String, PortalAnswer> error,
      Supplier<PortalAnswer> expiry) {}
}
