package ledger;

import java.util.Collection;
import java.util.Map;

/**
 * What an audit found to be mended. Pages of other instances are left alone.
 *
 * @param documents documents to fetch again, each with the pages that list it, which get new
 *     manifests
 * @param pages pages to list again
 * @param lastPage the portal has grown up to this page; 0 if it has not
 */
public record RepairOrder(
    Map<String, ? extends Collection<Integer>> documents, Collection<Integer> pages, int lastPage) {

  /** Whether there is nothing to mend. */
  public boolean isEmpty() {
    return size() == 0;
  }

  /** How many repairs it has. */
  public int size() {
    return documents.size() + pages.size() + (lastPage > 0 ? 1 : 0);
  }
}
