package pipeline;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import ledger.Documents;
import model.FailureReason;
import portal.Listing;
import portal.PortalException;
import portal.Row;

/**
 * Notices when the portal numbers its pages differently from the plan: two neighbouring pages list
 * the same documents, so that others would never be requested.
 */
public final class PlanCheck {
  /** One document may be listed twice in a row. */
  private static final int FEWEST = 2;

  private final PortalTotal total;
  private final Documents documents;
  private final boolean isCounted;
  private final Map<Integer, Seen> lastOf = new ConcurrentHashMap<>();

  private record Seen(int page, Set<String> ids) {}

  /**
   * @param isCounted whether the portal numbers the pages; otherwise each page is what the plan
   *     says, whatever it has in common with another
   */
  public PlanCheck(PortalTotal total, Documents documents, boolean isCounted) {
    this.isCounted = isCounted;
    this.total = total;
    this.documents = documents;
  }

  /**
   * A neighbouring page that named the same documents when it was read. The list may have moved
   * since: {@link #require} compares both as they are now.
   */
  OptionalInt twin(Listing listing) {
    Set<String> ids = ids(listing);
    int before = listing.page() - 1;
    if (!isCounted || ids.size() < FEWEST) {
      return OptionalInt.empty();
    }
    if (before >= 1 && idsOf(before).map(ids::equals).orElseGet(() -> recordedOn(before, ids))) {
      return OptionalInt.of(before);
    }
    int after = listing.page() + 1; // it was read by another script
    return idsOf(after).filter(ids::equals).isPresent()
        ? OptionalInt.of(after)
        : OptionalInt.empty();
  }

  private Optional<Set<String>> idsOf(int page) {
    return lastOf.values().stream().filter(seen -> seen.page() == page).map(Seen::ids).findFirst();
  }

  /** Whether the ledger, which outlives a restart, knows them all from that page. */
  private boolean recordedOn(int page, Set<String> ids) {
    return ids.stream()
        .allMatch(id -> documents.find(id).filter(known -> known.page() == page).isPresent());
  }

  /**
   * @param listing a page
   * @param other its neighbour, read at the same time
   * @throws PortalException if they name the same documents
   */
  void require(Listing listing, Listing other) {
    Set<String> ids = ids(listing);
    if (ids.size() >= FEWEST && ids.equals(ids(other))) {
      throw new PortalException(
          FailureReason.UNREADABLE,
          ("page %d names the same %,d documents as page %d, so others would never be requested:"
                  + " in portal.url, {page} counts pages from 1, {page0} from 0, {offset} counts"
                  + " rows; harvest.page-size and harvest.total-results must be the portal's")
              .formatted(listing.page(), ids.size(), other.page()));
    }
  }

  /** Remembers a page, and the portal's total. */
  void saw(int script, Listing listing) {
    lastOf.put(script, new Seen(listing.page(), ids(listing)));
    listing.total().ifPresent(total::saw);
  }

  private static Set<String> ids(Listing listing) {
    return listing.rows().stream().map(Row::id).collect(Collectors.toCollection(HashSet::new));
  }
}
