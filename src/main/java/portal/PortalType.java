package portal;

import config.PortalChecks;
import config.Values;
import model.Ticker;

/**
 * One type of portal: what {@code portal.type} calls it, its keys with their checks, and the
 * dialect that speaks to it. Each is one line in the list of types, and nothing else names it.
 */
public interface PortalType extends PortalChecks {
  /**
   * Makes the dialect that speaks to the portal, which all scripts share.
   *
   * @param values the configuration, checked
   * @param scope what is to be harvested there
   * @param ticker the time that passes between two requests
   */
  Dialect create(Values values, PortalScope scope, Ticker ticker);
}
