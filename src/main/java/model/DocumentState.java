package model;

import java.util.Locale;

/** Where a document stands in the ledger. */
public enum DocumentState {
  /** In the bucket, acknowledged. */
  STORED,
  /** Tried without success, to be tried again while its page is open. */
  QUEUED,
  /** Given up until a person queues it again. */
  FAILED,
  /** Never fetched, by rule. */
  REJECTED;

  /** As the API and the manifests spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static DocumentState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Whether nothing more is done for such a document by itself. */
  public boolean isClosed() {
    return this != QUEUED;
  }
}
