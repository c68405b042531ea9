package portal.ecourts;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import portal.Identity;
import portal.Listing;
import portal.Row;
import portal.list.HarvestList;
import portal.list.ListRecord;
import portal.list.ListRows;

/** A list of paths of documents, in place of the portal's search. */
final class EcourtsList {
  private final HarvestList list;
  private final URI base;
  private final Identity identity;

  /**
   * @param base address of the search page
   * @param identity what makes two paths the same document
   */
  EcourtsList(HarvestList list, URI base, Identity identity) {
    this.list = list;
    this.base = base;
    this.identity = identity;
  }

  EcourtsDialect.EcourtsListing page(int page) {
    List<EcourtsRows.Listed> listed = new ArrayList<>();
    list.page(page).forEach(said -> listed.add(row(listed.size() + 1, said)));
    List<Row> rows = listed.stream().map(EcourtsRows.Listed::row).toList();
    return new EcourtsDialect.EcourtsListing(
        new Listing(page, rows, OptionalLong.of(list.total())), listed);
  }

  private EcourtsRows.Listed row(int number, ListRecord said) {
    Optional<String> path = ListRows.either(said, ListRows.PATH, ListRows.URL).map(this::path);
    if (path.isEmpty() || !ListRows.isSensible(said)) {
      return new EcourtsRows.Listed(ListRows.unreadable(number, said), null);
    }
    EcourtsDocument document = EcourtsDocument.named(number, path.get());
    return document
        .address(base, identity)
        .map(
            address ->
                new EcourtsRows.Listed(
                    new Row(
                        number, address.id(), address.uri().toString(), null, ListRows.facts(said)),
                    document))
        .orElseGet(
            () -> new EcourtsRows.Listed(ListRows.badAddress(number, said, path.get()), null));
  }

  /** A list may have addresses as manifests have them, below the search page. */
  private String path(String given) {
    return given.startsWith(base.toString())
        ? EcourtsDocument.decoded(given.substring(base.toString().length()))
        : given;
  }
}
