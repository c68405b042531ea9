package portal.list;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import model.FailureReason;
import model.Validators;
import model.web.WebAddress;
import portal.Address;
import portal.AllowedHosts;
import portal.Dialect;
import portal.Download;
import portal.Identity;
import portal.Listing;
import portal.PortalHttp;
import portal.PortalScope;
import portal.Row;
import portal.SessionMemory;
import portal.http.Cookies;
import portal.http.DocumentFetch;
import portal.http.Redirects;

/** The dialect {@code list}: a page is so many records of a list that is on this machine. */
final class ListDialect implements Dialect {
  /** Nobody's host, for a list that has no address: all documents lie on others. */
  private static final URI NOWHERE = URI.create("https://list.invalid/");

  private static final String KEY = "key";

  private final HarvestList list;
  private final Optional<URI> address;
  private final URI base;
  private final AllowedHosts allowed;
  private final int pageSize;
  private final Identity identity;
  private final Redirects redirects;
  private final InstantSource clock;

  /** Records, from 0, whose key is that of another document. */
  private final BitSet taken;

  private final DocumentFetch documents = new DocumentFetch();

  /**
   * @param address of the list; empty if it has none
   * @param dropped query parameters that do not belong to a document's identity
   * @param clock says which cookies have expired
   */
  ListDialect(
      HarvestList list,
      Optional<URI> address,
      List<String> dropped,
      PortalScope scope,
      InstantSource clock) {
    this.list = list;
    this.address = address;
    this.base = address.orElse(NOWHERE);
    this.allowed = scope.allowed();
    this.pageSize = scope.pageSize();
    this.identity = new Identity(base, dropped, scope.maxIdLength());
    this.redirects = new Redirects(scope.allowed(), scope.maxRedirects());
    this.clock = clock;
    String settings = "%s %s %d %s".formatted(base, dropped, scope.maxIdLength(), allowed);
    this.taken = TakenKeys.find(list, settings, this::claim);
  }

  @Override
  public Session open(PortalHttp http, SessionMemory memory) {
    return new ListSession(redirects.around(new Cookies(clock).around(http)));
  }

  @Override
  public Optional<String> idOf(WebAddress address) {
    return Optional.of(identity.of(address)); // unless the list names another
  }

  private Optional<TakenKeys.Claim> claim(ListRecord said) {
    Row row = row(1, said);
    return row.isFetchable()
        ? WebAddress.read(row.address())
            .map(address -> new TakenKeys.Claim(row.id(), identity.of(address)))
        : Optional.empty();
  }

  private Row row(int number, ListRecord said) {
    Optional<String> link = ListRows.either(said, ListRows.URL, ListRows.PATH);
    if (link.isEmpty()
        || !ListRows.isSensible(said)
        || said.field(KEY).filter(key -> !isName(key)).isPresent()) {
      return ListRows.unreadable(number, said);
    }
    return Address.of(base, link.get(), identity)
        .filter(found -> !isNowhere(found))
        .map(found -> row(number, said, found))
        .orElseGet(() -> ListRows.badAddress(number, said, link.get()));
  }

  private static boolean isName(String key) {
    return !ListRows.isMisread(key) && !key.matches("/+");
  }

  /** Whether a link was relative, and the list has no address. */
  private static boolean isNowhere(Address found) {
    return NOWHERE.getHost().equals(found.uri().getHost());
  }

  private Row row(int number, ListRecord said, Address found) {
    return new Row(
        number,
        said.field(KEY).map(identity::ofName).orElse(found.id()),
        found.web().requested(),
        allowed.allows(found.uri()) ? null : FailureReason.FOREIGN_HOST,
        ListRows.facts(said));
  }

  /** The session of one script. */
  private final class ListSession implements Session {
    private final PortalHttp http;

    ListSession(PortalHttp http) {
      this.http = http;
    }

    @Override
    public int parallel() {
      return Integer.MAX_VALUE; // the governor limits it
    }

    @Override
    public Listing list(int page) {
      List<Row> rows = new ArrayList<>();
      int before = (page - 1) * pageSize;
      for (ListRecord said : list.page(page)) {
        int number = rows.size() + 1;
        rows.add(
            taken.get(before + rows.size())
                ? ListRows.unreadable(number, said)
                : row(number, said));
      }
      return new Listing(page, rows, OptionalLong.of(list.total()));
    }

    @Override
    public Download fetch(Row row, Path spool) {
      return fetchIfChanged(row, spool, Validators.NONE).orElseThrow();
    }

    @Override
    public Optional<Download> fetchIfChanged(Row row, Path spool, Validators stored) {
      return documents.fetch(
          http, row, spool, stored, address, download -> ExpectedBytes.require(row, download));
    }
  }
}
