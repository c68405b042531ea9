package portal;

import config.PortalChecks;
import config.Values;
import java.time.InstantSource;
import model.Ticker;

/**
 * One type of portal: its name in {@code portal.type}, its keys with their checks, and its dialect.
 * Each type is one line in the list of types, and nothing else refers to it.
 */
public interface PortalType extends PortalChecks {
  /**
   * Creates the dialect, which all scripts share.
   *
   * @param values the checked configuration
   * @param scope what is harvested
   * @param ticker the time that passes between two requests
   * @param clock the time of day, as cookies name it
   */
  Dialect create(Values values, PortalScope scope, Ticker ticker, InstantSource clock);
}
