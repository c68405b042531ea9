package model;

import java.util.Locale;

/** Where a listing page stands in the ledger. */
public enum PageState {
  /** To be walked, or walked again by a sweep. */
  OPEN,
  /** Walked before; documents that had failed are tried again. */
  RETRY,
  /** Every row is settled, and the manifest is in the bucket. */
  COMPLETE;

  /** As the ledger spells it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static PageState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
