package portal.links;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import model.Validators;
import model.web.WebAddress;
import portal.Dialect;
import portal.Download;
import portal.Identity;
import portal.Listing;
import portal.PortalHttp;
import portal.PortalScope;
import portal.Request;
import portal.Row;
import portal.RowCount;
import portal.SessionMemory;
import portal.http.Cookies;
import portal.http.DocumentFetch;
import portal.http.Redirects;

/**
 * The dialect {@code links}: HTML listing pages at numbered addresses, with links to the documents.
 */
final class LinksDialect implements Dialect {
  private final String url;
  private final int pageSize;
  private final Identity identity;
  private final ListingPage reader;
  private final RowCount rowCount;
  private final String ifNoElement;
  private final Redirects redirects;
  private final InstantSource clock;
  private final DocumentFetch documents = new DocumentFetch();

  /**
   * @param url holds {@code {page}}, {@code {page0}} or {@code {offset}}
   * @param clock says which cookies have expired
   */
  LinksDialect(String url, LinksSettings settings, PortalScope scope, InstantSource clock) {
    this.clock = clock;
    this.url = url;
    this.pageSize = scope.pageSize();
    this.identity = new Identity(address(1), settings.dropParameters(), scope.maxIdLength());
    this.reader = new ListingPage(settings, scope, identity);
    this.rowCount = scope.rowCount();
    this.ifNoElement =
        settings
            .linkSelector()
            .map("; no element matches portal.link-selector=%s"::formatted)
            .orElse("; no link leads to a .pdf: set portal.link-selector");
    this.redirects = new Redirects(scope.allowed(), scope.maxRedirects());
  }

  @Override
  public Session open(PortalHttp http, SessionMemory memory) {
    return new LinksSession(http);
  }

  @Override
  public Optional<String> idOf(WebAddress address) {
    return Optional.of(identity.of(address));
  }

  private URI address(int page) {
    long offset = (long) (page - 1) * pageSize;
    return WebAddress.read(
            url.replace("{page}", String.valueOf(page))
                .replace("{page0}", String.valueOf(page - 1))
                .replace("{offset}", String.valueOf(offset)))
        .map(WebAddress::uri)
        .orElseThrow();
  }

  /** The session of one script. */
  private final class LinksSession implements Session {
    private final PortalHttp door;
    private final PortalHttp http;

    /** The address of the page in progress. */
    private volatile URI referer = address(1);

    LinksSession(PortalHttp http) {
      this.door = new Cookies(clock).around(http);
      this.http = redirects.around(door);
    }

    @Override
    public void recall(int page) {
      referer = address(page);
    }

    @Override
    public int parallel() {
      return Integer.MAX_VALUE; // the governor limits it
    }

    @Override
    public Listing list(int page) {
      URI address = address(page);
      referer = address;
      Redirects.Arrival arrival = redirects.follow(door, Request.page(address));
      DocumentFetch.requireFound(arrival.reply(), address.toString());
      Listing listing = reader.read(page, address, arrival);
      rowCount.require(
          listing.rows().size(), page, listing.total(), address.toString(), ifNoElement);
      return listing;
    }

    @Override
    public Download fetch(Row row, Path spool) {
      return fetchIfChanged(row, spool, Validators.NONE).orElseThrow();
    }

    @Override
    public Optional<Download> fetchIfChanged(Row row, Path spool, Validators stored) {
      return documents.fetch(http, row, spool, stored, Optional.of(referer), download -> {});
    }
  }
}
