package model;

import java.util.Locale;

/** The state of a document in the ledger. */
public enum DocumentState {
  /** In the bucket, and acknowledged. */
  STORED,
  /** Tried without success; will be tried again while its page is open. */
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

  /** Whether the program will not try such a document again by itself. */
  public boolean isClosed() {
    return this != QUEUED;
  }
}
