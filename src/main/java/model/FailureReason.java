package model;

import java.util.Set;

/**
 * Why a document is not stored, as one of the words that manifests, the ledger and the API use.
 *
 * @param word the word, as {@code not_pdf} or {@code http_500}; never null
 */
public record FailureReason(String word) {
  // Failed: tried without success.
  public static final FailureReason GONE = new FailureReason("gone");
  public static final FailureReason NOT_PDF = new FailureReason("not_pdf");
  public static final FailureReason TRUNCATED = new FailureReason("truncated");
  public static final FailureReason EMPTY = new FailureReason("empty");
  public static final FailureReason TIMEOUT = new FailureReason("timeout");
  public static final FailureReason CONNECT = new FailureReason("connect");
  public static final FailureReason RESET = new FailureReason("reset");
  public static final FailureReason STORE = new FailureReason("store");

  // Rejected: never fetched, by rule.
  public static final FailureReason FOREIGN_HOST = new FailureReason("foreign_host");
  public static final FailureReason BAD_ADDRESS = new FailureReason("bad_address");
  public static final FailureReason TOO_LARGE = new FailureReason("too_large");
  public static final FailureReason WITHHELD = new FailureReason("withheld");
  public static final FailureReason UNREADABLE = new FailureReason("unreadable");

  private static final Set<FailureReason> REJECTIONS =
      Set.of(FOREIGN_HOST, BAD_ADDRESS, TOO_LARGE, WITHHELD, UNREADABLE);

  /** The reason for an answer whose status is neither 200 nor 404 nor 410. */
  public static FailureReason http(int status) {
    return new FailureReason("http_" + status);
  }

  /** Whether a document with this reason is rejected by rule rather than failed. */
  public boolean isRejection() {
    return REJECTIONS.contains(this);
  }

  /** Whether another try cannot help: the portal said that the document is gone, or a rule did. */
  public boolean isFinal() {
    return equals(GONE) || isRejection();
  }

  @Override
  public String toString() {
    return word;
  }
}
