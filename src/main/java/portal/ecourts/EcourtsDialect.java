package portal.ecourts;

import com.fasterxml.jackson.databind.JsonNode;
import config.PortalSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import model.FailureReason;
import portal.Address;
import portal.AllowedHosts;
import portal.Dialect;
import portal.Listing;
import portal.PortalException;
import portal.PortalHttp;
import portal.Row;
import portal.RowCount;
import portal.SessionMemory;
import portal.http.PdfCheck;

/**
 * The dialect {@code ecourts}: the judgment portal of the Indian courts, as its own search page
 * speaks to it. Pages of the list come as JSON with a piece of HTML a row; a document takes two
 * steps, the second at an address that lives for a while and belongs to the session.
 */
public final class EcourtsDialect implements Dialect {
  private final URI base;
  private final EcourtsForms forms;
  private final EcourtsRows rows;
  private final RowCount rowCount;
  private final AllowedHosts allowed;
  private final PdfCheck check = new PdfCheck();

  /**
   * @param settings with the address of the search page as URL
   * @param maxIdLength longest identity of a document, in bytes
   */
  public EcourtsDialect(PortalSettings settings, int maxIdLength) {
    this.base = URI.create(settings.url().endsWith("/") ? settings.url() : settings.url() + "/");
    this.forms = new EcourtsForms(settings.ecourts(), settings.pageSize());
    this.rows = new EcourtsRows(base, settings.ecourts(), maxIdLength);
    this.rowCount = new RowCount(settings.pageSize(), settings.pages());
    this.allowed = new AllowedHosts(settings.allowedHosts());
  }

  @Override
  public Session open(PortalHttp http, SessionMemory memory) {
    return new EcourtsSession(this, new EcourtsWire(this, http, memory));
  }

  URI base() {
    return base;
  }

  EcourtsForms forms() {
    return forms;
  }

  PdfCheck check() {
    return check;
  }

  /**
   * Reads a page of the list.
   *
   * @throws PortalException when it cannot be read, or holds fewer rows than it must
   */
  EcourtsListing listing(int page, JsonNode report) {
    OptionalLong total = total(report.path("iTotalRecords").asText());
    JsonNode cells = report.path("aaData");
    String where = "page " + page + " of " + base;
    if (total.isEmpty() || !cells.isArray()) {
      throw new PortalException(
          FailureReason.UNREADABLE,
          where + " came without iTotalRecords or without its rows, aaData");
    }
    rowCount.require(cells.size(), page, total, where);
    List<EcourtsRows.Listed> listed = rows.read(cells);
    List<Row> found = new ArrayList<>();
    listed.forEach(each -> found.add(each.row()));
    return new EcourtsListing(new Listing(page, found, total), listed);
  }

  private static OptionalLong total(String text) {
    String digits = text.replaceAll("[,\\s]", "");
    return digits.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  /**
   * The address that the portal names for a moment.
   *
   * @throws PortalException when it is none, or leads to a host that may not be asked
   */
  URI passing(String reference) {
    Address address =
        Address.of(base, reference, Integer.MAX_VALUE)
            .orElseThrow(
                () ->
                    new PortalException(
                        FailureReason.NOT_PDF,
                        "the portal names \"" + reference + "\", no address"));
    if (!allowed.allows(address.uri())) {
      throw PortalException.passing(
          FailureReason.FOREIGN_HOST,
          "the portal names " + address.uri() + ", which portal.allowed-hosts does not");
    }
    return address.uri();
  }

  /** A page of the list, and how its documents are asked for. */
  record EcourtsListing(Listing listing, List<EcourtsRows.Listed> rows) {}
}
