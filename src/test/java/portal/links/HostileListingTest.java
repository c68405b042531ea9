package portal.links;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import model.FailureReason;
import model.web.WebAddress;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import portal.AllowedHosts;
import portal.Identity;
import portal.Listing;
import portal.PortalException;
import portal.PortalScope;
import portal.Reply;
import portal.Row;
import portal.http.Redirects;
import testing.Mutations;

/** Listings that try to exhaust the reader. */
class HostileListingTest {
  private static final URI ADDRESS = URI.create("http://portal.test/list/1");
  private static final AllowedHosts ALLOWED = new AllowedHosts(List.of("portal.test"));
  private static final String PAGE =
      "<!doctype html><html><head><meta charset=utf-8><base href='/doc/'><title>1</title></head>"
          + "<body><p id=total>1-3 of 1,234</p><table><tr><th>Title<th>Date</tr>"
          + "<tr><td><a href='a.pdf?x=1&amp;y=%20'>A &quot;v&quot; B</a><td>2023-03-16</tr>"
          + "<tr><td><a href=\"//portal.test/b.pdf\">\u0915 v \u0916</a><td>16/03/2023</tr>"
          + "<tr><td><a onclick=\"open('c.pdf')\" href='#'>C</a><td></tr></table></body></html>";

  private final ListingPage page =
      new ListingPage(
          new LinksSettings(Optional.of("a"), Optional.of("#total"), List.of()),
          new PortalScope(ALLOWED, 3, 10, 1000, 5, Optional.empty()),
          new Identity(ADDRESS, List.of(), 1000));

  @Provide
  Arbitrary<byte[]> pages() {
    return Mutations.of(PAGE.getBytes(UTF_8));
  }

  @Property(tries = 300)
  void anyPageYieldsRowsOrIsUnreadable(@ForAll("pages") byte[] html) {
    Reply reply = new Reply(200, Map.of("content-type", List.of("text/html")), html, null);
    Listing listing;
    try {
      listing = page.read(1, ADDRESS, new Redirects.Arrival(reply, ADDRESS));
    } catch (PortalException e) {
      assertThat(e.reason()).isEqualTo(FailureReason.UNREADABLE);
      return;
    }
    int number = 0;
    for (Row row : listing.rows()) {
      assertThat(row.number()).isEqualTo(++number);
      assertThat(row.facts().values()).doesNotContain("").doesNotContainNull();
      if (row.isFetchable()) {
        assertThat(WebAddress.read(row.address()).map(WebAddress::uri).filter(ALLOWED::allows))
            .isPresent();
        assertThat(row.id()).matches("[\\x21-\\x7E]{1,1000}");
      }
    }
  }
}
