package app;

import config.PortalSettings;
import portal.Dialect;
import portal.ecourts.EcourtsDialect;
import portal.links.LinksDialect;

/** Which kinds of portal there are: one line each. */
@FunctionalInterface
interface Dialects {
  /** Those that {@code portal.type} names. */
  Dialects KNOWN =
      (settings, maxIdLength) ->
          switch (settings.type()) {
            case "ecourts" -> new EcourtsDialect(settings, maxIdLength);
            default -> new LinksDialect(settings, maxIdLength);
          };

  /**
   * The dialect for these settings.
   *
   * @param maxIdLength longest identity of a document, in bytes
   */
  Dialect dialect(PortalSettings settings, int maxIdLength);
}
