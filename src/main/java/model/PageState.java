package model;

import java.util.Locale;

/** The state of a listing page in the ledger. */
public enum PageState {
  /** To be processed, or processed again by a sweep. */
  OPEN,
  /** Was complete before; its failed documents are retried. */
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
