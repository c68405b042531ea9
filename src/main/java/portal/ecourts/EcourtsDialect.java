package portal.ecourts;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import model.FailureReason;
import model.Ticker;
import portal.Address;
import portal.AllowedHosts;
import portal.Dialect;
import portal.Listing;
import portal.PortalException;
import portal.PortalHttp;
import portal.PortalScope;
import portal.Row;
import portal.RowCount;
import portal.SessionMemory;
import portal.http.PdfCheck;

/**
 * The dialect {@code ecourts}: the judgment portal of the Indian courts, as its own search page
 * speaks to it. Pages of the list come as JSON with a piece of HTML a row; a document takes two
 * steps, the second at an address that lives for a while and belongs to the session.
 */
final class EcourtsDialect implements Dialect {
  private final URI base;
  private final EcourtsForms forms;
  private final EcourtsRows rows;
  private final RowCount rowCount;
  private final AllowedHosts allowed;
  private final Ticker ticker;
  private final PdfCheck check = new PdfCheck();

  /**
   * @param base address of the search page, with a slash at its end
   */
  EcourtsDialect(URI base, EcourtsSettings settings, PortalScope scope, Ticker ticker) {
    this.base = base;
    this.forms = new EcourtsForms(settings, scope.pageSize());
    this.rows = new EcourtsRows(base, settings, scope.maxIdLength());
    this.rowCount = scope.rowCount();
    this.allowed = scope.allowed();
    this.ticker = ticker;
  }

  @Override
  public Session open(PortalHttp http, SessionMemory memory) {
    return new EcourtsSession(this, new EcourtsWire(this, http, memory), ticker);
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
