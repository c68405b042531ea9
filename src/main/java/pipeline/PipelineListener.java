package pipeline;

import java.time.Duration;
import java.util.List;
import model.DocumentState;
import model.Failure;
import model.FailureReason;

/**
 * Receives events about pages, documents and requests. Called concurrently on the working threads,
 * so listeners must be fast and thread-safe, and must not throw.
 */
public interface PipelineListener {
  /** How work on a page ended. */
  enum PageEnd {
    COMPLETE,
    FAILED,
    /** Left unfinished, because its script stops. */
    LEFT
  }

  /** The events of a captcha. */
  enum Captcha {
    ASKED,
    RIGHT,
    WRONG
  }

  /** Signs that the portal's list changes while it is read. */
  enum Drift {
    /** The portal names a different total than before. */
    TOTAL,
    /** Documents of the page were seen before on other pages. */
    MOVED,
    /** A page that was read again has new documents. */
    NEW
  }

  /** Work on a page has ended, in one of these ways. */
  default void pageEnded(PageEnd end) {}

  /** An attempt at a page or a document failed. The consequences are not decided yet. */
  default void failed(Failure failure) {}

  /**
   * A document is in the bucket and in the ledger.
   *
   * @param size in bytes
   * @param upload duration of its PUT
   */
  default void stored(long size, Duration upload) {}

  /**
   * A failed attempt counts for a document, or a document is rejected.
   *
   * @param state queued, failed or rejected
   */
  default void notStored(DocumentState state, FailureReason reason) {}

  /** The portal asked for a captcha, or accepted or rejected a person's answer. */
  default void captcha(Captcha what) {}

  /** A sign that the portal's list changes was noticed. */
  default void drift(Drift sign) {}

  /** A request has waited for the governor. */
  default void waited(Duration time) {}

  /** The portal has sent a complete, successful response. */
  default void answered() {}

  /**
   * A request has ended, whatever the result.
   *
   * @param forDocument whether it was for a document rather than a listing
   * @param time from its start to the last byte
   */
  default void asked(boolean forDocument, Duration time) {}

  /** A listener that forwards to all of these, in order. */
  static PipelineListener all(PipelineListener... listeners) {
    return new AllListeners(List.of(listeners));
  }
}
