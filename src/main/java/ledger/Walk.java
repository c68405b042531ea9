package ledger;

/**
 * The result of the last walk over a range of pages.
 *
 * @param found documents found for the first time, since the pages were last swept
 * @param totals how many different totals the portal named on the pages; naming none counts as one
 */
public record Walk(long found, int totals) {

  /** Whether the portal's total changed while the pages were read. */
  public boolean sawAnotherTotal() {
    return totals > 1;
  }
}
