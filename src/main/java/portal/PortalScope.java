package portal;

/**
 * What of a portal is harvested, whatever its type.
 *
 * @param allowed hosts that may be fetched
 * @param pageSize rows of a full page
 * @param pages how many pages there are by the configuration
 * @param maxIdLength longest identity of a document, in bytes
 */
public record PortalScope(AllowedHosts allowed, int pageSize, int pages, int maxIdLength) {
  /** How many rows a page must hold. */
  public RowCount rowCount() {
    return new RowCount(pageSize, pages);
  }
}
