package portal;

/**
 * What is harvested from a portal, whatever its type.
 *
 * @param allowed hosts that may be fetched
 * @param pageSize rows of a full page
 * @param pages number of pages, according to the configuration
 * @param maxIdLength longest identity of a document, in bytes
 * @param maxRedirects redirects followed for one request
 */
public record PortalScope(
    AllowedHosts allowed, int pageSize, int pages, int maxIdLength, int maxRedirects) {
  /** The check for the number of rows on a page. */
  public RowCount rowCount() {
    return new RowCount(pageSize, pages);
  }
}
