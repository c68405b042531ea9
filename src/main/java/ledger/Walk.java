package ledger;

import java.util.Map;

/**
 * The result of the last walk over a range of pages.
 *
 * @param found documents found for the first time, since the pages were last swept
 * @param totals how many different totals the portal named on the pages; naming none counts as one
 * @param unstored rows of the pages whose document is not in the bucket, by reason, most frequent
 *     first
 */
public record Walk(long found, int totals, Map<String, Long> unstored) {

  /** The same for a source whose pages never change: there, a changed total says nothing. */
  public Walk ofFixedList() {
    return new Walk(found, 1, unstored);
  }

  /** Whether the portal's total changed while the pages were read. */
  public boolean sawAnotherTotal() {
    return totals > 1;
  }
}
