package ledger;

/**
 * What the last walk over a range of pages came to.
 *
 * @param found documents that were not known before: since the pages were last swept, or ever
 * @param totals how many different totals the portal named on the pages; naming none counts as one
 */
public record Walk(long found, int totals) {

  /** Whether the portal's total changed while the pages were read. */
  public boolean sawAnotherTotal() {
    return totals > 1;
  }
}
