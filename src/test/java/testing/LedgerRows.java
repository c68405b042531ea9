package testing;

import java.util.List;
import ledger.FailureFilter;
import ledger.FailureList;
import ledger.Ledger;
import ledger.UnstoredRow;
import model.PageRange;

/** Reads what a ledger says about rows whose document is not in the bucket. */
public final class LedgerRows {
  private static final int MOST = 1_000;

  private LedgerRows() {}

  /** Those of closed pages in the range, in order. */
  public static List<UnstoredRow> unstored(Ledger ledger, int first, int last) {
    FailureFilter pages = new FailureFilter(null, new PageRange(first, last), null);
    return ledger.failures().rows(pages, FailureList.Position.START, MOST);
  }
}
