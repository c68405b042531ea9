package model;

import java.util.Set;

/**
 * Why a document is not stored, as one of the words that manifests, the ledger and the API use.
 *
 * @param word the word, as {@code not_pdf} or {@code http_500}; never null
 */
public record Reason(String word) {
  // Failed: tried without success.
  public static final Reason GONE = new Reason("gone");
  public static final Reason NOT_PDF = new Reason("not_pdf");
  public static final Reason TRUNCATED = new Reason("truncated");
  public static final Reason EMPTY = new Reason("empty");
  public static final Reason TIMEOUT = new Reason("timeout");
  public static final Reason CONNECT = new Reason("connect");
  public static final Reason RESET = new Reason("reset");
  public static final Reason STORE = new Reason("store");

  // Rejected: never fetched, by rule.
  public static final Reason FOREIGN_HOST = new Reason("foreign_host");
  public static final Reason BAD_ADDRESS = new Reason("bad_address");
  public static final Reason TOO_LARGE = new Reason("too_large");
  public static final Reason WITHHELD = new Reason("withheld");
  public static final Reason UNREADABLE = new Reason("unreadable");

  private static final Set<Reason> REJECTIONS =
      Set.of(FOREIGN_HOST, BAD_ADDRESS, TOO_LARGE, WITHHELD, UNREADABLE);

  /** The reason for an answer whose status is neither 200 nor 404 nor 410. */
  public static Reason http(int status) {
    return new Reason("http_" + status);
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
