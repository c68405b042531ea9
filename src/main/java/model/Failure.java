package model;

import java.time.Duration;
import java.util.Optional;

/**
 * What something that was thrown means for the work under way.
 *
 * @param kind whose doing it is
 * @param reason the word for the record; empty when nothing is held against a document
 * @param words for the log and for {@code last_error}
 * @param isFinal whether another try of the document cannot help
 * @param retryAfter the wait that the portal asked for; empty when it named none
 */
public record Failure(
    Kind kind,
    Optional<FailureReason> reason,
    String words,
    boolean isFinal,
    Optional<Duration> retryAfter) {

  /** Whose doing a failure is, and what can be done about it. */
  public enum Kind {
    /** Nobody's: the script stops. */
    STOPPED,
    /** The portal asks for a person. */
    CAPTCHA,
    /** The portal did not give what it was asked for. */
    PORTAL,
    /** The conversation with the portal cannot go on now; it says nothing of the document. */
    SESSION,
    /** robots.txt forbids the request, or could not be read. */
    ROBOTS,
    /** The store answers and will not have this object. */
    STORE_REFUSED,
    /** The store does not answer, or asks for patience. */
    STORE_AWAY,
    /** Anything else: waiting does not mend it. */
    BROKEN
  }

  /** A failure that is not held against a document. */
  public static Failure of(Kind kind, String words) {
    return new Failure(kind, Optional.empty(), words, false, Optional.empty());
  }

  /** A failure to bring a document to the bucket, to be tried again. */
  public static Failure of(Kind kind, FailureReason reason, String words) {
    return new Failure(kind, Optional.of(reason), words, false, Optional.empty());
  }

  /** Whether it was the portal's and it gave no sign of life, or asked for patience. */
  public boolean isSilence() {
    return kind == Kind.PORTAL && reason.filter(FailureReason::isSilence).isPresent();
  }

  /** Whether it was the store's. */
  public boolean isStore() {
    return kind == Kind.STORE_REFUSED || kind == Kind.STORE_AWAY;
  }
}
