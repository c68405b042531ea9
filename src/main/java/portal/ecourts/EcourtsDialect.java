package portal.ecourts;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import model.FailureReason;
import model.ServerText;
import model.Ticker;
import model.web.WebAddress;
import portal.AllowedHosts;
import portal.Dialect;
import portal.Identity;
import portal.Listing;
import portal.PortalException;
import portal.PortalHttp;
import portal.PortalScope;
import portal.Row;
import portal.RowCount;
import portal.SessionMemory;
import portal.http.Cookies;
import portal.http.PdfCheck;
import portal.http.Redirects;
import portal.list.HarvestList;

/**
 * The dialect {@code ecourts}: the judgment portal of the Indian courts, used the way its own
 * search page does. Listing pages are JSON with a piece of HTML per row. A document takes two
 * steps; the second one uses a short-lived address that belongs to the session.
 */
final class EcourtsDialect implements Dialect {
  private static final int LONGEST_SHOWN = 200;

  private final URI base;
  private final Identity identity;
  private final EcourtsForms forms;
  private final EcourtsRows rows;
  private final Optional<EcourtsList> list;
  private final RowCount rowCount;
  private final AllowedHosts allowed;
  private final Redirects redirects;
  private final Ticker ticker;
  private final InstantSource clock;
  private final PdfCheck check = new PdfCheck();

  /**
   * @param base address of the search page, with a slash at its end
   * @param list whose documents are fetched instead of those that the search finds
   * @param clock says which cookies have expired
   */
  EcourtsDialect(
      URI base,
      EcourtsSettings settings,
      PortalScope scope,
      Optional<HarvestList> list,
      Ticker ticker,
      InstantSource clock) {
    this.clock = clock;
    this.base = base;
    this.forms = new EcourtsForms(settings, scope.pageSize());
    this.identity = new Identity(base, List.of(), scope.maxIdLength());
    this.rows = new EcourtsRows(base, settings, identity);
    this.list = list.map(named -> new EcourtsList(named, base, identity));
    this.rowCount = scope.rowCount();
    this.allowed = scope.allowed();
    this.redirects = new Redirects(scope.allowed(), scope.maxRedirects());
    this.ticker = ticker;
  }

  @Override
  public Session open(PortalHttp http, SessionMemory memory) {
    return new EcourtsSession(this, new EcourtsWire(this, http, memory), ticker);
  }

  @Override
  public Optional<String> idOf(WebAddress address) {
    return EcourtsDocument.idAt(address, base, identity);
  }

  /** No cookies yet, of a new session. */
  Cookies cookies() {
    return new Cookies(clock);
  }

  URI base() {
    return base;
  }

  EcourtsForms forms() {
    return forms;
  }

  Redirects redirects() {
    return redirects;
  }

  PdfCheck check() {
    return check;
  }

  /** The list whose documents are fetched; empty if the search finds them. */
  Optional<EcourtsList> list() {
    return list;
  }

  /**
   * Reads a listing page.
   *
   * @throws PortalException if it cannot be read, or has fewer rows than it must have
   */
  EcourtsListing listing(int page, JsonNode report) {
    OptionalLong total = total(report.path("iTotalRecords").asText());
    JsonNode cells = report.path("aaData");
    String where = "page " + page + " of " + base;
    if (total.isEmpty() || !cells.isArray()) {
      throw new PortalException(
          FailureReason.UNREADABLE, where + " lacks iTotalRecords or its rows, aaData");
    }
    RowCount.limit(cells.size(), where);
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
   * Resolves a short-lived address that the portal returned.
   *
   * @throws PortalException if it is not an address, or its host is not allowed
   */
  URI passing(String reference) {
    URI address =
        WebAddress.read(base, reference)
            .map(WebAddress::uri)
            .orElseThrow(
                () ->
                    new PortalException(
                        FailureReason.NOT_PDF,
                        "the portal returned \"%s\", which is not an address"
                            .formatted(
                                ServerText.cut(ServerText.harmless(reference), LONGEST_SHOWN))));
    if (!allowed.allows(address)) {
      throw PortalException.passing(
          FailureReason.FOREIGN_HOST,
          "the portal returned " + address + ", whose host is not in portal.allowed-hosts");
    }
    return address;
  }

  /** A listing page, and how to request its documents. */
  record EcourtsListing(Listing listing, List<EcourtsRows.Listed> rows) {}
}
