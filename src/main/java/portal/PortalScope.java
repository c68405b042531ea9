package portal;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is harvested from a portal, whatever its type.
 *
 * @param allowed hosts that may be fetched
 * @param pageSize rows of a full page
 * @param pages number of pages, according to the configuration
 * @param maxIdLength longest identity of a document, in bytes
 * @param maxRedirects redirects followed for one request
 * @param surveyed folder in which the {@link PortalType#survey survey} has kept data for the
 *     dialect; empty if there was none
 */
public record PortalScope(
    AllowedHosts allowed,
    int pageSize,
    int pages,
    int maxIdLength,
    int maxRedirects,
    Optional<Path> surveyed) {
  /** The check for the number of rows on a page. */
  public RowCount rowCount() {
    return new RowCount(pageSize, pages);
  }
}
