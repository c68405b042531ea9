package app;

import config.Configuration;
import config.Survey;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import model.ObjectKey;
import model.Ticker;
import portal.AllowedHosts;
import portal.Dialect;
import portal.PortalScope;
import portal.PortalType;
import portal.Surveyor;
import portal.Workplace;
import portal.ecourts.EcourtsType;
import portal.links.LinksType;
import portal.list.ListType;
import portal.opendata.OpenDataType;

/**
 * The known portal types.
 *
 * @param all as {@code portal.type} names them
 */
public record PortalTypes(List<PortalType> all) {
  /** Another type needs one class, and one line here. */
  public static final PortalTypes KNOWN =
      new PortalTypes(
          List.of(
              new LinksType(), //
              new EcourtsType(),
              new OpenDataType(),
              new ListType()));

  /**
   * Creates the dialect of the configured type, which must be one of these.
   *
   * @param place what the instance provides to it
   */
  Dialect dialect(
      Configuration configuration, Ticker ticker, InstantSource clock, Workplace place) {
    PortalScope scope =
        new PortalScope(
            new AllowedHosts(configuration.portal().allowedHosts()),
            configuration.harvest().distribution().pageSize(),
            configuration.harvest().distribution().pages(),
            ObjectKey.longestId(configuration.store().prefix()),
            configuration.portal().maxRedirects(),
            configuration.survey().map(Survey::folder));
    return type(configuration).create(configuration.values(), scope, ticker, clock, place);
  }

  /**
   * Completes configurations with what the sources of these types say.
   *
   * @param folder working folder
   */
  public Surveyor surveyor(Path folder) {
    return new Surveyor(all, folder, PortalDoor::open);
  }

  /** An address of the configured portal; empty if it has none. */
  Optional<URI> address(Configuration configuration) {
    return type(configuration).address(configuration.values());
  }

  /** Whether documents come from a portal, rather than from a store of open data. */
  boolean needsUrl(Configuration configuration) {
    return type(configuration).needsUrl();
  }

  private PortalType type(Configuration configuration) {
    return all.stream()
        .filter(type -> type.name().equals(configuration.portal().type()))
        .findFirst()
        .orElseThrow();
  }
}
