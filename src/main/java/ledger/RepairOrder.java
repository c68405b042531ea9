package ledger;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import model.PageRange;

/**
 * The repairs that an audit found necessary. Pages of other instances are left alone.
 *
 * @param documents documents to fetch again, each with the pages that list it, which get new
 *     manifests
 * @param pages pages to list again
 * @param beyond pages by which the portal has grown, and which have no manifest; empty if it has
 *     not
 */
public record RepairOrder(
    Map<String, ? extends Collection<Integer>> documents,
    Collection<Integer> pages,
    Optional<PageRange> beyond) {

  /** Whether there is nothing to repair. */
  public boolean isEmpty() {
    return size() == 0;
  }

  /** How many repairs it has. */
  public int size() {
    return documents.size() + pages.size() + (beyond.isPresent() ? 1 : 0);
  }
}
