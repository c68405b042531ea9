package model;

import java.util.Locale;

/** The state of a listing page in the ledger. */
public enum PageState {
  /** Will be walked, or walked again by a sweep. */
  OPEN,
  /** Was walked before; its failed documents are tried again. */
  RETRY,
  /** Every row is settled, and the manifest is in the bucket. */
  COMPLETE;

  /** The word in the ledger. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static PageState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
