package model;

import java.util.Optional;

/**
 * The meaning of an exception for the work in progress.
 *
 * @param kind who caused it
 * @param reason the reason to record; empty if it does not count for a document
 * @param words for the log and for {@code last_error}
 * @param isFinal whether another attempt at the document cannot help
 * @param isSettled whether it is not even looked at a second time
 */
public record Failure(
    Kind kind, Optional<FailureReason> reason, String words, boolean isFinal, boolean isSettled) {

  /** Who caused a failure, and what can be done about it. */
  public enum Kind {
    /** Nobody: the script stops. */
    STOPPED,
    /** The portal asks for a person. */
    CAPTCHA,
    /** The portal did not deliver what was requested. */
    PORTAL,
    /** The session with the portal cannot continue now; this says nothing about the document. */
    SESSION,
    /** robots.txt disallows the request, or could not be read. */
    ROBOTS,
    /** The store responds, but refuses this object. */
    STORE_REFUSED,
    /** The store does not respond, or asks to wait. */
    STORE_AWAY,
    /** There is no room on the disk, or in the spool, or files cannot be used for another cause. */
    DISK,
    /** Nothing more is stored today. */
    QUOTA,
    /** Anything else: waiting does not help. */
    BROKEN
  }

  /** A failure that does not count for a document. */
  public static Failure of(Kind kind, String words) {
    return new Failure(kind, Optional.empty(), words, false, false);
  }

  /** A failed attempt at a document, to be tried again. */
  public static Failure of(Kind kind, FailureReason reason, String words) {
    return new Failure(kind, Optional.of(reason), words, false, false);
  }

  /** Whether the portal caused it by not responding, or by asking to wait. */
  public boolean isSilence() {
    return kind == Kind.PORTAL && reason.filter(FailureReason::isSilence).isPresent();
  }

  /** Whether the store caused it. */
  public boolean isStore() {
    return kind == Kind.STORE_REFUSED || kind == Kind.STORE_AWAY;
  }
}
